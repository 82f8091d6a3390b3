"""Periodic jobs run for every region that has joined, and for those that have left something behind."""

from __future__ import annotations

from uuid import uuid4

import pytest

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.audit import actions as audit
from adminduk.usecases.outside import catalogue
from adminduk.usecases.upkeep_regions import list_regions

pytestmark = pytest.mark.usefixtures("database")


def joined() -> tuple[int, ...]:
    return tuple(region.code.number for region in catalogue().joined_regions)


def test_a_region_without_anything_has_no_work() -> None:
    assert list_regions() == joined()


def test_a_region_that_has_left_still_has_its_work() -> None:
    left = next(region.code.number for region in catalogue().regions if not region.joined)
    system = jobs.system_actor(left)
    with acting_as(system):
        audit.record("case.thin", actor=system, at=clock.now(), region_id=left, about=("application", uuid4()))
    assert list_regions() == (*joined(), left)
    assert jobs._regions() == list_regions()
