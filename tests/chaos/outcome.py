"""What must hold after any accident: everything that was acknowledged is there, once, and everybody was told, once."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from typing import Any

import psycopg

from tests.chaos.senders import Sender
from tests.processes import SandboxProcess

WITHIN = 240.0
_ONCE = """
SELECT a.state,
    (SELECT count(*) FROM applications_event e WHERE e.application_id = a.id AND e.act = 'submit'),
    (SELECT count(*) FROM applications_claim c WHERE c.application_id = a.id),
    (SELECT count(*) FROM workqueue_item i WHERE i.application_id = a.id),
    (SELECT count(*) FROM notifications_message m WHERE m.application_id = a.id AND m.event = 'application_received'),
    (SELECT count(*) FROM audit_entry t WHERE t.object_id = a.id AND t.act = 'case.send')
FROM applications_application a WHERE a.id = %s
"""


def assert_each_is_there_once(above: psycopg.Connection[Any], senders: list[Sender]) -> None:
    """One application sent, one event, claim, place in the queue, planned message and audit entry for each."""
    for sender in senders:
        assert above.execute(_ONCE, [sender.case_id]).fetchone() == ("submitted", 1, 1, 1, 1, 1)


def wait_until_all_are_told(mail: SandboxProcess, senders: list[Sender]) -> Counter[str]:
    """Wait until everybody's message has arrived; returns how often each Message-ID did, by address."""
    deadline = time.monotonic() + WITHIN
    while lost := {sender.email for sender in senders} - _arrived(mail).keys():
        assert time.monotonic() < deadline, f"{len(lost)} messages are lost"
        time.sleep(0.5)  # the mailbox tells nobody that something came
    return count_arrivals(mail, senders)


def count_arrivals(mail: SandboxProcess, senders: list[Sender]) -> Counter[str]:
    """Arrivals by address; every repeat must carry the same Message-ID."""
    arrived = _arrived(mail)
    assert all(len(set(arrived[sender.email])) == 1 for sender in senders), "two messages where there is one"
    return Counter({sender.email: len(arrived[sender.email]) for sender in senders})


def _arrived(mail: SandboxProcess) -> dict[str, list[str]]:
    """Message-IDs by address."""
    arrived: dict[str, list[str]] = defaultdict(list)
    for message in mail.get("/messages?count=10000"):
        arrived[message["to"]].append(message["message_id"])
    return arrived


def wait_until_no_message_waits(above: psycopg.Connection[Any]) -> None:
    """Everything planned has been sent and marked, also what a killed worker had in its hands."""
    deadline = time.monotonic() + WITHIN
    left = "SELECT count(*) FROM notifications_message WHERE status = 'planned'"
    while above.execute(left).fetchone() != (0,):
        assert time.monotonic() < deadline, "messages wait for ever"
        time.sleep(0.2)  # the worker does it
