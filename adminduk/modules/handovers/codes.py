"""The six digits that open a card at the counter: they follow from the card and lie nowhere."""

from __future__ import annotations

from uuid import UUID

from adminduk.foundation import crypto


def code_of(product_id: UUID, *, generation: int) -> str:
    """The digits of a card: keyed, kept in no table, and others after a new code."""
    drawn = crypto.blind_index(f"{product_id}|{generation}", purpose="pickup code")
    return f"{int.from_bytes(drawn[:8]) % 1_000_000:06d}"
