"""A session that ends while somebody types loses nothing, and shows it to nobody else."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.test import Client

from tests.making import Owner
from tests.pages.application import walking
from tests.usecases import citizen
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")
TYPED = {"sebab_hilang": "lainnya", "cerita_hilang": "Jatuh di pasar", "tempat_hilang": "Pasar Johar"}


def _typed_too_late(client: Client, application_id: UUID) -> str:
    """The session ends, then the form is sent. Returns the page it was typed on."""
    path = f"/permohonan/{application_id}/isi/kehilangan"
    session = client.session
    del session["citizen"]
    session.save()
    answer = client.post(path, urlencode(TYPED), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    assert answer["Location"].startswith("/masuk/?next=")
    return path


def _sign_in_again(client: Client, owner: Owner) -> None:
    session = client.session
    session["citizen"] = {"id": str(owner.actor.id), "epoch": 0}
    session.save()


def test_what_was_typed_comes_back_after_signing_in(register: Register) -> None:
    owner = citizen.somebody(register)
    client = walking.signed_in(owner)
    path = _typed_too_late(client, walking.application_in(walking.begun(client)))
    _sign_in_again(client, owner)
    page = client.get(path).content.decode()
    assert "Jatuh di pasar" in page
    assert "Pasar Johar" in page
    assert "Jatuh di pasar" not in client.get(path).content.decode(), "once"


def test_signing_in_again_says_why_and_asks_for_no_region(register: Register) -> None:
    owner = citizen.somebody(register)
    client = walking.signed_in(owner)
    client.get("/d/33.74/ktp_el_hilang/")
    path = _typed_too_late(client, walking.application_in(walking.begun(client)))
    page = walking.text_of(client.get(f"/masuk/?next={path}"))
    assert "Sesi Anda sudah berakhir" in page and "muncul lagi" in page
    assert "Nomor Kartu Keluarga" in page


def test_a_photograph_is_to_be_sent_again(register: Register) -> None:
    owner = citizen.somebody(register)
    client = walking.signed_in(owner)
    draft = walking.application_in(walking.begun(client))
    session = client.session
    del session["citizen"]
    session.save()
    walking.press(client, f"/permohonan/{draft}/dokumen/kk", berkas=walking.photograph())
    assert "kirim fotonya sekali lagi" in walking.text_of(client.get("/masuk/?daerah=33.74"))
    assert "Sesi Anda" not in walking.text_of(Client().get("/masuk/?daerah=33.74"))


def test_another_person_at_the_same_browser_sees_nothing_of_it(register: Register) -> None:
    owner, other = citizen.somebody(register), citizen.somebody(register)
    client = walking.signed_in(owner)
    path = _typed_too_late(client, walking.application_in(walking.begun(client)))
    _sign_in_again(client, other)
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Jatuh di pasar" not in answer.content.decode()
