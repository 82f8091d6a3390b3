"""Waiting for a birthday: a card may be recorded from 16 and is printed on the 17th birthday or after it.

Parameters: `years`, the age that is waited for. Nobody works on it; a job goes on when the day has come.
"""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from adminduk.catalogue.schema import FulfilmentStep
from adminduk.kernel.birth_date import BirthDate
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance import actions as issuance
from adminduk.modules.issuance.types import ProductView
from adminduk.usecases.apply import region_of


class _Age:
    def enter(self, case: Case, product: ProductView, step: FulfilmentStep, *, at: datetime) -> bool:
        zone = ZoneInfo(region_of(case).time_zone)
        born = BirthDate.parse(case.subject["birth_date"], today=at.astimezone(zone).date())
        opens = datetime.combine(born.birthday(int(step.parameters["years"])), time.min, tzinfo=zone)
        if opens <= at:
            return False
        issuance.wait_until(product.id, region_id=product.region_id, wakes_at=opens)
        return True

    def leave(self, case: Case, product: ProductView, *, at: datetime) -> None:
        return None


STEP = _Age()
