"""Reads the QR codes of a page. Runs in the child only."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from adminduk.gateways.rewriter.limits import MAX_CODE_LENGTH, MAX_CODES

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def read(picture: Image.Image | NDArray[Any]) -> tuple[str, ...]:
    """The words of each QR code of an RGB picture, without control characters, at most 500 of them."""
    # A QR code is found by its corners whichever way it lies, and papers print it dark on light.
    gray = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2GRAY)
    found = zxingcpp.read_barcodes(gray, formats=_QR, try_rotate=False, try_invert=False)
    texts = (plain(code.text, MAX_CODE_LENGTH) for code in found if code.valid)
    return tuple(dict.fromkeys(text for text in texts if text))[:MAX_CODES]


def plain(text: str, most: int) -> str:
    """What can be shown: no control characters, none that turn the direction of writing."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:most].strip()
