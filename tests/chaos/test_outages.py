"""Register, mail server and storage each go down: applying still works, and everything recovers by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from benchmarks.browser import Browser, Unexpected, Upload
from benchmarks.walk import Person, apply_for_card
from tests import database as test_database
from tests.chaos import outcome
from tests.chaos.senders import browser_of, make_senders, send_until_told
from tests.portal import Portal
from tests.usecases.citizen import picture

WITHIN = 150.0  # seconds; the system looks around each minute


def wait_until(has_happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WITHIN
    while not has_happened():
        assert time.monotonic() < deadline, what
        time.sleep(0.3)  # another process does it


def row(statement: str, *values: Any) -> tuple[Any, ...] | None:
    with test_database.superuser_connection() as above:
        return above.execute(statement, values).fetchone()


def test_with_the_mail_server_down_applying_works_and_messages_arrive_later(portal: Portal) -> None:
    senders = make_senders(3)
    portal.mail.switch("down")
    for sender in senders:
        assert send_until_told(portal.base_url, sender) == 1
    assert not any(portal.mails_to(sender.email) for sender in senders)
    portal.mail.switch("normal")
    arrivals = outcome.wait_until_all_are_told(portal.mail, senders)
    assert set(arrivals.values()) == {1}
    with test_database.superuser_connection() as above:
        outcome.assert_each_is_there_once(above, senders)
        outcome.wait_until_no_message_waits(above)


def test_with_the_register_down_a_new_person_applies_and_is_matched_once_it_answers(portal: Portal) -> None:
    (raw,) = portal.register.get("/people?region=51.71&age=30&start=123&count=1")
    person = Person.of(raw, email="belum.cocok@contoh.example")
    portal.register.switch("down")
    browser = Browser(portal.base_url)
    address = apply_for_card(browser, person, (picture(), picture(), picture()), mailbox_url=portal.mail.url)
    browser.close()
    case_id = address.rstrip("/").rpartition("/")[2]
    state = "SELECT is_matched, due_at IS NOT NULL FROM applications_application WHERE id = %s"
    assert row(state, case_id) == (False, False)
    portal.register.switch("normal")
    wait_until(lambda: row(state, case_id) == (True, True), "never matched")
    wait_until(lambda: len(portal.mails_to(person.email)) == 3, "code, receipt and match are three messages")
    assert "cocok" in portal.mails_to(person.email)[0]["subject"]


@contextmanager
def storage_down() -> Iterator[None]:
    """The folder of the objects is not there, and cannot be made."""
    folder: Path = settings.ENVIRONMENT.data_dir / "objects"
    folder.mkdir(exist_ok=True)
    aside = folder.rename(folder.with_name("objects-aside"))
    folder.touch()
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


def test_with_the_storage_down_only_pictures_wait_and_nothing_half_is_left(portal: Portal) -> None:
    (sender,) = make_senders(1)
    browser = browser_of(portal.base_url, sender)
    pages = "SELECT count(*) FROM documents_page WHERE application_id = %s"
    before = row(pages, sender.case_id)
    form_page = browser.get(f"/permohonan/{sender.case_id}/dokumen/kk", step="document page")
    form, file = form_page.form("/dokumen/"), Upload("foto.jpg", picture())
    with storage_down():
        with pytest.raises(Unexpected, match="with 503"):
            browser.upload(form, "berkas", file, step="photograph")
        assert row(pages, sender.case_id) == before
        browser.get(f"/permohonan/{sender.case_id}/", step="task list")
        browser.get(f"/permohonan/{sender.case_id}/isi/kehilangan", step="questions")
    browser.upload(form, "berkas", file, step="photograph")
    assert row(pages, sender.case_id) == ((before or (0,))[0] + 1,)
    browser.close()
    with storage_down():
        assert send_until_told(portal.base_url, sender) == 1
