"""An old card was handed in: it waits for its destruction, with minutes and another signature."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.kernel.actor import Actor
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications.types import Case
from adminduk.modules.blanks import actions as blanks
from adminduk.modules.blanks.types import Signed
from adminduk.usecases.outside import catalogue


def take_in(case: Case, *, site_id: UUID, actor: Actor, at: datetime) -> None:
    """Within the caller's transaction; a second time changes nothing."""
    zone = ZoneInfo(catalogue().region(RegionCode.from_number(case.region_id)).time_zone)
    signed = Signed(actor_kind=str(actor.kind), actor_id=actor.id, at=at, day=at.astimezone(zone).date())
    blanks.take_in(case.id, region_id=case.region_id, site_id=site_id, signed=signed)
