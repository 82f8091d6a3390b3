"""Writes a JPEG anew: the same pixels give the same bytes, and nothing but pixels goes in. Runs in the child only."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from adminduk.gateways.rewriter.limits import PREVIEW_QUALITY, PREVIEW_SIDE, QUALITY

Pixels = NDArray[Any]  # RGB


def write(picture: Image.Image) -> bytes:
    """The page itself (quality 85, chroma halved both ways)."""
    return _encode(picture, QUALITY)


def write_preview(picture: Image.Image | Pixels) -> bytes:
    """The small picture for lists (longest side ≤ 480 px)."""
    pixels = np.asarray(picture)
    height, width = pixels.shape[:2]
    longest = max(width, height)
    if longest > PREVIEW_SIDE:
        size = max(1, round(width * PREVIEW_SIDE / longest)), max(1, round(height * PREVIEW_SIDE / longest))
        pixels = cv2.resize(_halved(pixels, size), size, interpolation=cv2.INTER_AREA)
    return _encode(Image.fromarray(pixels), PREVIEW_QUALITY)


def _halved(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """As often as it stays larger than `size` (width, height): halving costs a fifth of any other shrinking."""
    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        height, width = (side // 2 for side in pixels.shape[:2])
        pixels = cv2.resize(pixels[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA)
    return pixels


def _encode(picture: Image.Image, quality: int) -> bytes:
    picture.info = {}  # Pillow writes comments, profiles and resolution found here
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling="4:2:0", optimize=False)
    return out.getvalue()
