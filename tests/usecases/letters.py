"""A mail server and an SMS gateway in the test's own process, and a worker that runs what waits."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from django.db import connection

from adminduk.foundation import jobs
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.notifications.ports import OutgoingMail, OutgoingSms

_CODE = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")


@dataclass
class Letters:
    """What left, in order. `is_down`: nothing is taken over; addresses in `refused` are refused for good."""

    mails: list[OutgoingMail] = field(default_factory=list)
    messages: list[OutgoingSms] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    is_down: bool = False

    def send(self, letter: OutgoingMail | OutgoingSms) -> None:
        """Both ports at once."""
        to = letter.to if isinstance(letter, OutgoingMail) else letter.to_e164
        if self.is_down:
            raise Unavailable("mail: no_connection")
        if to in self.refused:
            raise RefusedByOutside("mail: recipient_550")
        if isinstance(letter, OutgoingMail):
            self.mails.append(letter)
        else:
            self.messages.append(letter)

    def to(self, address: str) -> list[str]:
        """Texts that went to one address, oldest first."""
        bodies = [mail.body for mail in self.mails if mail.to == address]
        return bodies + [message.text for message in self.messages if message.to_e164 == address]

    def code_for(self, address: str) -> str:
        """The newest code that went to an address."""
        found = _CODE.search(self.to(address)[-1])
        assert found, "the message holds no code"
        return found.group()


the_letters = Letters()


def sender() -> Letters:
    """Named in the settings of the tests, for mail and for SMS."""
    return the_letters


def run_waiting_jobs() -> int:
    """Run each job that is due once, as the shared worker would; what raises stays. Returns how many ran."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs"
            " WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())"
            " AND queue_name <> ALL(%s) ORDER BY id",
            [list(jobs.OWN_WORKER)],
        )
        waiting = cursor.fetchall()
    for number, name, args in waiting:
        values = args if isinstance(args, dict) else json.loads(args)
        jobs.registry[name.rpartition(":")[2]].function(jobs.system_actor(values["region"]), **values["ids"])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])
    return len(waiting)
