"""What crosses the module's edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

# Longer than a delivery job tries. Until then "on its way" is true, or nothing is known to the contrary.
GIVEN_UP_AFTER: Final = timedelta(days=5)
GIVEN_UP: Final = "given_up"


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom and how: `address` is an e-mail address or an E.164 number, `channel` "email" or "sms"."""

    owner_id: UUID
    channel: str
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """A message as it lies in the table, opened."""

    id: UUID
    region_id: int
    owner_id: UUID
    application_id: UUID | None
    event: str
    language: str
    channel: str
    address: str
    params: Mapping[str, str]
    status: str
    planned_at: datetime
    due_at: datetime
    sent_at: datetime | None
