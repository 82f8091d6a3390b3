"""What crosses the module's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page of a document, without its picture."""

    id: UUID
    region_id: int
    application_id: UUID
    requirement: str
    kind: str
    position: int
    width: int
    height: int
    size: int
    object_key: str
    preview_key: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewPage:
    """A rewritten and already stored page that is to be added."""

    id: UUID
    object_key: str
    preview_key: str
    width: int
    height: int
    size: int
    content_index: bytes
