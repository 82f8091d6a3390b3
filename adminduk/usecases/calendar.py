"""Working time of an office: its own rows where it has set any, else what its region's file says."""

from __future__ import annotations

from collections import defaultdict

from adminduk.catalogue.region_schema import Region
from adminduk.catalogue.working_time import Span, WorkingCalendar
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.offices import queries as offices
from adminduk.usecases.outside import catalogue


def calendar_of(region: Region) -> WorkingCalendar:
    """The calendar that deadlines are counted by, inside a transaction of somebody who acts in the region.

    Closures of the office come on top of its file's holidays, except on days that it has lifted. A deadline that runs
    is not counted again.
    """
    number = region.code.number
    openings = offices.list_openings(number)
    if not openings:
        return region.calendar
    hours: dict[int, list[Span]] = defaultdict(list)
    for opening in openings:
        hours[opening.weekday].append((opening.opens, opening.closes))
    closed = region.days_off((closure.day, closure.is_lifted) for closure in offices.list_closures(number))
    return WorkingCalendar(hours=hours, time_zone=region.time_zone, holidays=closed)


def calendar_for(actor: Actor) -> WorkingCalendar:
    """The calendar of the one region of an office's person, read in a transaction of its own."""
    (region_id,) = actor.regions
    with acting_as(actor):
        return calendar_of(catalogue().region(RegionCode.from_number(region_id)))
