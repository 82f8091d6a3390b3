"""From the first question to the status page, without JavaScript."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.application import walking
from tests.pages.application.walking import press, text_of
from tests.usecases import citizen
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")


def test_from_the_first_question_to_the_status(register: Register) -> None:
    owner = citizen.somebody(register)
    client = walking.signed_in(owner)
    application_id = walking.application_in(walking.begun(client))
    home = f"/permohonan/{application_id}"
    assert "0 dari 9 langkah" in text_of(client.get(f"{home}/"))
    walking.fill_in(client, application_id)
    check = text_of(client.get(f"{home}/periksa"))
    assert "Tercecer atau lupa ditaruh" in check
    assert "JL. CONTOH NO. 1" in check
    sent = press(client, f"{home}/periksa", benar="ya")
    assert (sent.status_code, sent["Location"]) == (303, f"{home}/terkirim")
    receipt = client.get(f"{home}/terkirim")
    assert "Permohonan terkirim" in text_of(receipt)
    assert b"<svg" in receipt.content
    status = text_of(client.get(f"{home}/status"))
    assert "Giliran kantor" in status
    assert "nomor 1" in status
    assert "sudah kami terima" in status
    assert "Diperiksa kantor" in text_of(client.get("/permohonan/"))


def test_the_statement_is_asked_where_it_is_sent(register: Register) -> None:
    client = walking.signed_in(citizen.somebody(register))
    application_id = walking.application_in(walking.begun(client))
    walking.fill_in(client, application_id)
    answer = press(client, f"/permohonan/{application_id}/periksa")
    assert answer.status_code == 422
    assert b"<title>Galat:" in answer.content
    assert "Centang pernyataan ini" in text_of(answer)


def test_status_without_sign_in_tells_nothing_about_the_person(register: Register) -> None:
    owner = citizen.somebody(register)
    sent = citizen.sent(owner.actor)
    number = citizen.number_of(owner.actor, sent)
    born = owner.identity.birth_date
    anybody = Client()
    fields = {"nomor": number.lower(), "lahir-hari": born.day, "lahir-bulan": born.month, "lahir-tahun": born.year}
    answer = anybody.post("/s/", fields)
    said = text_of(answer)
    assert "Giliran kantor" in said
    assert owner.identity.name not in answer.content.decode()
    assert "JL. CONTOH" not in answer.content.decode()
    wrong = anybody.post("/s/", {**fields, "lahir-tahun": born.year - 1})
    assert wrong.status_code == 422


def test_the_link_of_a_message_fills_in_the_number(register: Register) -> None:
    assert b'value="KTP-2611-7F3KQ9-92"' in Client().get("/s/KTP-2611-7F3KQ9-92").content
