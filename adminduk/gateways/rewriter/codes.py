"""Reads the QR codes of a page. Runs in the child only."""

from __future__ import annotations

from typing import Final

import zxingcpp
from PIL import Image

MAX_CODES: Final = 4
MAX_CODE_LENGTH: Final = 500


def read(picture: Image.Image) -> tuple[str, ...]:
    """The words of each QR code, without control characters, at most 500 of them."""
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    texts = (plain(code.text, MAX_CODE_LENGTH) for code in found if code.valid)
    return tuple(dict.fromkeys(text for text in texts if text))[:MAX_CODES]


def plain(text: str, most: int) -> str:
    """What can be shown: no control characters, none that turn the direction of writing."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:most].strip()
