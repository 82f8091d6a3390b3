"""Anybody reports a broker or a bribe; it reaches the inspectorate, never the office. The number shows how it goes on.

Whoever reports acts as nobody, signed in or not: no account stands beside a report, in no table and in no trail.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from adminduk.foundation.idempotency import once
from adminduk.foundation.limits import Limit, spend_each
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.audit import actions as audit
from adminduk.modules.complaints import actions as complaints
from adminduk.modules.complaints import queries
from adminduk.modules.complaints.types import ReportNumber, ReportState, Told
from adminduk.usecases.outside import catalogue

LONGEST = {"what": 2000, "place": 200, "when": 100, "contact": 200}
# Many people share one address of a mobile network; a flood from everywhere stops at what inspectors can read.
OF_CLIENT = Limit("report_client", 20, timedelta(hours=1))
OF_REGION = Limit("report_region", 500, timedelta(hours=1))
LOOKS_OF_CLIENT = Limit("report_look", 60, timedelta(hours=1))


def report(told: Told, *, region: RegionCode, client: str, key: str, at: datetime) -> str:
    """Hand it to the inspectorate of the region; returns the number, the same for the same key.

    Raises NotFound (the region has not joined); DomainError: report_incomplete with problems, too_often.
    """
    if not catalogue().region(region).joined:
        raise NotFound("region")
    _refuse_incomplete(told)
    spend_each((OF_CLIENT, client), (OF_REGION, region.text))
    nobody = Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region.number,))

    def act() -> str:
        number = ReportNumber.new()
        report_id = complaints.keep(told, number=number, region_id=region.number, at=at)
        audit.record("report.send", actor=nobody, at=at, region_id=region.number, about=("report", report_id))
        return number.text

    return once(nobody, key, act)


def _refuse_incomplete(told: Told) -> None:
    problems = []
    for field, most in LONGEST.items():
        said = getattr(told, field)
        if not said and field != "contact":
            problems.append(Problem("answer_needed", field))
        if len(said) > most:
            problems.append(Problem("answer_too_long", field, {"count": len(said), "limit": most}))
    if problems:
        raise DomainError("report_incomplete", problems=tuple(problems))


def own_address(actor: Actor) -> str:
    """Where a citizen who has signed in can be reached, for the form to offer; "" for everybody else."""
    if actor.kind is not ActorKind.CITIZEN:
        return ""
    with acting_as(actor):
        return accounts.get_person(actor.id).address.value


def look(number: str, *, client: str) -> ReportState:
    """Where the report with this number is. Raises NotFound; DomainError: report_number, too_often."""
    wanted = ReportNumber.parse(number)
    spend_each((LOOKS_OF_CLIENT, client))
    with acting_as(Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=())):
        found = queries.find_state(wanted)
    if found is None:
        raise NotFound("report")
    return found
