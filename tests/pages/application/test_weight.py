"""Each page of an application arrives in the first round trip, with its style inside, and is clean."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.application import walking
from tests.pages.browser import defects_of, get, read, weight
from tests.usecases import citizen
from tests.usecases.stand_ins import Register

FIRST_ROUND_TRIP = 10_000


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_of_an_application_are_light_and_clean(register: Register, database: None, language: str) -> None:
    client = walking.signed_in(citizen.somebody(register))
    application_id = walking.application_in(walking.begun(client))
    home = f"/permohonan/{application_id}"
    walking.fill_in(client, application_id)
    groups = [f"{home}/isi/{group}" for group in citizen.ANSWERS if group != "pernyataan"]
    documents = [f"{home}/dokumen/{document}" for document in citizen.DOCUMENTS]
    client.cookies["bahasa"] = language
    for path in ("/permohonan/", f"{home}/", *groups, *documents, f"{home}/periksa", "/akun/"):
        _look_at(client, path)
    walking.press(client, f"{home}/periksa", benar="ya")
    for path in (f"{home}/terkirim", f"{home}/status", "/permohonan/"):
        _look_at(client, path)


def _look_at(client: Client, path: str) -> None:
    client.cookies.pop("gaya", None)  # a browser that has not seen the style yet
    response = get(client, path)
    assert response.status_code == 200, path
    assert (path, weight(response)) <= (path, FIRST_ROUND_TRIP)
    assert (path, defects_of(read(response))) == (path, [])
