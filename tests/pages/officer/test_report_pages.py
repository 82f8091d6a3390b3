"""The inspectorate's desk: reports oldest first, opened, answered, closed; nobody of the office gets there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.pages.application.walking import text_of
from tests.pages.officer.clients import browser_of, send
from tests.usecases.reviewing import STRICT, staff

WRITTEN = {"what": "Minta Rp50.000 di parkiran", "place": "Parkiran", "when": "Senin pagi", "contact": ""}


@pytest.fixture
def inspector(database: None) -> Client:
    return browser_of(staff(STRICT, "inspector"))


def report(client: Client, **changes: str) -> HttpResponse:
    return client.post("/lapor/33.74", {"key": str(uuid4()), **WRITTEN, **changes})  # type: ignore[return-value]


def sent_number(client: Client) -> str:
    """Report without signing in; the number stands on the page, not in its address."""
    answer = report(client)
    assert answer.status_code == 303 and answer["Location"] == "/lapor/33.74/terkirim"
    page = text_of(client.get(answer["Location"]))
    return next(word for word in page.split() if word.startswith("LAPOR-"))


def newest_href(inspector: Client) -> str:
    page = inspector.get(reverse("officer:reports")).content.decode()
    return [part.split('"')[0] for part in page.split('href="') if part.startswith("/petugas/laporan/")][-1]


def test_from_the_form_to_the_answer(inspector: Client) -> None:
    visitor = Client()
    number = sent_number(visitor)
    href = newest_href(inspector)
    assert "Rp50.000" not in text_of(inspector.get(reverse("officer:reports")))
    assert "Minta Rp50.000 di parkiran" in text_of(inspector.get(href))
    assert send(inspector, f"{href}/jawaban", jawaban="Kami periksa besok.").status_code == 303
    assert send(inspector, f"{href}/catatan", catatan="Rahasia kami").status_code == 303
    assert send(inspector, f"{href}/tutup", hasil="acted_on").status_code == 303
    state = text_of(Client().post("/lapor/nomor", {"nomor": number}))
    assert "Kami periksa besok." in state and "Terbukti" in state
    assert "Rahasia" not in state and "parkiran" not in state


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("officer", "/petugas/"),
        ("officer", "/petugas/janji"),
        ("operator", "/petugas/perekaman"),
        ("head", "/petugas/kepala"),
        ("admin", "/petugas/kantor"),
        ("inspector", "/petugas/laporan"),
        ("nobody", "/petugas/masuk"),
    ],
)
def test_whoever_works_here_can_report_from_where_he_is(database: None, role: str, path: str) -> None:
    browser = Client() if role == "nobody" else browser_of(staff(STRICT, role))
    page = browser.get(path)
    assert page.status_code == 200
    form = "/lapor/" if role == "nobody" else "/lapor/33.74"
    assert f'<a href="{form}">Lapor calo atau pungli</a>' in page.content.decode()
    assert browser.get(form).status_code == 200


@pytest.mark.parametrize("role", ["officer", "operator", "head", "admin"])
def test_nobody_of_the_office_gets_there(inspector: Client, role: str) -> None:
    sent_number(Client())
    href = newest_href(inspector)
    colleague = browser_of(staff(STRICT, role))
    for path in (reverse("officer:reports"), href):
        assert colleague.get(path).status_code == 404
    assert send(colleague, f"{href}/tutup", hasil="acted_on").status_code == 404


def test_an_inspector_arrives_at_his_reports_and_gets_nowhere_else(inspector: Client) -> None:
    assert inspector.get(reverse("officer:queue"))["Location"] == reverse("officer:reports")
    for name in ("head", "office", "search", "counter", "operations", "hand_over", "deliveries", "survey"):
        assert inspector.get(reverse(f"officer:{name}")).status_code == 404, name


@pytest.mark.parametrize(("act", "field"), [("jawaban", "jawaban"), ("catatan", "catatan"), ("tutup", "hasil")])
def test_what_lacks_is_said_beside_the_field(inspector: Client, act: str, field: str) -> None:
    sent_number(Client())
    answer = send(inspector, f"{newest_href(inspector)}/{act}")
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()


def test_what_was_typed_stays_when_something_lacks(database: None) -> None:
    answer = report(Client(), place="")
    assert answer.status_code == 422
    assert "Minta Rp50.000 di parkiran" in answer.content.decode()


def test_too_many_reports_lose_nothing_of_the_last(database: None) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")
    answers = [report(client) for _ in range(21)]
    assert answers[-1].status_code == 422 and "Minta Rp50.000" in answers[-1].content.decode()


def test_a_region_that_has_not_joined_leads_to_the_list(database: None) -> None:
    assert Client().get("/lapor/11.01")["Location"] == "/lapor/"


@pytest.mark.parametrize("path", ["/", "/bantuan", "/d/33.74/", "/s/", "/masuk/"])
def test_every_page_leads_to_the_form(database: None, path: str) -> None:
    assert "/lapor/" in Client().get(path, follow=True).content.decode()
