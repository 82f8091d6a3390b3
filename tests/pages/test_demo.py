"""The demo's own pages: there in demo and test mode, nowhere else."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import clear_url_caches

from adminduk.catalogue.text import Text
from adminduk.channels.demo_web import stand_ins
from adminduk.channels.demo_web.mailbox_views import with_links
from adminduk.config import urls
from adminduk.foundation import clock
from adminduk.kernel.errors import NotFound, Unavailable
from adminduk.usecases import demo_cases
from adminduk.usecases.demo_cases import DEMO_CASES, DemoCase
from adminduk.usecases.office_setup import demo_staff


@pytest.fixture
def production_urls() -> Iterator[None]:
    """The addresses as production reads them, then the test's again."""
    with override_settings(IS_PRODUCTION=True):
        importlib.reload(urls)
        clear_url_caches()
        yield
    importlib.reload(urls)
    clear_url_caches()


def test_production_does_not_mount_the_demo(production_urls: None) -> None:
    assert not [each for each in urls.urlpatterns if str(each.pattern).startswith("demo")]


def test_one_click_signs_an_officer_in(database: None) -> None:
    staff = demo_staff(at=clock.now())
    client = Client()
    response = client.post("/demo/petugas", {"email": staff[0].email})
    assert response.status_code == 303
    assert set(client.session["officer"]) == {"id", "epoch"}
    assert client.get(response["Location"]).status_code == 200


def test_an_unknown_officer_is_not_found(database: None) -> None:
    assert Client().post("/demo/petugas", {"email": "siapa@contoh.example"}).status_code == 404


def test_the_start_page_stands_without_the_register(database: None) -> None:
    response = Client().get("/demo/")
    assert response.status_code == 200
    assert "tidak menjawab" in response.content.decode()


@pytest.mark.parametrize("name", ["../secret", "a/b", "", "x" * 81])
def test_only_names_of_papers_are_asked_for(name: str) -> None:
    with pytest.raises(NotFound):
        stand_ins.paper("lost_card", name)


def test_links_in_messages_can_be_clicked_and_nothing_else_is_markup() -> None:
    shown = with_links('Lihat http://127.0.0.1:8000/s/KTP-1. <script>"x"</script>')
    assert '<a href="http://127.0.0.1:8000/s/KTP-1">http://127.0.0.1:8000/s/KTP-1</a>.' in shown
    assert "<script>" not in shown


def test_the_clock_moves_forward_only_by_known_steps(database: None) -> None:
    client, before = Client(), clock.now()
    assert client.post("/demo/jam", {"langkah": "1h"}).status_code == 303
    assert (clock.now() - before).days == 1
    assert client.post("/demo/jam", {"langkah": "-1h"}).status_code == 404


def test_a_silent_stand_in_keeps_nobody_else_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [
        stand_ins.StoryPerson(
            key=case.key, shows=Text("Coba", "Try"), name=case.key, nik="3374115203849000", no_kk="3374112501089000",
            birth_date="1984-03-12", region="33.74", region_name="Kota Semarang", age=42, papers=(),
        )
        for case in DEMO_CASES
    ]  # fmt: skip
    monkeypatch.setattr(stand_ins, "story_people", lambda: tuple(told))
    silent = DEMO_CASES[1]

    def send(case: DemoCase, **of: object) -> bool:
        if case is silent:
            raise Unavailable
        return True

    monkeypatch.setattr(demo_cases, "send", send)
    monkeypatch.setattr("os.nice", lambda by: by)
    said = StringIO()
    call_command("demo_cases", stdout=said)
    assert said.getvalue().count(": sent\n") == len(DEMO_CASES) - 1
    assert f"{silent.key}: not sent" in said.getvalue()
