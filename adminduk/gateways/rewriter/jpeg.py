"""Writes a JPEG anew: the same pixels give the same bytes, and nothing but pixels goes in. Runs in the child only."""

from __future__ import annotations

import io

from PIL import Image

from adminduk.gateways.rewriter.limits import PREVIEW_QUALITY, PREVIEW_SIDE, QUALITY


def write(picture: Image.Image) -> bytes:
    """The page itself (quality 85, chroma halved both ways)."""
    return _encode(picture, QUALITY)


def write_preview(picture: Image.Image) -> bytes:
    """The small picture for lists (longest side ≤ 480 px)."""
    longest = max(picture.size)
    if longest > PREVIEW_SIDE:
        size = (
            max(1, round(picture.width * PREVIEW_SIDE / longest)),
            max(1, round(picture.height * PREVIEW_SIDE / longest)),
        )
        picture = picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)
    return _encode(picture, PREVIEW_QUALITY)


def _encode(picture: Image.Image, quality: int) -> bytes:
    picture.info = {}  # Pillow writes comments, profiles and resolution found here
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling="4:2:0", optimize=False)
    return out.getvalue()
