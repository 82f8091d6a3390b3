"""Bytes and queries of an application's pages: bounded, so that they do not grow unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.making import fresh_identity, make_owner
from tests.pages.application import walking
from tests.usecases import citizen
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")
FIRST_RENDER = 10_000
WHOLE_APPLICATION = 100_000
MOST_QUERIES = 20  # session, actor and context of each transaction are among them
LONG_NAME = "MARIA ANTONIETTA NOTOPERTOMO HADIKUSUMONINGRAT SASTRODIWIRYA"
FORM = ("", "isi/data_diri", "isi/kehilangan", "isi/layanan", "isi/screening", "dokumen/kk", "dokumen/akta_lahir",
        "dokumen/surat_pengantar", "periksa")  # fmt: skip
AFTER = ("terkirim", "status", "tarik")


def bytes_of(client: Client, path: str) -> int:
    """Headers and body as they travel."""
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, path
    return len(answer.content) + sum(len(name) + len(value) + 4 for name, value in answer.items())


@pytest.fixture
def client(register: Register) -> Client:
    assert len(LONG_NAME) == 60
    owner = make_owner(SEMARANG.number, identity=fresh_identity(LONG_NAME))
    register.add(owner.identity)
    return walking.signed_in(owner)


@pytest.fixture
def draft(client: Client) -> UUID:
    draft = walking.application_in(walking.begun(client))
    walking.fill_in(client, draft)
    return draft


def on_every_page(client: Client, draft: UUID, look: Callable[[str], None]) -> None:
    for page in FORM:
        look(f"/permohonan/{draft}/{page}")
    look("/permohonan/")
    walking.press(client, f"/permohonan/{draft}/periksa", benar="ya")
    for page in AFTER:
        look(f"/permohonan/{draft}/{page}")


def test_every_page_fits_into_the_first_round_trip(client: Client, draft: UUID) -> None:
    heavy: dict[str, int] = {}

    def look(path: str) -> None:
        client.cookies.pop("gaya", None)  # the stylesheet comes with the page
        size = bytes_of(client, path)
        if size > FIRST_RENDER:
            heavy[path] = size

    on_every_page(client, draft, look)
    assert heavy == {}


def test_a_whole_application_is_light(client: Client, draft: UUID) -> None:
    sizes: list[int] = []
    client.cookies.pop("gaya", None)
    on_every_page(client, draft, lambda path: sizes.append(bytes_of(client, path)))
    assert sum(sizes) < WHOLE_APPLICATION


def test_no_page_asks_the_database_too_often(client: Client, draft: UUID) -> None:
    often: dict[str, int] = {}

    def look(path: str) -> None:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        if len(queries) > MOST_QUERIES:
            often[path] = len(queries)

    on_every_page(client, draft, look)
    assert often == {}


def test_a_page_costs_the_same_with_many_applications(register: Register) -> None:
    owner = citizen.somebody(register)
    client, counts = walking.signed_in(owner), list[int]()
    for service_id in ("ktp_el_hilang", "ktp_el_rusak"):
        answers = citizen.SCREENING | {"kartu_ada": "ada"}
        walking.begun(client, service_id=service_id, **answers)
        client.get("/permohonan/")  # a process reads each definition once
        with CaptureQueriesContext(connection) as queries:
            client.get("/permohonan/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
