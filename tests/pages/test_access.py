"""Every view says who may open it, and the middleware holds it to that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from adminduk.config.middleware import Permission
from adminduk.foundation.pages.access import access_of, for_staff, public
from adminduk.foundation.pages.kept_input import kept_input
from adminduk.kernel.actor import ActorKind

FORM = "application/x-www-form-urlencoded"


def patterns(within: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every route, from the resolver itself."""
    for each in (within or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.lookup_str)
def test_every_view_says_who_may_open_it(pattern: URLPattern) -> None:
    assert access_of(pattern.callback) is not None


def test_a_view_without_a_mark_does_not_run() -> None:
    def unmarked(request: HttpRequest) -> HttpResponse:
        raise AssertionError("ran")

    request = RequestFactory().get("/")
    with pytest.raises(ImproperlyConfigured, match="does not say"):
        Permission(lambda _: HttpResponse()).process_view(request, unmarked, [], {})


def test_a_mark_for_staff_names_staff() -> None:
    with pytest.raises(ValueError, match="staff"):
        for_staff()
    with pytest.raises(ValueError, match="staff"):
        for_staff(ActorKind.CITIZEN)


def test_the_last_mark_is_not_hidden_by_other_decorators() -> None:
    @public
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    access = access_of(view)
    assert access is not None
    assert access.is_public


def test_a_page_behind_sign_in_leads_to_sign_in_and_back(visitor: Client) -> None:
    response = visitor.get("/permohonan/")
    assert response.status_code == 303
    assert response["Location"] == "/masuk/?next=/permohonan/".replace("/permohonan/", "%2Fpermohonan%2F")


def test_what_was_typed_is_kept_when_the_session_has_ended(database: None) -> None:
    client = Client()
    path = "/permohonan/0190b5a0-0000-7000-8000-000000000000/isi/data_diri"
    response = client.post(path, "alamat=Jalan+Rekaan+1&key=k", content_type=FORM)
    assert response.status_code == 303
    request = RequestFactory().get(path)
    request.session = client.session
    kept = kept_input(request)
    assert kept is not None
    assert kept["alamat"] == "Jalan Rekaan 1"
    assert kept_input(request) is None, "once"


def test_kept_input_belongs_to_its_own_page(database: None) -> None:
    client = Client()
    client.post("/permohonan/0190b5a0-0000-7000-8000-000000000000/isi/data_diri", "alamat=x", content_type=FORM)
    request = RequestFactory().get("/permohonan/0190b5a0-0000-7000-8000-000000000001/isi/data_diri")
    request.session = client.session
    assert kept_input(request) is None
