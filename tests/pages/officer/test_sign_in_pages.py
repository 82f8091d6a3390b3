"""Officers come in: password and code together, one wording for all that is wrong, invitations that work once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.db import ProgrammingError
from django.http import HttpResponse
from django.test import Client

from adminduk.foundation import clock, jobs, totp
from adminduk.foundation.database.statements import run
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.offices import queries as office_queries
from adminduk.usecases import office_setup, officer_sign_in
from tests.pages.officer.clients import browser_of, send
from tests.usecases.reviewing import staff

pytestmark = pytest.mark.usefixtures("database")
SEMARANG = RegionCode.parse("33.74")
PASSWORD = "kuda hijau makan rumput"
EMAIL = "admin.baru@semarang.example"


def link(region: RegionCode = SEMARANG) -> str:
    whole = office_setup.first_admin(region, email=EMAIL, name="Admin Contoh", at=clock.now())
    return whole.removeprefix(settings.ENVIRONMENT.base_url)


def secret_on(page: HttpResponse) -> bytes:
    import base64

    found = re.search(r'class="copy">([A-Z2-7 ]+)<', page.content.decode())
    assert found
    return base64.b32decode(found[1].replace(" ", ""))


def code_of(secret: bytes, *, steps: int = 0) -> str:
    return totp.code_at(secret, totp.step_of(clock.now()) + steps)


def accepted(client: Client, path: str) -> bytes:
    secret = secret_on(client.get(path))  # type: ignore[arg-type]
    answer = client.post(path, {"password": PASSWORD, "password_again": PASSWORD, "code": code_of(secret, steps=-1)})
    assert answer.status_code == 303, answer.content.decode()
    return secret


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD, code: str = "") -> HttpResponse:
    return client.post("/petugas/masuk", {"email": email, "password": password, "code": code})  # type: ignore[return-value]


def test_an_invitation_leads_to_an_account_that_signs_in() -> None:
    path, first = link(), Client()
    secret = accepted(first, path)
    assert first.get("/petugas/kantor").status_code == 200
    other = Client()
    answer = sign_in(other, code=code_of(secret))
    assert (answer.status_code, answer["Location"]) == (303, "/petugas/")
    assert other.get("/petugas/kantor").status_code == 200


def test_an_inspector_comes_in_too_and_gives_himself_no_other_role() -> None:
    whole = office_setup.first_inspector(SEMARANG, email=EMAIL, name="Inspektur Contoh", at=clock.now())
    secret = accepted(Client(), whole.removeprefix(settings.ENVIRONMENT.base_url))
    other, code = Client(), code_of(secret)
    assert sign_in(other, code=code).status_code == 303
    assert other.get("/petugas/laporan").status_code == 200
    assert sign_in(Client(), code=code).status_code == 422  # each code opens once
    inspector = office_queries.find_by_email(EMAIL)
    assert inspector is not None
    actor = Actor(kind=ActorKind.INSPECTOR, id=inspector.id, regions=(SEMARANG.number,))
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(actor):
        run("UPDATE offices_officer SET role = 'head' WHERE id = %s", [inspector.id])


def test_the_secret_stays_the_same_while_the_form_has_errors() -> None:
    path, client = link(), Client()
    secret = secret_on(client.get(path))  # type: ignore[arg-type]
    wrong = client.post(path, {"password": "pendek", "password_again": "pendek", "code": "000000"})
    assert wrong.status_code == 422
    assert "paling sedikit 12 huruf" in wrong.content.decode().lower()
    assert secret_on(wrong) == secret  # type: ignore[arg-type]


@pytest.mark.parametrize("password", ["password1234", EMAIL, "123456789012"])
def test_weak_passwords_are_refused(password: str) -> None:
    path, client = link(), Client()
    secret = secret_on(client.get(path))  # type: ignore[arg-type]
    answer = client.post(path, {"password": password, "password_again": password, "code": code_of(secret)})
    assert answer.status_code == 422


def test_an_invitation_works_once() -> None:
    path = link()
    accepted(Client(), path)
    assert Client().get(path).status_code == 410


def test_an_invitation_ends_after_three_days() -> None:
    path = link()
    clock.move_forward(timedelta(days=3, minutes=1))
    assert Client().get(path).status_code == 410


def test_the_invitation_is_mailed() -> None:
    path = link()
    jobs_of = jobs.system_actor(SEMARANG.number)
    with acting_as(jobs_of):
        from adminduk.modules.notifications.models import Message

        (message_id,) = Message.objects.values_list("id", flat=True)
        message = notifications.find_planned(message_id, region_id=SEMARANG.number)
    assert message is not None
    assert message.address == EMAIL and message.params["link"].endswith(path)


def test_a_code_opens_once() -> None:
    secret = accepted(Client(), link())
    code = code_of(secret)
    assert sign_in(Client(), code=code).status_code == 303
    assert sign_in(Client(), code=code).status_code == 422
    assert sign_in(Client(), code=code_of(secret, steps=-1)).status_code == 422  # older than the one used
    assert sign_in(Client(), code=code_of(secret, steps=1)).status_code == 303


def test_what_was_wrong_is_not_told() -> None:
    secret = accepted(Client(), link())
    wrong = [
        sign_in(Client(), email="tidak.ada@semarang.example", code=code_of(secret)),
        sign_in(Client(), password="salah salah salah", code=code_of(secret)),
        sign_in(Client(), code=code_of(secret, steps=50)),
        sign_in(Client(), code=""),
    ]
    told = {re.search(r'role="alert".*?</div>', page.content.decode(), re.DOTALL)[0] for page in wrong}  # type: ignore[index]
    assert {page.status_code for page in wrong} == {422}
    assert len(told) == 1


def test_unknown_addresses_cost_a_hash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    def check(password: str, encoded: str) -> bool:
        checked.append(encoded)
        return hashers.check_password(password, encoded)

    monkeypatch.setattr(officer_sign_in, "check_password", check)
    sign_in(Client(), email="tidak.ada@semarang.example", code="123456")
    assert len(checked) == 1


def test_guessing_is_limited() -> None:
    accepted(Client(), link())
    for _ in range(10):
        sign_in(Client(), code="000000")
    assert sign_in(Client(), code="000000").status_code == 429


def test_a_next_address_of_others_is_not_followed() -> None:
    secret = accepted(Client(), link())
    answer = Client().post(
        "/petugas/masuk",
        {"email": EMAIL, "password": PASSWORD, "code": code_of(secret), "next": "https://calo.example/petugas/"},
    )
    assert answer["Location"] == "/petugas/"


def test_the_admin_invites_deactivates_and_invites_again() -> None:
    admin = browser_of(staff(role="admin"))
    assert send(admin, "/petugas/kantor/undang", name="", email="x", role="king").status_code == 422
    sent = send(admin, "/petugas/kantor/undang", name="Budi Contoh", email="budi@semarang.example", role="officer")
    assert sent.status_code == 303
    page = admin.get("/petugas/kantor").content.decode()
    assert "Budi Contoh" in page and "menunggu undangan diterima" in page
    colleague = staff()
    browser = browser_of(colleague)
    assert browser.get("/petugas/").status_code == 200
    send(admin, f"/petugas/kantor/petugas/{colleague.id}/aktif", aktif="tidak")
    assert browser.get("/petugas/").status_code == 303  # his sessions are over
    send(admin, f"/petugas/kantor/petugas/{colleague.id}/aktif", aktif="ya")
    again = browser_of(colleague)
    send(admin, f"/petugas/kantor/petugas/{colleague.id}/undang")
    assert again.get("/petugas/").status_code == 303


def test_family_hours_closures_and_the_banner() -> None:
    me = staff(role="admin")
    admin = browser_of(me)
    assert send(admin, f"/petugas/kantor/petugas/{me.id}/keluarga", no_kk="12").status_code == 422
    assert send(admin, f"/petugas/kantor/petugas/{me.id}/keluarga", no_kk="3374 0101 0101 0001").status_code == 303
    assert "keluarga tercatat" in admin.get("/petugas/kantor").content.decode()
    assert send(admin, "/petugas/kantor/jam", senin="8-12").status_code == 422
    assert send(admin, "/petugas/kantor/jam", senin="12:00-08:00").status_code == 422
    assert send(admin, "/petugas/kantor/jam").status_code == 422
    assert send(admin, "/petugas/kantor/jam", senin="08.00-12.00, 13:00-15:30").status_code == 303
    assert "08:00-12:00, 13:00-15:30" in admin.get("/petugas/kantor").content.decode()
    day = {"hari_tutup-hari": "24", "hari_tutup-bulan": "12", "hari_tutup-tahun": "2027"}
    assert send(admin, "/petugas/kantor/tutup", sebab="Libur", **day).status_code == 303
    assert send(admin, "/petugas/kantor/tutup", sebab="Libur", **{**day, "hari_tutup-bulan": "13"}).status_code == 422
    assert "24 Desember 2027" in admin.get("/petugas/kantor").content.decode()
    send(admin, "/petugas/kantor/buka", hari="2027-12-24")
    assert "24 Desember 2027" not in admin.get("/petugas/kantor").content.decode()
    send(admin, "/petugas/kantor/gangguan", gangguan="Pencetakan berhenti sampai Kamis")
    assert "Pencetakan berhenti" in admin.get("/petugas/kantor").content.decode()
    send(admin, "/petugas/kantor/gangguan", selesai="1")
    assert "Pencetakan berhenti" not in admin.get("/petugas/kantor").content.decode()


def test_an_officer_has_no_office_page() -> None:
    officer = browser_of(staff())
    assert officer.get("/petugas/kantor").status_code == 404
    assert officer.get("/petugas/kepala").status_code == 404
    assert send(officer, "/petugas/kantor/undang", name="A", email="a@b.example", role="admin").status_code == 404


def test_an_admin_of_another_region_reaches_nobody_here() -> None:
    here = staff()
    stranger = browser_of(staff(5171, role="admin"))
    assert send(stranger, f"/petugas/kantor/petugas/{here.id}/aktif", aktif="tidak").status_code == 404
    assert send(stranger, f"/petugas/kantor/petugas/{here.id}/undang").status_code == 404
    assert send(stranger, f"/petugas/kantor/petugas/{here.id}/keluarga", no_kk="").status_code == 404
    assert browser_of(here).get("/petugas/").status_code == 200


def test_signing_out_ends_the_session() -> None:
    browser = browser_of(staff())
    assert send(browser, "/petugas/keluar").status_code == 303
    assert browser.get("/petugas/")["Location"].startswith("/petugas/masuk")


def test_the_demos_open_door_is_shut_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from adminduk.kernel.errors import NotFound

    office_setup.demo_staff(at=clock.now())
    email = office_setup.demo_officers()[0].email
    assert officer_sign_in.open_demo_session(email, at=clock.now()).epoch == 0
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, mode="production"))
    with pytest.raises(NotFound):
        officer_sign_in.open_demo_session(email, at=clock.now())
    with pytest.raises(NotFound):
        office_setup.demo_staff(at=clock.now())


def test_the_demos_staff_is_made_once() -> None:
    staff_of_demo = office_setup.demo_staff(at=clock.now())
    assert office_setup.demo_staff(at=clock.now()) == staff_of_demo
    first = staff_of_demo[0]
    answer = sign_in(
        Client(),
        email=first.email,
        password=office_setup.DEMO_PASSWORD,
        code=code_of(office_setup.demo_secret(first.email)),
    )
    assert answer.status_code == 303


def test_a_new_address_at_the_counter_needs_a_known_person() -> None:
    officer = browser_of(staff())
    sent = {"nik": "3374011708900001", "no_kk": "3374010101010001", "address": "baru@contoh.example"}
    unknown = send(officer, "/petugas/loket", alasan="KTP-el asli diperlihatkan", **sent)
    assert unknown.status_code == 422
    assert "Tidak ada akun" in unknown.content.decode()
    assert send(officer, "/petugas/loket", alasan="", nik="1", no_kk="2", address="3").status_code == 422
