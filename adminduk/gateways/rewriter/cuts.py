"""Cuts lines of print out of a stored page, one below the other in one picture. Runs in the child only.

The page is harmless already, but it is decoded, and decoders stay out of the web process.
"""

from __future__ import annotations

from typing import Final

from PIL import Image

from adminduk.catalogue.papers.types import Box
from adminduk.modules.documents.ports import SLOT_HEIGHT, SLOT_WIDTH

_AROUND: Final = 0.2  # of the line's height on each side: a line cut tight is hard to read
_PAPER: Final = (255, 255, 255)
_TURNS: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def cut(page: Image.Image, boxes: tuple[Box, ...], *, turn: int) -> Image.Image:
    """A strip with a slot for each box, in their order; every piece as large as its slot allows, at the left."""
    strip = Image.new("RGB", (SLOT_WIDTH, SLOT_HEIGHT * len(boxes)), _PAPER)
    for number, box in enumerate(boxes):
        piece = _piece(page, box)
        if turn in _TURNS:
            piece = piece.transpose(_TURNS[turn])
        scale = min(SLOT_WIDTH / piece.width, SLOT_HEIGHT / piece.height, 2.0)
        size = max(1, round(piece.width * scale)), max(1, round(piece.height * scale))
        strip.paste(piece.resize(size, Image.Resampling.BICUBIC), (0, number * SLOT_HEIGHT))
    return strip


def _piece(page: Image.Image, box: Box) -> Image.Image:
    if not (0 <= box.left < box.right <= 1.01 and 0 <= box.top < box.bottom <= 1.01):
        return Image.new("RGB", (1, 1), _PAPER)
    left, right = box.left * page.width, box.right * page.width
    top, bottom = box.top * page.height, box.bottom * page.height
    around = max(4.0, _AROUND * min(right - left, bottom - top))
    outer = (
        max(0, round(left - around)),
        max(0, round(top - around)),
        min(page.width, round(right + around)),
        min(page.height, round(bottom + around)),
    )
    return page.crop(outer)
