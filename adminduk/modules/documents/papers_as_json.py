"""How verdicts, measures and readings stand in columns: JSON texts, and the reading sealed for its row."""

from __future__ import annotations

from uuid import UUID

import msgspec

from adminduk.catalogue.papers.types import Measures, Verdict
from adminduk.foundation import crypto
from adminduk.modules.documents.types import Reading


def as_text(value: Verdict | Measures | None) -> str | None:
    """JSON of a verdict or of measures; None stays None."""
    return None if value is None else msgspec.json.encode(value).decode()


def verdict_of(text: str | None) -> Verdict | None:
    """The verdict of `as_text`."""
    return None if text is None else msgspec.json.decode(text, type=Verdict)


def measures_of(text: str | None) -> Measures | None:
    """The measures of `as_text`."""
    return None if text is None else msgspec.json.decode(text, type=Measures)


def seal(reading: Reading, *, page_id: UUID, region_id: int) -> bytes:
    """Encrypt a reading whole for the row of its page."""
    return crypto.encrypt(msgspec.json.encode(reading), context=_context_of(page_id, region_id))


def unseal(sealed: bytes | memoryview, *, page_id: UUID, region_id: int) -> Reading:
    """Open a reading. Raises InvalidTag if it was changed or moved to another row."""
    return msgspec.json.decode(crypto.decrypt(sealed, context=_context_of(page_id, region_id)), type=Reading)


def _context_of(page_id: UUID, region_id: int) -> str:
    return f"documents_reading|sealed|{page_id}|{region_id}"
