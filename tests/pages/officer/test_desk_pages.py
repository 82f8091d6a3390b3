"""The desk in a browser: take, look, approve, ask, refuse in two steps, undo."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents.ports import RewrittenPage
from adminduk.usecases import attach
from tests.making import make_owner
from tests.pages.officer.clients import browser_of, send
from tests.usecases.reviewing import STRICT, case_now, every_tick, make_waiting, staff
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database", "down")
MOST_FOR_A_CASE = 17


@pytest.fixture
def down(register: Register) -> Register:
    register.is_down = True
    return register


@pytest.fixture
def officer() -> Actor:
    return staff()


@pytest.fixture
def browser(officer: Actor) -> Client:
    return browser_of(officer)


def path(case: Case, rest: str = "") -> str:
    return f"/petugas/kasus/{case.id}{rest}"


def take(browser: Client) -> str:
    return str(send(browser, "/petugas/berikutnya")["Location"])


def ticks(case: Case) -> dict[str, str]:
    return {f"cek-{item}": "1" for item in every_tick(case)}


def test_an_empty_queue_says_so(browser: Client) -> None:
    page = browser.get("/petugas/")
    assert page.status_code == 200
    assert "Tidak ada yang menunggu" in page.content.decode()
    assert take(browser) == "/petugas/"


def test_the_queue_has_times_and_nothing_to_pick(browser: Client) -> None:
    late, fresh = make_waiting(due_in=timedelta(hours=-1)), make_waiting(due_in=timedelta(days=9))
    page = browser.get("/petugas/").content.decode()
    assert late.number in page and fresh.number in page
    assert "terlambat" in page and "jam kerja" in page
    assert str(late.id) not in page
    assert late.subject["name"] not in page


def test_next_opens_the_oldest(browser: Client) -> None:
    case = make_waiting()
    assert take(browser) == path(case)
    page = browser.get(path(case))
    text = page.content.decode()
    assert page.status_code == 200
    assert case.subject["name"] in text and "Daftar periksa" in text
    assert "Surat pengantar RT/RW" in text and "bukan aturan nasional" in text


def test_approve_opens_the_next_with_an_undo(browser: Client, officer: Actor) -> None:
    first = make_waiting(queued_at=clock.now() - timedelta(hours=1))
    second = make_waiting()
    take(browser)
    answer = send(browser, path(first, "/setujui"), **ticks(first))
    assert (answer.status_code, answer["Location"]) == (303, path(second))
    page = browser.get(path(second)).content.decode()
    assert path(first, "/urungkan") in page
    assert case_now(officer, first.id).state is State.APPROVED
    undone = send(browser, path(first, "/urungkan"))
    assert undone["Location"] == path(first)
    assert case_now(officer, first.id).state is State.SUBMITTED
    assert browser.get(path(first)).status_code == 200
    assert take(browser_of(staff())) == path(second)


def test_an_incomplete_checklist_keeps_its_ticks(browser: Client, officer: Actor) -> None:
    case = make_waiting()
    take(browser)
    given = ticks(case)
    missing = min(given)
    del given[missing]
    page = send(browser, path(case, "/setujui"), **given)
    text = page.content.decode()
    assert page.status_code == 422
    assert "<title>Galat:" in text and f'href="#{missing}"' in text
    assert all(re.search(f'id="{name}" value="1" checked', text) for name in given)
    assert case_now(officer, case.id).state is State.SUBMITTED


def test_several_corrections_at_once(browser: Client, officer: Actor) -> None:
    case = make_waiting()
    take(browser)
    form = browser.get(path(case, "/perbaikan")).content.decode()
    assert "pilih-document-kk" in form and "pilih-question-tempat_hilang" in form
    sent = {
        "pilih-document-kk": "1",
        "alasan-document-kk": "unreadable",
        "kata-document-kk": "Buram",
        "pilih-question-tempat_hilang": "1",
        "alasan-question-tempat_hilang": "",
    }
    wrong = send(browser, path(case, "/perbaikan"), **sent)
    assert wrong.status_code == 422
    assert "Kira-kira di mana hilang? Pilih alasannya" in wrong.content.decode() and "Buram" in wrong.content.decode()
    sent["alasan-question-tempat_hilang"] = "unclear"
    assert send(browser, path(case, "/perbaikan"), **sent).status_code == 303
    assert case_now(officer, case.id).state is State.CORRECTION


def test_refusing_takes_two_steps(browser: Client, officer: Actor) -> None:
    case = make_waiting()
    take(browser)
    sent = {"alasan": "not_the_person", "kata": "KK orang lain", "dokumen": "kk"}
    check = send(browser, path(case, "/tolak"), **sent)
    assert "Yakin menolak?" in check.content.decode()
    assert case_now(officer, case.id).state is State.SUBMITTED
    assert send(browser, path(case, "/tolak"), yakin="1", **sent).status_code == 303
    assert case_now(officer, case.id).state is State.REFUSED


def test_a_missing_rt_rw_letter_is_no_ground(browser: Client) -> None:
    case = make_waiting()
    take(browser)
    page = send(
        browser, path(case, "/tolak"), alasan="not_the_person", kata="Tanpa surat RT", dokumen="surat_pengantar"
    )
    assert page.status_code == 422
    assert "bukan alasan menolak" in page.content.decode()


def test_compared_by_hand(browser: Client, officer: Actor) -> None:
    case = make_waiting(is_matched=False)
    take(browser)
    assert "belum dicocokkan" in browser.get(path(case)).content.decode()
    send(browser, path(case, "/cocokkan"), **{f"cocok-{name}": "1" for name in ("nik", "no_kk", "name", "birth_date")})
    assert case_now(officer, case.id).is_matched


def test_notes_giving_back_and_passing_on(browser: Client, officer: Actor) -> None:
    case = make_waiting()
    take(browser)
    send(browser, path(case, "/catatan"), catatan="Sudah ditelepon")
    assert "Sudah ditelepon" in browser.get(path(case)).content.decode()
    assert send(browser, path(case, "/teruskan"), alasan="").status_code == 422
    assert send(browser, path(case, "/kembalikan"))["Location"] == "/petugas/"
    assert browser.get(path(case)).status_code == 409
    take(browser)
    assert send(browser, path(case, "/teruskan"), alasan="Dua NIK").status_code == 303
    head = browser_of(staff(role="head"))
    assert "Diteruskan kepada Anda" in head.get("/petugas/").content.decode()
    assert take(head) == path(case)


def test_still_here(browser: Client) -> None:
    case = make_waiting()
    assert send(browser, path(case, "/masih")).status_code == 409
    take(browser)
    assert send(browser, path(case, "/masih")).status_code == 204


@pytest.mark.parametrize("role", ["officer", "head", "admin"])
def test_another_region_sees_nothing(role: str) -> None:
    case = make_waiting()
    stranger = browser_of(staff(5171, role=role))
    for rest in ("", "/perbaikan", "/tolak", f"/halaman/{uuid4()}"):
        assert stranger.get(path(case, rest)).status_code == 404, rest
    for rest in ("/setujui", "/perbaikan", "/urungkan", "/kembalikan", "/catatan", "/cocokkan"):
        answer = send(stranger, path(case, rest), catatan="x", alasan="x", **ticks(case))
        assert answer.status_code == 404, rest


def test_looked_up_by_number_with_a_reason(browser: Client) -> None:
    case = make_waiting()
    assert browser.get(f"/petugas/cari/{case.id}").status_code == 404
    assert send(browser, "/petugas/cari", nomor=case.number, alasan="").status_code == 422
    assert send(browser, "/petugas/cari", nomor="KTP-1", alasan="Warga menelepon").status_code == 422
    found = send(browser, "/petugas/cari", nomor=case.number.lower(), alasan="Warga menelepon")
    text = browser.get(found["Location"]).content.decode()
    assert case.subject["name"] in text and "Warga menelepon" in text
    assert case.subject["nik"] not in text.replace(" ", "")


def test_the_head_sees_who_holds_what(browser: Client) -> None:
    case = make_waiting(due_in=timedelta(hours=-2))
    take(browser)
    text = browser_of(staff(role="head")).get("/petugas/kepala").content.decode()
    assert case.number in text and "Contoh Petugas" in text and "terlambat" in text


def test_an_admin_has_no_cases(browser: Client) -> None:
    case = make_waiting()
    admin = browser_of(staff(role="admin"))
    assert admin.get("/petugas/")["Location"] == "/petugas/kantor"
    assert admin.get(path(case)).status_code == 404
    assert admin.get("/petugas/cari").status_code == 404


def test_no_nik_in_an_address(browser: Client) -> None:
    case = make_waiting()
    take(browser)
    text = browser.get(path(case)).content.decode()
    assert not re.search(r'(href|action|src)="[^"]*\d{16}', text)
    assert UUID(path(case).rsplit("/", 1)[1]) == case.id


def test_a_decision_on_a_case_that_is_gone_offers_the_next(browser: Client) -> None:
    case = make_waiting()
    take(browser)
    send(browser, path(case, "/kembalikan"))
    answer = send(browser, path(case, "/setujui"), **ticks(case))
    assert answer.status_code == 409
    assert "Ambil berikutnya" in answer.content.decode()


def test_the_queue_costs_the_same_however_long_it_is(browser: Client) -> None:
    make_waiting()
    browser.get("/petugas/")
    few = queries_of(lambda: browser.get("/petugas/"))
    for _ in range(30):
        make_waiting()
    assert queries_of(lambda: browser.get("/petugas/")) == few
    assert queries_of(lambda: take(browser)) <= few + 10


def test_a_case_is_read_in_one_transaction(browser: Client) -> None:
    make_waiting()
    page = take(browser)
    browser.get(page)
    assert queries_of(lambda: browser.get(page)) <= MOST_FOR_A_CASE


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_a_picture_is_never_active(browser: Client) -> None:
    owner = make_owner(STRICT)
    case = make_waiting(owner=owner)
    take(browser)
    stored = attach.store(RewrittenPage(b"a picture", 10, 10, b"small"), case=case, kind="kk")
    with acting_as(owner.actor):
        documents.add_pages(
            case.id,
            region_id=STRICT,
            owner_id=owner.actor.id,
            requirement=("kk", "kk"),
            pages=(stored,),
            max_pages=2,
            at=clock.now(),
        )
    picture = path(case, f"/halaman/{stored.id}")
    assert picture in browser.get(path(case)).content.decode()
    answer = browser.get(picture)
    assert answer.content == b"a picture"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"] and "no-store" in answer["Cache-Control"]
    assert browser_of(staff()).get(picture).status_code == 409
    assert browser_of(staff(5171, role="head")).get(picture).status_code == 404
    assert Client().get(picture)["Location"].startswith("/petugas/masuk")
