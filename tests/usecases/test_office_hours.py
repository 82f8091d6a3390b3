"""New hours and new holidays hold from now on: what was promised before stays promised."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications import queries as cases
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Kind
from adminduk.modules.offices import queries as offices
from adminduk.modules.workqueue import queries as queue
from adminduk.usecases import appoint_setup, office_hours, office_setup, outside
from tests.at_once import at_once
from tests.making import Owner, system
from tests.usecases import citizen
from tests.usecases.reviewing import STRICT, staff
from tests.usecases.stand_ins import SEMARANG, Register

pytestmark = pytest.mark.usefixtures("database")
ZONE = ZoneInfo("Asia/Jakarta")


def _sent(owner: Owner) -> UUID:
    return citizen.sent(owner.actor)


def _due(case_id: UUID) -> tuple[datetime, datetime]:
    """As the citizen was told, and as the queue counts."""
    with acting_as(system(STRICT)):
        case, waiting = cases.get_case(case_id), queue.find_waiting(case_id, region_id=STRICT)
    assert case.due_at is not None and waiting is not None
    return case.due_at, waiting.due_at


@pytest.mark.parametrize("how", ["hours", "holiday"])
def test_a_running_deadline_is_not_rewritten(register: Register, how: str) -> None:
    with acting_as(system(STRICT)):
        office_setup.seed_office(outside.catalogue().region(SEMARANG))
    head, before = staff(role="head"), _sent(citizen.somebody(register))
    promised = _due(before)
    day, at = promised[0].astimezone(ZONE).date(), clock.now()
    if how == "hours":
        weekday = office_hours.WEEKDAYS[day.weekday()]
        office_hours.set_hours(head, written={weekday: "08:00-08:30"}, key=str(uuid4()), at=at)
    else:
        office_hours.close_on(head, day=day, reason="CONTOH", key=str(uuid4()), at=at)
    after = _sent(citizen.somebody(register))
    assert _due(before) == promised
    assert _due(after) > promised, "what comes later is promised by the new calendar"


def test_two_who_save_the_same_week_at_once_have_one_of_both_weeks_and_no_error() -> None:
    with acting_as(system(STRICT)):
        office_setup.seed_office(outside.catalogue().region(SEMARANG))
        (site, *_) = offices.list_sites(STRICT)
    heads = [staff(role="head"), staff(role="admin")]

    def save(number: int) -> None:
        who, opens = heads[number], f"0{7 + number}:00"
        week, at = dict.fromkeys(office_hours.WEEKDAYS, f"{opens}-15:00"), clock.now()
        office_hours.set_hours(who, written=week, key=str(uuid4()), at=at)
        places = {day: f"{spans} x2" for day, spans in week.items()}
        appoint_setup.set_capacity(
            who, site.id, kind=Kind.RECORDING, minutes="15", written=places, key=str(uuid4()), at=at
        )
        pauses = dict.fromkeys(office_hours.WEEKDAYS, f"1{number}:00-12:30")
        appoint_setup.set_breaks(who, site.id, written=pauses, key=str(uuid4()), at=at)

    for _ in range(8):
        assert at_once(2, save) == [None, None]
    with acting_as(system(STRICT)):
        openings = offices.list_openings(STRICT)
        (plan,) = book.list_plans(STRICT, site_ids=(site.id,), kind=Kind.RECORDING, since=clock.now().date())
    assert (len(openings), len({one.opens for one in openings})) == (7, 1)
    assert (len(plan.capacity), len({one.opens for one in plan.capacity})) == (7, 1)
    assert (len(plan.breaks), len({one.begins for one in plan.breaks})) == (7, 1)
