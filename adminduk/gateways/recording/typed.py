"""An operator reads the status in the national application and types it: what offices do today."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.kernel.errors import DomainError
from adminduk.modules.recordings.ports import Heard, Listing, Order
from adminduk.modules.recordings.types import cleaned_status


class TypedStatuses:
    """`RecordingStatuses` out of a line of text."""

    def report(self, order: Order) -> None:
        """Nothing to tell: the recording was made in the national application itself."""

    def hear(self, references: Sequence[str], given: bytes = b"") -> Listing:
        """The same status for all `references`. Raises DomainError("status_missing")."""
        raw = cleaned_status(given.decode("utf-8", errors="replace"))
        if not raw:
            raise DomainError("status_missing")
        return Listing(tuple(Heard(raw, reference=reference) for reference in references))
