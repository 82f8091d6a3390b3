"""One-time codes by time (RFC 6238, SHA-1, six digits, thirty seconds), as every authenticator app makes them."""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from datetime import datetime
from typing import Final
from urllib.parse import quote

STEP_SECONDS: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20
_DRIFT: Final = (-1, 0, 1)  # a phone's clock may be half a minute off


def new_secret() -> bytes:
    """A fresh shared secret of 160 bits."""
    return secrets.token_bytes(SECRET_BYTES)


def manual_key(secret: bytes) -> str:
    """The secret as people type it into an app: base32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def enrolment_uri(secret: bytes, *, account: str, issuer: str) -> str:
    """What the QR code carries: an address that begins with otpauth://totp/."""
    key = manual_key(secret).replace(" ", "")
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={key}&issuer={quote(issuer)}"


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of one time step."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def step_of(moment: datetime) -> int:
    """The time step of a moment of real time."""
    return int(moment.timestamp()) // STEP_SECONDS


def matching_step(secret: bytes, code: str, *, moment: datetime) -> int | None:
    """The step whose code this is, within one step of `moment` (real time); None for a wrong code.

    All steps are compared, so that the time taken tells nothing. Whoever accepts the code spends the step.
    """
    typed = "".join(code.split()).encode()
    now, found = step_of(moment), None
    for drift in _DRIFT:
        if hmac.compare_digest(code_at(secret, now + drift).encode(), typed):
            found = now + drift
    return found
