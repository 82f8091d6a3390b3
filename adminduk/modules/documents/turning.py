"""Turn a page without decoding it here: the JPEG says how it is to be stood up, and the rewriter does it."""

from __future__ import annotations

import struct

_START = b"\xff\xd8"
_ORIENTATION = {90: 6, 180: 3, 270: 8}  # EXIF's word for "turn it so many degrees clockwise"


def marked_as_turned(jpeg: bytes, *, degrees: int) -> bytes:
    """The same JPEG, with the word that it has to be turned clockwise by 90, 180 or 270 degrees.

    For pages that the rewriter has written: they carry no such word of their own.
    """
    assert jpeg.startswith(_START), "a page is a JPEG"
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, _ORIENTATION[degrees], 0)
    tiff = b"MM\x00*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    segment = b"Exif\x00\x00" + tiff
    return _START + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]
