"""Several functions in one transaction, and several questions in one round trip."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.pq import TransactionStatus

from adminduk.foundation.database.prepared import Answer, Question, Statements, Values
from adminduk.foundation.database.statements import fetch_one
from adminduk.foundation.jobs import system_actor
from adminduk.foundation.tenancy import acting_as, look_as, together
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from tests import making

REGION = making.fresh_region()
SYSTEM = system_actor(REGION)
CITIZEN = Actor(kind=ActorKind.CITIZEN, id=NOBODY, regions=(REGION,))


def _context() -> str:
    (context,) = fetch_one("SELECT current_setting('app.ctx', true)") or ("",)
    return str(context or "")


def _transaction() -> str:
    (number,) = fetch_one("SELECT pg_current_xact_id()::text") or ("",)
    return str(number)


def test_who_acts_as_the_same_joins(database: None) -> None:
    with together(SYSTEM):
        context = _context()
        with CaptureQueriesContext(connection) as asked, acting_as(SYSTEM):
            assert _context() == context
    assert len(asked) == 1


def test_somebody_else_within_gets_his_own_context_and_does_not_join(database: None) -> None:
    with together(SYSTEM):
        before = _context()
        with acting_as(CITIZEN):
            assert "|citizen|" in _context()
            with acting_as(SYSTEM):
                assert "|system|" in _context()
            assert "|citizen|" in _context()
        assert _context() == before


def test_afterwards_each_has_a_transaction_of_its_own_again(database: None) -> None:
    with pytest.raises(LookupError), together(SYSTEM):
        raise LookupError
    with acting_as(SYSTEM):
        first = _transaction()
    with acting_as(SYSTEM):
        assert _transaction() != first


KEPT = "SELECT count(*) FROM foundation_answer"
KEEP = "INSERT INTO foundation_answer (key, created_at) VALUES (%s, now()) RETURNING 1"


def _one(statement: str, *values: object) -> Question[object]:
    return Question(statement, values, lambda rows: rows[0][0])


CONTEXT = _one("SELECT current_setting('app.ctx', true)")
NUMBER = _one("SELECT 6 * %s::int", 7)


def test_questions_that_wait_for_nothing_are_one_round_trip(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[int] = []
    real = Statements.run_all

    def noted(self: Statements, asked: Sequence[tuple[str, Values]]) -> list[Answer]:
        pieces.append(len(asked))
        return real(self, asked)

    monkeypatch.setattr(Statements, "run_all", noted)
    monkeypatch.setattr(Statements, "run", None)
    monkeypatch.setattr(Statements, "say", None)
    context, number = look_as(CITIZEN, CONTEXT, NUMBER)
    assert "|citizen|" in str(context)
    assert number == 42
    assert pieces == [5]  # BEGIN, context, two questions, COMMIT


def test_after_a_look_the_context_is_gone(database: None) -> None:
    look_as(CITIZEN, CONTEXT)
    with transaction.atomic():
        assert not _context()


def test_a_look_changes_nothing(database: None) -> None:
    with pytest.raises(DatabaseError, match="read-only"):
        look_as(SYSTEM, NUMBER, _one(KEEP, b"look"))
    assert fetch_one(KEPT) == (0,)


def test_a_look_that_fails_leaves_no_transaction_behind(database: None) -> None:
    with pytest.raises(DatabaseError):
        look_as(SYSTEM, _one("SELECT 1/0"), NUMBER)
    assert connection.connection.pgconn.transaction_status == TransactionStatus.IDLE
    assert look_as(SYSTEM, NUMBER) == (42,)


def test_within_a_transaction_a_look_sees_what_was_written_in_it(database: None) -> None:
    with acting_as(SYSTEM):
        fetch_one(KEEP, [b"within"])
        kept, context = look_as(CITIZEN, _one(KEPT), CONTEXT)
        assert "|system|" in _context()
    assert kept == 1
    assert "|citizen|" in str(context)


def test_who_listens_hears_each_question_of_a_look(database: None) -> None:
    with CaptureQueriesContext(connection) as heard:
        assert look_as(SYSTEM, NUMBER, NUMBER) == (42, 42)
    assert [each["sql"] for each in heard][-3:-1] == ["SELECT 6 * 7::int"] * 2
