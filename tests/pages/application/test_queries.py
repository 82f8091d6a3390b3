"""How often each act asks the database: bounded, so that it does not grow unnoticed."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages.application import walking
from tests.usecases import citizen
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")
FORM_PAGE, STATUS_PAGE = 6, 9
MOST = {"answer": 11, "document": 17, "send": 30, "begin": 21}


@pytest.fixture
def client(register: Register) -> Client:
    return walking.signed_in(citizen.somebody(register))


@pytest.fixture
def draft(client: Client) -> UUID:
    return walking.application_in(walking.begun(client))


def read(client: Client, path: str) -> int:
    """Statements of the second look: a process reads each definition once."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    return len(queries)


def written(client: Client, path: str, **fields: object) -> int:
    """Statements of one act that succeeds, sent from its page: the first look of a session is another matter."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert walking.press(client, path, **fields).status_code == 303, path
    return len(queries)


@pytest.mark.parametrize("page", ["", "isi/data_diri", "isi/kehilangan", "dokumen/kk", "periksa"])
def test_a_page_of_the_form_reads_session_actor_case_and_pages(client: Client, draft: UUID, page: str) -> None:
    assert read(client, f"/permohonan/{draft}/{page}") <= FORM_PAGE


def test_to_begin_asks_seldom(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        walking.begun(client)
    assert len(queries) <= MOST["begin"]


def test_an_answer_asks_seldom(client: Client, draft: UUID) -> None:
    group, raw = "kehilangan", walking.as_form(citizen.ANSWERS["kehilangan"])
    assert written(client, f"/permohonan/{draft}/isi/{group}", lanjut="1", **raw) <= MOST["answer"]


def test_a_photograph_asks_seldom(client: Client, draft: UUID) -> None:
    asked = written(client, f"/permohonan/{draft}/dokumen/kk", lanjut="1", berkas=walking.photograph())
    assert asked <= MOST["document"]


def test_sending_asks_seldom_and_so_do_receipt_and_status(client: Client, draft: UUID) -> None:
    walking.fill_in(client, draft)
    assert written(client, f"/permohonan/{draft}/periksa", benar="ya") <= MOST["send"]
    assert read(client, f"/permohonan/{draft}/terkirim") <= STATUS_PAGE
    assert read(client, f"/permohonan/{draft}/status") <= STATUS_PAGE
