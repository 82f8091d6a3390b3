"""Decodes one photograph to RGB. Runs in the child only.

Decoders raise whatever they like on hostile bytes. Nothing is caught here: what escapes ends the child, and the
web process answers file_unreadable.
"""

from __future__ import annotations

import io
import struct
import warnings
from typing import TYPE_CHECKING

import pi_heif
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from adminduk.gateways.rewriter.limits import MAX_MEGAPIXELS, MAX_PIXELS, PICTURE_SIDE
from adminduk.kernel.errors import DomainError

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # a second net below ours, for what a decoder opens by itself
warnings.simplefilter("error", Image.DecompressionBombWarning)
pi_heif.options.DECODE_THREADS = 0  # the decoder starts one by itself; more would only spend memory
pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False

_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def decode(data: bytes, kind: str) -> Image.Image:
    """Return the picture upright, RGB, longest side ≤ 2400 px. Raises DomainError file_too_many_pixels, file_type."""
    stream = io.BytesIO(data)
    if kind == "heic":
        return _flatten(_shrink(_open_heic(stream)))  # libheif has turned it already
    source: ImageFile
    if kind == "jpeg":
        source = JpegImagePlugin.JpegImageFile(
            stream
        )  # not Image.open: it would hand a JPEG with MPF to another plugin
    elif kind == "png":
        source = PngImagePlugin.PngImageFile(stream)
    else:
        source = WebPImagePlugin.WebPImageFile(stream)
    _check_pixels(source.size)
    if getattr(source, "is_animated", False):
        raise DomainError("file_type")  # a film is no document, and which frame counts nobody can say
    turn = _TURNS.get(orientation(source.info.get("exif", b"")))
    if kind == "jpeg":
        source.draft("RGB", _fitting(source.size))
    picture = _flatten(_shrink(source))
    return picture if turn is None else picture.transpose(turn)


def orientation(exif: object) -> int:
    """Orientation 1‥8 from an EXIF block (TIFF 6.0, tag 274), 1 if there is none or it is damaged."""
    if not isinstance(exif, bytes):
        return 1
    block = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(order + "I", block, 4)
        (entries,) = struct.unpack_from(order + "H", block, start)
        for at in range(start + 2, start + 2 + 12 * min(entries, 200), 12):
            tag, form, _, value = struct.unpack_from(order + "HHIH", block, at)
            if tag == _ORIENTATION_TAG and form == 3:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _open_heic(stream: io.BytesIO) -> Image.Image:
    container = pi_heif.HeifFile(stream)
    primary = container[container.primary_index]
    _check_pixels(primary.size)
    return Image.frombuffer(primary.mode, primary.size, primary.data, "raw", primary.mode, primary.stride)


def _check_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise DomainError("file_too_many_pixels", max_megapixels=MAX_MEGAPIXELS)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size after shrinking to the longest side, at least one pixel each way."""
    longest = max(size)
    if longest <= PICTURE_SIDE:
        return size
    return (
        max(1, round(size[0] * PICTURE_SIDE / longest)),
        max(1, round(size[1] * PICTURE_SIDE / longest)),
    )


def _shrink(picture: Image.Image) -> Image.Image:
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode == "I;16":  # 16 bits of grey: `convert` alone would make everything above 255 white
        picture = picture.point(lambda value: value / 257).convert("L")
    target = _fitting(picture.size)
    if target == picture.size:
        return picture
    return picture.resize(target, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _flatten(picture: Image.Image) -> Image.Image:
    """RGB on white paper: what is transparent would else become black."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        paper.alpha_composite(layer)
        return paper.convert("RGB")
    if picture.mode == "RGB":
        picture.load()
        # Without its file, but no copy: that would cost as much as decoding did.
        return picture._new(picture.im)  # noqa: SLF001
    return picture.convert("RGB")
