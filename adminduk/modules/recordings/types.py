"""What crosses the module's edge."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from adminduk.modules.recordings.states import Result, State

LONGEST_STATUS: Final = 60
SILENT: Final = "silent"  # on the officers' list: who was invited and reminded has not answered
TYPED, FILE, CENTRE, REGISTER = "typed", "file", "centre", "register"  # where a status came from


def cleaned_status(text: str) -> str:
    """A status as one line without invisible characters; its list is not closed, so that nothing else is judged."""
    visible = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return " ".join(visible.split())[:LONGEST_STATUS].rstrip()


@dataclass(frozen=True, slots=True)
class Recording:
    """What a product's recording stands at. `attention`: why it lies on an officer's list, or empty.

    `reminders`: how often its person was reminded to choose a time; `remind_at`: when that is looked at again.
    """

    product_id: UUID
    region_id: int
    application_id: UUID
    owner_id: UUID
    step_id: str
    state: State
    raw: str
    source: str
    attention: str
    attempts: int
    reference: str
    entered_at: datetime
    changed_at: datetime
    captured_at: datetime | None
    heard_at: datetime | None
    ask_at: datetime | None
    asks: int
    reminders: int
    remind_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One time before the camera. `reference` is what the centre knows it by; `result` is None while it goes on."""

    id: UUID
    region_id: int
    product_id: UUID
    owner_id: UUID
    number: int
    reference: str
    operator_id: UUID
    site_id: UUID | None
    visit_id: UUID | None
    exceptions: tuple[str, ...]
    began_at: datetime
    ended_at: datetime | None
    result: Result | None
    photographs: int
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class StatusHeard:
    """One word of the national system."""

    at: datetime
    raw: str
    source: str
    reference: str
    said_on: date | None
