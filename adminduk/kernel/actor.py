"""Who acts: handed down from the channel to use cases, row-level security and audit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

NOBODY = UUID(int=0)


class ActorKind(StrEnum):
    ANONYMOUS = "anonymous"
    CITIZEN = "citizen"
    OFFICER = "officer"
    HEAD = "head"
    ADMIN = "admin"
    OPERATOR = "operator"  # counter, recording, printing, hand-over
    INSPECTOR = "inspector"  # of the inspectorate: reports of brokers and levies, no application
    SYSTEM = "system"


STAFF = (ActorKind.OFFICER, ActorKind.HEAD, ActorKind.ADMIN, ActorKind.OPERATOR, ActorKind.INSPECTOR)


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person or process and the regions it may touch.

    `regions` are kabupaten/kota numbers (33.74 is 3374). A citizen's rows are found by owner *and* region; a
    citizen's regions are those in which he has or begins an application. SYSTEM acts for one region at a time.
    """

    kind: ActorKind
    id: UUID
    regions: tuple[int, ...]

    @property
    def is_staff(self) -> bool:
        """Whether it is somebody of the office, or of the inspectorate beside it, who signs in at the workbench."""
        return self.kind in STAFF
