"""The button pressed by many hands at once: one application, one message, one place in the queue."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.notifications import queries as messages
from adminduk.usecases import apply
from adminduk.usecases.subject import token_of
from adminduk.usecases.withdraw import withdraw
from tests import database as test_database
from tests.at_once import at_once
from tests.usecases import citizen
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")
FEW, MANY = 40, 200


def counted(table: str) -> int:
    """Rows that really are in a table."""
    with test_database.superuser_connection() as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("is_one_key", [True, False])
def test_many_parallel_sends_are_one_application(
    register: Register, request: pytest.FixtureRequest, *, is_one_key: bool
) -> None:
    many = MANY if request.config.getoption("full") else FEW
    actor = citizen.somebody(register).actor
    draft, key = citizen.complete_draft(actor), str(uuid4())
    receipts = at_once(many, lambda _: apply.submit(actor, draft, key=key if is_one_key else str(uuid4())))
    assert receipts == [draft] * many
    with acting_as(actor):
        told = messages.list_of_application(draft, region_id=SEMARANG.number)
    assert [message.event for message in told] == ["application_received"]
    assert counted("workqueue_item") == counted("applications_claim") == 1


def test_many_parallel_beginnings_are_one_draft(register: Register) -> None:
    actor = citizen.somebody(register).actor
    drafts = at_once(20, lambda _: citizen.start(actor, key=str(uuid4())))
    assert len(set(drafts)) == 1
    assert counted("applications_application") == 1


def test_two_accounts_that_send_for_one_person_at_once(register: Register) -> None:
    person, relative = citizen.somebody(register), citizen.somebody(register)
    own = citizen.complete_draft(person.actor)
    register.add(person.identity, no_kk=relative.identity.no_kk)
    theirs = citizen.start(relative.actor, member=token_of(person.identity.nik))
    with acting_as(relative.actor):
        applications.mark_consented(theirs, region_id=SEMARANG.number)
    citizen.fill_in(relative.actor, theirs)
    citizen.send_documents(relative.actor, theirs)
    sends: list[tuple[Actor, UUID]] = [(person.actor, own), (relative.actor, theirs)]
    answers = at_once(2, lambda number: apply.submit(*sends[number], key=str(uuid4())))
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert [refusal.code for refusal in refused] == ["already_open"]
    assert counted("workqueue_item") == counted("applications_claim") == 1


def test_sending_and_withdrawing_at_once_leave_one_clear_state(register: Register) -> None:
    actor = citizen.somebody(register).actor
    draft = citizen.complete_draft(actor)
    acts = (lambda: apply.submit(actor, draft, key=""), lambda: withdraw(actor, draft, key=""))
    at_once(2, lambda number: acts[number]())
    with acting_as(actor):
        state = cases.get_case(draft).state
    assert state is State.WITHDRAWN
    assert counted("workqueue_item") == counted("applications_claim") == 0
