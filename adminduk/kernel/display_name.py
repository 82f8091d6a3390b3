"""The name a person's file had, made safe to show. It names nothing in our storage and decides nothing."""

from __future__ import annotations

import unicodedata
from typing import Final

MAX_LENGTH: Final = 80
_FALLBACK: Final = "berkas"
_SEPARATORS: Final = str.maketrans({"\\": "/", "\u2044": "/", "\u2215": "/", "\uff0f": "/", "\uff3c": "/"})
_NOT_SHOWN: Final = frozenset('<>:"|?*&;`$/')  # active in HTML, shells and Windows names


def clean_display_name(name: str) -> str:
    """Return the last part of `name` without control, direction or invisible characters, ≤ 80 characters.

    The ending stays when the middle has to go. What is left empty becomes "berkas". Never use it as a path.
    """
    last = unicodedata.normalize("NFC", name).translate(_SEPARATORS).rsplit("/", 1)[-1]
    shown = "".join(
        " " if unicodedata.category(char) in ("Zs", "Zl", "Zp") or char in "\t\r\n" else char
        for char in last
        if char in "\t\r\n" or (unicodedata.category(char)[0] != "C" and char not in _NOT_SHOWN)
    )
    shown = " ".join(shown.split()).strip(" .-")
    if len(shown) > MAX_LENGTH:
        stem, dot, ending = shown.rpartition(".")
        ending = dot + ending if dot and len(ending) <= 5 else ""
        shown = (stem if ending else shown)[: MAX_LENGTH - len(ending) - 1] + "…" + ending
    return shown or _FALLBACK
