"""Printed words made comparable: capital letters only, with the digits that a reader takes for letters turned back."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_AS_LETTERS: Final = str.maketrans("01358|!", "OIESBII")
_AS_DIGITS: Final = str.maketrans("OoQDIlL|!ZzSsB", "00001111122558")
_NO_LETTER: Final = re.compile(r"[^A-Z]+")
_NO_WORD: Final = re.compile(r"[^A-Z0-9]+")


def letters(text: str) -> str:
    """Capital letters without spaces, accents and marks: "Tempat/Tgl Lahir" → TEMPATTGLLAHIR."""
    return _NO_LETTER.sub("", _capitals(text).translate(_AS_LETTERS))


def words(text: str) -> str:
    """Capital letters and digits with single spaces."""
    return _NO_WORD.sub(" ", _capitals(text)).strip()


def without_accents(text: str) -> str:
    """No paper here is printed with any: where one was read it was a speck."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _capitals(text: str) -> str:
    return without_accents(text).upper()


def digits(text: str) -> str:
    """Letters that look like digits become digits: 2O-O8-I99S → 20-08-1995. Only for what must be a number."""
    return text.translate(_AS_DIGITS)
