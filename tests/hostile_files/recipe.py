"""One hostile file: how to make it, and the only outcomes that are right."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

# Put into every place where a file may carry words. Not a byte of it may come out.
CANARY = b"RAHASIA-3374019999-CANARY"
SCRIPT = b"<script>alert('" + CANARY + b"')</script>"
PHP = b"<?php system($_GET['" + CANARY + b"']); ?>"

CLEAN = "clean"  # accepted, and nothing but pixels comes out


@dataclass(frozen=True, slots=True)
class Recipe:
    """`outcomes`: CLEAN or codes of refusal. More than one only where the decoder's version decides."""

    name: str
    make: Callable[[], bytes]
    outcomes: tuple[str, ...]


def noise(size: int, *, seed: int = 7) -> bytes:
    """The same bytes for the same seed."""
    return random.Random(seed).randbytes(size)
