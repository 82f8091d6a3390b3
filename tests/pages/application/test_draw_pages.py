"""The pages of a draw: a wish, and what everybody sees of the round while it is open, closed and drawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications.types import Case
from adminduk.modules.draws import queries as rounds
from adminduk.modules.draws.types import DrawRound
from adminduk.modules.offices import queries as offices
from adminduk.usecases import draws
from tests.making import Owner, make_owner, system
from tests.pages.application.walking import press, signed_in, text_of
from tests.usecases.appointing import one_place_a_week, semarang
from tests.usecases.recording_stage import make_approved
from tests.usecases.reviewing import STRICT

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def owner() -> Owner:
    """Four who ask for the two places of the coming fortnight."""
    semarang()
    one_place_a_week()
    for _ in range(3):
        make_approved()
    return make_owner(STRICT)


@pytest.fixture
def case(owner: Owner) -> Case:
    made, _ = make_approved(owner)
    watch()
    return made


def watch() -> DrawRound:
    draws.watch(system(STRICT))
    with acting_as(system(STRICT)):
        (found,) = rounds.list_rounds(STRICT)
    return found


def sites() -> list[str]:
    """All of Semarang."""
    with acting_as(system(STRICT)):
        return [str(site.id) for site in offices.list_sites(STRICT)]


def page_of(round_: DrawRound) -> str:
    """What anybody sees."""
    return text_of(Client().get(f"/d/33.74/undian/{round_.id}"))


def test_everybody_sees_a_round_while_it_is_open_closed_and_drawn(owner: Owner, case: Case) -> None:
    client, path = signed_in(owner), f"/permohonan/{case.id}/undian"
    assert client.get(path).status_code == 200
    assert press(client, path, tempat=sites()).status_code == 303
    round_ = watch()
    page = page_of(round_)
    assert round_.commitment in page
    assert "Unduh" not in page
    clock.move_forward(max(round_.closes_at - clock.now(), timedelta(0)))
    round_ = watch()
    page = page_of(round_)
    assert "1 orang" in page
    assert "Urutan hasil undian" not in page
    clock.move_forward(max(round_.draws_at - clock.now(), timedelta(0)))
    round_ = watch()
    page = page_of(round_)
    assert round_.secret in page
    assert "Urutan hasil undian (1)" in page


def test_the_status_page_says_what_is_to_be_done(owner: Owner, case: Case) -> None:
    client, path = signed_in(owner), f"/permohonan/{case.id}/"
    assert "Ikut undian jadwal" in text_of(client.get(f"{path}status"))
    press(client, f"{path}undian", tempat=sites())
    page = text_of(client.get(f"{path}status"))
    assert "Anda terdaftar dalam undian jadwal" in page
    assert "Ikut undian jadwal" not in page
    round_ = watch()
    clock.move_forward(max(round_.closes_at - clock.now(), timedelta(0)))
    watch()
    late, latecomer = late_comer()
    assert "daftarnya sudah ditutup" in text_of(late.get(f"/permohonan/{latecomer.id}/status"))


def late_comer() -> tuple[Client, Case]:
    """Approved after the list was closed."""
    late = make_owner(STRICT)
    return signed_in(late), make_approved(late)[0]


def test_a_refused_wish_keeps_what_was_chosen(owner: Owner, case: Case) -> None:
    answer = press(signed_in(owner), f"/permohonan/{case.id}/undian", bagian="morning")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(" checked>") == 1
    assert 'value="morning" checked>' in page
