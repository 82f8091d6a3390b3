"""The backend: a transaction and its context begin together, and a connection that the server has closed is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from django.db import close_old_connections, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from adminduk.foundation.database.statements import fetch_one, run
from adminduk.foundation.embedded_database import SUPERUSER
from adminduk.foundation.jobs import system_actor
from adminduk.foundation.models import Answer
from adminduk.foundation.tenancy import acting_as
from tests.database import server

pytestmark = pytest.mark.usefixtures("database")
KIND = "SELECT sec.kind()"


@pytest.fixture
def ended() -> Iterator[None]:
    """The server has closed the connection of this process, as when it restarts."""
    (pid,) = fetch_one("SELECT pg_backend_pid()") or (0,)
    with psycopg.connect(server().url(SUPERUSER, "postgres"), autocommit=True) as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    yield
    connection.close()


def test_the_context_ends_with_its_transaction() -> None:
    with acting_as(system_actor(3374)):
        assert fetch_one(KIND) == ("system",)
    with transaction.atomic():
        assert fetch_one(KIND) == (None,)
    assert fetch_one(KIND) == (None,)


def test_the_context_ends_with_a_refused_act_too() -> None:
    with pytest.raises(LookupError), acting_as(system_actor(3374)):
        raise LookupError
    with transaction.atomic():
        assert fetch_one(KIND) == (None,)


def test_begin_and_context_are_one_round_trip() -> None:
    with CaptureQueriesContext(connection) as queries, acting_as(system_actor(3374)):
        fetch_one("SELECT 1")
    assert [query["sql"] for query in queries] == ["BEGIN", "SELECT 1", "COMMIT"]


def test_a_closed_connection_is_replaced_by_the_next_request(ended: None) -> None:
    close_old_connections()
    with acting_as(system_actor(3374)):
        assert fetch_one(KIND) == ("system",)


def test_no_context_waits_for_the_next_transaction_when_none_could_begin(ended: None) -> None:
    with pytest.raises(DatabaseError), acting_as(system_actor(3374)):
        raise AssertionError("there is no transaction")
    connection.close()
    with transaction.atomic():
        assert fetch_one(KIND) == (None,)


def test_what_an_act_wrote_is_undone_when_it_raises() -> None:
    with pytest.raises(LookupError), acting_as(system_actor(3374)):
        run("INSERT INTO foundation_answer (key, created_at) VALUES ('\\x01', now())")
        raise LookupError
    assert fetch_one("SELECT count(*) FROM foundation_answer") == (0,)


def test_what_the_server_was_told_to_forget_is_prepared_anew() -> None:
    """After a ROLLBACK psycopg lets the server forget all statements, ours too."""
    fetch_one(KIND)
    with connection.cursor() as cursor:
        for _ in range(10):  # psycopg prepares what it has seen often
            cursor.execute("SELECT 1 + 1")
        cursor.execute("BEGIN")
        cursor.execute("ROLLBACK")
        cursor.execute("SELECT 1 + 2")
    assert fetch_one(KIND) == (None,)


def test_statements_stay_prepared_after_what_was_undone() -> None:
    with suppress(LookupError), acting_as(system_actor(3374)):
        assert fetch_one(KIND) == ("system",)
        list(Answer.objects.all())  # a statement that psycopg prepares, so that it has something to forget
        raise LookupError
    with acting_as(system_actor(3374)):
        with suppress(LookupError), transaction.atomic():
            raise LookupError
        assert fetch_one(KIND) == ("system",)


def test_one_name_stands_for_one_value_and_a_percent_sign_for_itself() -> None:
    values = {"a": 3, "b": 4}
    assert fetch_one("SELECT %(b)s::int - %(a)s::int + %(a)s::int, 5 %% %(a)s::int", values) == (4, 2)
