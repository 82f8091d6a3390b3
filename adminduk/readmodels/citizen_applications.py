"""The list of a citizen's own applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.region_schema import Region
from adminduk.catalogue.release import Release
from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.releases import queries as releases
from adminduk.readmodels.citizen_status import shown_state


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list."""

    id: UUID
    number: str
    release: Release
    region: Region
    state: State
    subject_name: str
    changed_at: datetime
    due_at: datetime | None
    ends_at: datetime | None

    @property
    def waits_for_match(self) -> bool:
        """Sent, but the register has not confirmed the person yet."""
        return self.state is State.SUBMITTED and self.due_at is None


def list_own(actor: Actor, *, catalogue: Catalogue) -> tuple[Listed, ...]:
    """Newest first, at most fifty. What was withdrawn before it was sent is not shown."""
    now = clock.now()
    with acting_as(actor):
        own = cases.list_of_owner(actor.id, regions=actor.regions)
        shown = [case for case in own if case.state is not State.WITHDRAWN or case.submitted_at]
        return tuple(_listed(case, catalogue, now) for case in shown)


def _listed(case: Case, catalogue: Catalogue, now: datetime) -> Listed:
    return Listed(
        id=case.id,
        number=case.number,
        release=releases.get_release(case.release_id),
        region=catalogue.region(RegionCode.from_number(case.region_id)),
        state=shown_state(case, now),
        subject_name=case.name_for_owner,
        changed_at=case.changed_at,
        due_at=case.due_at,
        ends_at=case.ends_at,
    )
