"""Several functions in one transaction: they see the same rows, and fail as one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adminduk.foundation.database.statements import fetch_one
from adminduk.foundation.jobs import system_actor
from adminduk.foundation.tenancy import acting_as, together
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
