"""`adminduk demo_cases`: applications that wait for the demo's officers from the beginning; demo and test only."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from adminduk.channels.demo_web import stand_ins
from adminduk.kernel.errors import NotFound, Unavailable
from adminduk.usecases import demo_cases

_PATIENCE = 10  # who tries the portal meanwhile comes first


class Command(BaseCommand):
    help = "Apply as some of the demo's invented people. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(_PATIENCE)
        people = {person.key: person for person in stand_ins.story_people()}
        for case in demo_cases.DEMO_CASES:
            person = people[case.key]
            try:
                is_sent = demo_cases.send(
                    case,
                    region=person.place,
                    identity=person.identity,
                    address=person.own_address,
                    paper=lambda kind, of=person: stand_ins.paper_of_kind(of, kind),  # type: ignore[misc]
                )
                state = "sent" if is_sent else "was sent before"
            except NotFound:
                raise CommandError("demo cases exist in demo and test mode only") from None
            except Unavailable:
                state = "not sent, since a stand-in did not answer; the next start of the demo tries again"
            self.stdout.write(f"{person.region} {case.service_id} of {person.name}: {state}")
            self.stdout.flush()
