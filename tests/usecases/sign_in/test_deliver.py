"""What was planned leaves: once to the person's eyes, never after it was cancelled or is worth nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import Unavailable
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.types import Address
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.notifications import queries as messages
from adminduk.modules.notifications.types import GIVEN_UP_AFTER, PlannedMessage, Recipient
from adminduk.readmodels import office
from adminduk.usecases import deliver, notify
from adminduk.usecases.calendar import calendar_of
from adminduk.usecases.outside import catalogue
from tests.making import fresh_address, make_draft, make_owner
from tests.usecases import reviewing
from tests.usecases.letters import run_waiting_jobs
from tests.usecases.sign_in.door import Door

REGION = 3374
SYSTEM = jobs.system_actor(REGION)


def planned(
    to: Address, *, application_id: UUID | None = None, language: str = "id", due_in: timedelta = timedelta(0)
) -> UUID:
    """A message about a draft that will be deleted, to a fresh account."""
    owner, at = make_owner(REGION), clock.now()
    recipient = Recipient(owner_id=owner.actor.id, channel=to.channel, address=to.value, language=language)
    with acting_as(owner.actor):
        return notifications.plan(
            "draft_deleted",
            to=recipient,
            region_id=REGION,
            application_id=application_id,
            params={"service": "KTP-el hilang", "link": "https://adminduk.example/"},
            due_at=at + due_in,
            at=at,
        )


def still_planned(message_id: UUID) -> PlannedMessage | None:
    with acting_as(SYSTEM):
        return messages.find_planned(message_id, region_id=REGION)


def test_a_planned_message_is_sent_and_marked(door: Door) -> None:
    to = fresh_address()
    message_id = planned(to)
    run_waiting_jobs()
    assert [mail.message_id for mail in door.letters.mails] == [str(message_id)]
    assert "GRATIS" in door.letters.to(to.value)[0]
    assert still_planned(message_id) is None


def test_in_the_persons_language(door: Door) -> None:
    to = fresh_address()
    planned(to, language="en")
    run_waiting_jobs()
    assert "FREE" in door.letters.to(to.value)[0]
    assert door.letters.mails[0].headers["Content-Language"] == "en"


def test_an_sms_is_the_short_form(door: Door) -> None:
    to = Address.parse("sms", "081234567890")
    planned(to)
    run_waiting_jobs()
    assert len(door.letters.to(to.value)[0]) <= 160


def test_a_job_that_runs_again_sends_nothing(door: Door) -> None:
    message_id = planned(fresh_address())
    run_waiting_jobs()
    deliver.deliver(SYSTEM, message_id=str(message_id))
    assert len(door.letters.mails) == 1


def test_a_job_that_died_before_marking_repeats_with_the_same_id(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    message_id = planned(fresh_address())

    class Died(Exception):
        """The worker is gone."""

    def die(*_: object, **__: object) -> None:
        raise Died

    with monkeypatch.context() as broken:
        broken.setattr(notifications, "mark_sent", die)
        with pytest.raises(Died):
            run_waiting_jobs()
    run_waiting_jobs()
    assert [mail.message_id for mail in door.letters.mails] == [str(message_id)] * 2
    assert still_planned(message_id) is None


def test_while_the_server_is_down_nothing_is_lost(door: Door) -> None:
    message_id = planned(fresh_address())
    door.letters.is_down = True
    with pytest.raises(Unavailable):
        run_waiting_jobs()
    assert still_planned(message_id) is not None
    door.letters.is_down = False
    assert run_waiting_jobs() == 1
    assert [mail.message_id for mail in door.letters.mails] == [str(message_id)]


def test_what_could_not_be_sent_for_days_is_shown_as_such_and_may_still_leave(door: Door) -> None:
    owner = make_owner(REGION)
    case_id, to = make_draft(owner), fresh_address()
    message_id = planned(to, application_id=case_id)
    head = reviewing.staff(REGION, "head")
    with acting_as(head):
        calendar = calendar_of(catalogue().region(RegionCode.from_number(REGION)))

    def shown() -> tuple[list[str], list[tuple[str, bool]]]:
        with acting_as(SYSTEM):
            listed = [m.status for m in messages.list_of_application(case_id, region_id=REGION)]
        seen = office.overview_of(head, calendar, at=clock.now()).undelivered
        return listed, [(m.event, m.is_given_up) for m in seen]

    assert shown() == (["planned"], [])
    clock.move_forward(GIVEN_UP_AFTER + timedelta(minutes=1))
    assert shown() == (["given_up"], [("draft_deleted", True)])
    deliver.deliver(SYSTEM, message_id=str(message_id))  # the operator lets what gave up begin anew
    assert shown() == (["sent"], [])
    assert len(door.letters.to(to.value)) == 1


def test_a_delivery_job_gives_up_before_its_message_is_said_to_be_lost() -> None:
    task = jobs.blueprint.tasks[f"{jobs.NAMESPACE}:{notifications.DELIVER}"]
    assert isinstance(task.retry_strategy, jobs.GrowingPause)
    last = task.retry_strategy.max_attempts
    pauses = sum(min(2 ** (attempt + 1), jobs.LONGEST_PAUSE_SECONDS) for attempt in range(last))
    assert timedelta(days=4) < timedelta(seconds=pauses) < GIVEN_UP_AFTER


def test_a_refused_address_is_noted_at_the_account(door: Door) -> None:
    owner, at = make_owner(REGION), clock.now()
    with acting_as(owner.actor):
        message_id = notifications.plan(
            "draft_deleted",
            to=notify.recipient_of(owner.actor.id),
            region_id=REGION,
            application_id=None,
            params={"service": "KTP-el hilang", "link": "https://adminduk.example/"},
            due_at=at,
            at=at,
        )
    door.letters.refused.add(owner.address.value)
    assert run_waiting_jobs() == 1
    with acting_as(owner.actor):
        assert accounts.get_person(owner.actor.id).is_undeliverable
    assert still_planned(message_id) is None


def test_what_was_cancelled_is_not_sent(door: Door) -> None:
    case_id = make_draft(make_owner(REGION))
    message_id = planned(fresh_address(), application_id=case_id, due_in=timedelta(seconds=10))
    with acting_as(SYSTEM):
        cancelled = notifications.cancel_planned(case_id, region_id=REGION, after=clock.now() - timedelta(minutes=1))
    clock.move_forward(timedelta(seconds=11))
    deliver.deliver(SYSTEM, message_id=str(message_id))
    assert cancelled == 1
    assert door.letters.mails == []


def test_before_it_is_due_nothing_leaves_and_afterwards_nothing_is_cancelled(door: Door) -> None:
    case_id = make_draft(make_owner(REGION))
    message_id = planned(fresh_address(), application_id=case_id, due_in=timedelta(seconds=10))
    assert run_waiting_jobs() == 0
    with pytest.raises(Unavailable):
        deliver.deliver(SYSTEM, message_id=str(message_id))
    clock.move_forward(timedelta(seconds=11))
    with acting_as(SYSTEM):
        assert not notifications.cancel_planned(case_id, region_id=REGION, after=clock.now() - timedelta(minutes=1))
    deliver.deliver(SYSTEM, message_id=str(message_id))
    assert len(door.letters.mails) == 1


def test_who_sends_waits_for_who_cancels(door: Door) -> None:
    """The undo has looked at the clock in time but commits when the message is due already."""
    case_id = make_draft(make_owner(REGION))
    message_id = planned(fresh_address(), application_id=case_id, due_in=timedelta(seconds=10))
    cancelled, may_commit = threading.Event(), threading.Event()

    def cancel() -> int:
        with acting_as(SYSTEM):
            count = notifications.cancel_planned(case_id, region_id=REGION, after=clock.now() - timedelta(minutes=1))
            cancelled.set()
            may_commit.wait(10)
        connections.close_all()
        return count

    def send() -> None:
        deliver.deliver(SYSTEM, message_id=str(message_id))
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        undo = pool.submit(cancel)
        assert cancelled.wait(10)
        clock.move_forward(timedelta(seconds=11))
        sent = pool.submit(send)
        assert not wait([sent], timeout=0.3).done
        may_commit.set()
        sent.result(10)
        assert undo.result(10) == 1
    assert door.letters.mails == []


# --- codes ------------------------------------------------------------------------------------------------------------


def test_a_code_that_has_ended_is_not_sent(door: Door, address: Address) -> None:
    door.letters.is_down = True
    identity = door.somebody()
    with pytest.raises(Unavailable):
        door.knock(identity, address)
    clock.move_forward(timedelta(minutes=6))
    door.letters.is_down = False
    run_waiting_jobs()
    assert door.letters.mails == []


def test_a_late_code_says_how_long_it_still_holds(door: Door, address: Address) -> None:
    door.letters.is_down = True
    with pytest.raises(Unavailable):
        door.knock(door.somebody(), address)
    clock.move_forward(timedelta(minutes=3))
    door.letters.is_down = False
    run_waiting_jobs()
    assert "Berlaku 2 menit" in door.letters.to(address.value)[0]


def test_the_account_whose_address_refuses_a_code_says_so(door: Door, address: Address) -> None:
    identity = door.somebody()
    signed_in = door.come_in(identity, address)
    door.letters.refused.add(address.value)
    door.knock(identity, fresh_address())
    actor = Actor(kind=make_owner(REGION).actor.kind, id=signed_in.account_id, regions=(REGION,))
    with acting_as(actor):
        assert accounts.get_person(signed_in.account_id).is_undeliverable
