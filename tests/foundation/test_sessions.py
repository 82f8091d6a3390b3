"""Web sessions: a copy of the table opens none of them."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from adminduk.foundation.sessions import SessionStore
from tests import database as test_database


def new_session(**content: object) -> str:
    session = SessionStore()
    session.update(content)
    session.save()
    assert session.session_key
    return session.session_key


def test_content_comes_back_under_its_key_alone(database: None) -> None:
    key = new_session(citizen={"id": "x", "epoch": 3})
    assert SessionStore(key)["citizen"] == {"id": "x", "epoch": 3}
    other = SessionStore("guessed-key")
    assert other.load() == {}
    assert other.session_key is None


def test_the_table_holds_neither_key_nor_content(database: None) -> None:
    key = new_session(citizen="sesuatu yang pribadi")
    with test_database.superuser_connection() as above:
        rows = above.execute("SELECT s::text FROM foundation_session s").fetchall()
    assert len(rows) == 1
    for secret in (key, "sesuatu yang pribadi"):
        assert secret not in rows[0][0]
        assert secret.encode().hex() not in rows[0][0]


def test_content_copied_to_another_session_does_not_open(database: None) -> None:
    one, other = new_session(citizen="one"), new_session(citizen="other")
    with test_database.superuser_connection() as above:
        above.execute("UPDATE foundation_session SET content = (SELECT min(content) FROM foundation_session)")
    opened = [SessionStore(key).load().get("citizen") for key in (one, other)]
    assert sorted(opened, key=str) in ([None, "one"], [None, "other"])


def test_an_ended_session_cannot_be_written_again(database: None) -> None:
    key = new_session(citizen="x")
    still_open = SessionStore(key)
    still_open["seen"] = True
    SessionStore(key).delete()
    with pytest.raises(UpdateError):
        still_open.save()
    assert SessionStore(key).load() == {}


def test_a_session_ends_by_time_and_is_cleared(database: None) -> None:
    key = new_session(citizen="x")
    with mock.patch.object(timezone, "now", return_value=timezone.now() + timedelta(minutes=31)):
        assert SessionStore(key).load() == {}
        SessionStore.clear_expired()
    assert SessionStore(key).exists(key) is False


def test_signing_in_changes_the_key_and_keeps_nothing_under_the_old_one(database: None) -> None:
    old = new_session(began="before sign-in")
    session = SessionStore(old)
    session.cycle_key()
    assert session.session_key != old
    assert SessionStore(old).load() == {}
    assert SessionStore(session.session_key)["began"] == "before sign-in"


def test_a_session_that_begins_anew_takes_the_place_of_the_old_in_one_statement(database: None) -> None:
    old = new_session(began="before sign-in")
    session = SessionStore(old)
    assert session["began"] == "before sign-in"
    session.renew()
    session["citizen"] = "x"
    with CaptureQueriesContext(connection) as asked:
        session.save()
    assert len(asked) == 1
    assert session.session_key not in (None, old)
    assert SessionStore(old).load() == {}
    assert SessionStore(session.session_key).load() == {"citizen": "x"}
    session["later"] = True
    session.save()
    assert SessionStore(session.session_key)["later"] is True


def test_a_session_that_does_not_come_to_begin_leaves_the_old(database: None) -> None:
    """The request failed: who was to sign in may try again, and finds what he had begun."""
    old = new_session(began="before sign-in")
    SessionStore(old).renew()
    assert SessionStore(old)["began"] == "before sign-in"


def test_a_session_begins_anew_where_there_was_none(database: None) -> None:
    session = SessionStore()
    session.renew()
    session["citizen"] = "x"
    session.save()
    assert SessionStore(session.session_key).load() == {"citizen": "x"}
