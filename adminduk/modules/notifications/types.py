"""What crosses the module's edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


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
