"""What crosses the module's edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from adminduk.kernel.names import masked
from adminduk.modules.applications.states import State


@dataclass(frozen=True, slots=True)
class Case:
    """An application, opened. `subject` is {nik, no_kk, name, birth_date}; see models.Application for the rest."""

    id: UUID
    region_id: int
    owner_id: UUID
    number: str
    service_id: str
    release_id: str
    state: State
    is_matched: bool
    needs_consent: bool
    subject_index: bytes
    kk_index: bytes
    subject: Mapping[str, str]
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    round: int
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    remaining_minutes: int | None
    decided_at: datetime | None
    decided_by: UUID | None
    settles_at: datetime | None
    ends_at: datetime | None
    reason: str

    @property
    def name_for_owner(self) -> str:
        """Whom it is about, as its owner may read it: masked until another adult has agreed."""
        name = str(self.subject.get("name", ""))
        return masked(name) if self.needs_consent else name

    def facts_on(self, today: date) -> dict[str, Any]:
        """The facts with the local day on which they are looked at: ages and limits of dates go by it."""
        return {**self.facts, "today": today.isoformat()}


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of an application."""

    at: datetime
    act: str
    state: State
    actor_kind: str
    actor_id: UUID
    reason: str
    words: str
    is_internal: bool


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    """One item to mend. `kind` is "question" or "document"."""

    kind: str
    item: str
    reason: str
    words: str
    answered_at: datetime | None
