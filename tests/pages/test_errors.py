"""What went wrong is said in words, in both languages, with what to do now."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from adminduk.config import urls as product
from adminduk.foundation.pages import errors
from adminduk.foundation.pages.access import public
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from tests.pages.browser import defects_of, get, read, weight

FAULTS: dict[str, Exception] = {
    "tidak_ada": NotFound("application"),
    "terlalu_sering": DomainError("too_often", minutes=7, limit="x"),
    "ditolak": DomainError("not_possible", state="approved", act="withdraw"),
    "luar": Unavailable(),
    "rusak": RuntimeError("Nama rahasia 3374011708900001"),
}


@public
def faulty(request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]


urlpatterns = [*product.urlpatterns, path("galat/<fault>", faulty)]
handler400, handler403, handler404, handler500 = (
    product.handler400,
    product.handler403,
    product.handler404,
    product.handler500,
)


@pytest.fixture
def client(database: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("tidak_ada", 404, ("Halaman tidak ditemukan", "Page not found")),
        ("terlalu_sering", 429, ("dalam 7 menit", "in 7 min")),
        ("ditolak", 409, ("tahap lain", "moved on")),
        ("luar", 503, ("Sedang tidak bisa dibuka", "Not available just now")),
        ("rusak", 500, ("Ada gangguan pada kami", "Something broke on our side")),
    ],
)
def test_each_fault_has_its_page(
    client: Client, fault: str, status: int, words: tuple[str, str], language: str
) -> None:
    client.cookies["bahasa"] = language
    response = get(client, f"/galat/{fault}")
    document = read(response)
    assert response.status_code == status
    assert words[language == "en"] in document.text
    assert response["X-Request-ID"] in document.text
    assert "3374011708900001" not in document.text
    assert response["Cache-Control"] == "no-store"
    assert defects_of(document) == []
    assert weight(response) <= 10_000


@pytest.mark.urls(__name__)
def test_too_often_tells_machines_too(client: Client) -> None:
    assert client.get("/galat/terlalu_sering")["Retry-After"] == "420"


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_form_without_our_mark_is_not_processed(visitor: Client, language: str) -> None:
    visitor.cookies["bahasa"] = language
    response = visitor.post("/daerah", {"nik6": "337401"})
    assert response.status_code == 403
    text = read(response).text
    assert ("kirim lagi" if language == "id" else "send it again") in text
    assert ("Tekan Kembali" if language == "id" else "Press Back") in text


def test_too_much_is_told_apart(client: Client) -> None:
    response = client.post("/daerah", "nik6=" + "1" * 1_100_000, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "10 MB" in read(response).text


def test_an_unreadable_request_has_a_page() -> None:
    response = errors.bad_request(RequestFactory().get("/"))
    assert response.status_code == 400
    assert "tidak dapat dibaca" in response.content.decode()


def test_a_refused_page_has_a_page() -> None:
    response = errors.forbidden(RequestFactory().get("/"))
    assert response.status_code == 403
