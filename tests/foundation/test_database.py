"""The backend: a transaction and its context begin together, and a connection that the server has closed is noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import close_old_connections, connection, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from adminduk.foundation.database.prepared import Statements
from adminduk.foundation.database.statements import fetch_one, run, run_later
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


def test_who_asks_nothing_says_nothing() -> None:
    with CaptureQueriesContext(connection) as queries, acting_as(system_actor(3374)):
        pass
    assert [query["sql"] for query in queries] == ["BEGIN"]  # Django's book; the server has not heard of it
    assert fetch_one(KIND) == (None,)


def test_djangos_own_statements_are_in_the_transaction_too() -> None:
    with acting_as(system_actor(3374)), connection.cursor() as cursor:
        cursor.execute(KIND)
        assert cursor.fetchone() == ("system",)


def test_a_first_statement_that_fails_ends_its_transaction_and_nothing_else() -> None:
    with pytest.raises(DatabaseError), acting_as(system_actor(3374)):
        run("INSERT INTO foundation_answer (key, created_at) VALUES (NULL, now())")
    with acting_as(system_actor(3374)):
        assert fetch_one(KIND) == ("system",)
    assert fetch_one(KIND) == (None,)


def test_statements_that_are_not_prepared_go_together_too() -> None:
    with psycopg.connect(server().url(SUPERUSER, "postgres"), autocommit=True) as other:
        statements = Statements(other, prepares=False)
        long = "x" * 3_000_000  # more than fits into the line at once
        first = (("BEGIN", ()), ("SELECT set_config('app.ctx', %s, true)", ("a",)))
        asked = "SELECT current_setting('app.ctx'), length(%s::text)"
        assert statements.run_after(first, asked, (long,)).rows == [("a", len(long))]
        statements.say(b"ROLLBACK")


def test_begin_and_context_are_one_round_trip() -> None:
    with CaptureQueriesContext(connection) as queries, acting_as(system_actor(3374)):
        fetch_one("SELECT 1")
    assert [query["sql"] for query in queries] == ["BEGIN", "SELECT 1", "COMMIT"]


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the server in one piece, by its last statement."""
    found: list[str] = []

    def note(name: str, words_of: Callable[..., str]) -> None:
        real = getattr(Statements, name)

        def noted(statements: Statements, *given: Any) -> Any:
            found.append(words_of(*given))
            return real(statements, *given)

        monkeypatch.setattr(Statements, name, noted)

    note("run", lambda statement, _: statement)
    note("run_all", lambda statements: str(statements[-1][0]))
    note("say", bytes.decode)
    return found


KEEP = "INSERT INTO foundation_answer (key, created_at) VALUES (%s, now())"
COUNT = "SELECT count(*) FROM foundation_answer"


def test_writes_whose_count_nobody_needs_are_one_round_trip_with_commit(trips: list[str]) -> None:
    with acting_as(system_actor(3374)):
        fetch_one(KIND)
        run_later(KEEP, [b"1"])
        run_later(KEEP, [b"2"])
    assert trips == [KIND, "COMMIT"]
    assert fetch_one(COUNT) == (2,)


def test_an_act_that_only_writes_is_one_round_trip(trips: list[str]) -> None:
    with acting_as(system_actor(3374)):
        run_later(KEEP, [b"1"])
    assert trips == ["COMMIT"]
    assert fetch_one(COUNT) == (1,)


def test_what_was_told_before_is_seen_by_the_next_statement() -> None:
    with acting_as(system_actor(3374)):
        run_later(KEEP, [b"1"])
        assert fetch_one(COUNT) == (1,)
        run_later(KEEP, [b"2"])
        assert Answer.objects.count() == 2


def test_an_act_that_raises_undoes_what_it_has_told() -> None:
    with suppress(LookupError), acting_as(system_actor(3374)):
        run_later(KEEP, [b"1"])
        raise LookupError
    with suppress(LookupError), acting_as(system_actor(3374)):
        fetch_one(KIND)
        run_later(KEEP, [b"2"])
        raise LookupError
    assert fetch_one(COUNT) == (0,)


def test_a_part_that_raises_undoes_what_was_told_within_it_alone() -> None:
    with acting_as(system_actor(3374)):
        run_later(KEEP, [b"1"])
        with suppress(LookupError), transaction.atomic():
            run_later(KEEP, [b"2"])
            raise LookupError
        with transaction.atomic():
            run_later(KEEP, [b"3"])
    assert fetch_one("SELECT array_agg(key ORDER BY key) FROM foundation_answer") == ([b"1", b"3"],)


def test_a_part_is_begun_with_its_first_statement_and_ended_with_its_last(trips: list[str]) -> None:
    release = 'RELEASE SAVEPOINT "within_0"'
    with acting_as(system_actor(3374)):
        fetch_one(KIND)
        with transaction.atomic():
            assert fetch_one(COUNT) == (0,)
            run_later(KEEP, [b"1"])
        with transaction.atomic():
            run_later(KEEP, [b"2"])
    assert trips == [KIND, COUNT, release, release, "COMMIT"]
    assert fetch_one(COUNT) == (2,)


def test_a_part_in_which_nothing_happens_says_nothing(trips: list[str]) -> None:
    with acting_as(system_actor(3374)):
        fetch_one(KIND)
        with transaction.atomic(), suppress(LookupError), transaction.atomic():
            raise LookupError
    assert trips == [KIND, "COMMIT"]


@pytest.mark.parametrize("asks_within", [True, False])
def test_a_part_within_a_part_is_undone_alone(asks_within: bool) -> None:
    with acting_as(system_actor(3374)), transaction.atomic():
        run_later(KEEP, [b"1"])
        with suppress(LookupError), transaction.atomic():
            run_later(KEEP, [b"2"])
            with transaction.atomic():
                run_later(KEEP, [b"3"])
            if asks_within:
                fetch_one(COUNT)
            raise LookupError
        with transaction.atomic():
            Answer.objects.create(key=b"4", created_at="2026-01-01T00:00:00Z")
    assert fetch_one("SELECT array_agg(key ORDER BY key) FROM foundation_answer") == ([b"1", b"4"],)


def test_what_fails_within_a_part_fails_there_and_undoes_it_alone() -> None:
    with acting_as(system_actor(3374)):
        run_later(KEEP, [b"1"])
        with pytest.raises(DatabaseError), transaction.atomic():
            run_later(KEEP, [b"2"])
            run_later(KEEP, [None])
        assert fetch_one(COUNT) == (1,)
    assert fetch_one(COUNT) == (1,)


def test_what_fails_from_before_a_part_undoes_the_whole_act() -> None:
    """It is found within the part, and whoever catches it there may not go on."""
    with pytest.raises(TransactionManagementError), acting_as(system_actor(3374)), transaction.atomic():
        run_later(KEEP, [b"1"])
        run_later(KEEP, [None])
        with suppress(DatabaseError), transaction.atomic():
            fetch_one(COUNT)
        fetch_one(COUNT)
    assert fetch_one(COUNT) == (0,)


@pytest.mark.parametrize("asks_first", [True, False])
def test_what_fails_with_commit_undoes_the_whole_act(asks_first: bool) -> None:
    with pytest.raises(DatabaseError), acting_as(system_actor(3374)):
        if asks_first:
            fetch_one(KIND)
        run_later(KEEP, [b"1"])
        run_later(KEEP, [None])
    assert fetch_one(COUNT) == (0,)
    with acting_as(system_actor(3374)):
        assert fetch_one(KIND) == ("system",)


def test_outside_a_transaction_nothing_waits() -> None:
    run_later(KEEP, [b"1"])
    assert fetch_one(COUNT) == (1,)


def test_a_closed_connection_is_replaced_by_the_next_request(ended: None) -> None:
    close_old_connections()
    with acting_as(system_actor(3374)):
        assert fetch_one(KIND) == ("system",)


def test_no_context_waits_for_the_next_transaction_when_none_could_begin(ended: None) -> None:
    with pytest.raises(DatabaseError), acting_as(system_actor(3374)):
        fetch_one(KIND)
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
