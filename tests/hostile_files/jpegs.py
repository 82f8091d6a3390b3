"""Hostile JPEG files."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import partial

from PIL import Image

from tests.hostile_files.recipe import CANARY, CLEAN, PHP, SCRIPT, Recipe, noise

UNREADABLE = ("file_unreadable",)


def picture(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """A picture with structure in it, the same every time."""
    tile = Image.frombytes("RGB", (32, 24), noise(32 * 24 * 3))
    return tile.resize((width, height), Image.Resampling.BICUBIC).convert(mode)


def jpeg(*, width: int = 320, height: int = 240, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    picture(width, height, mode).save(out, "JPEG", **options)
    return out.getvalue()


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def with_segments(*segments: bytes, base: bytes | None = None) -> bytes:
    """Put segments right behind the start of the picture."""
    base = base or jpeg()
    return base[:2] + b"".join(segments) + base[2:]


def exif(*entries: tuple[int, int, int, bytes], order: str = "<", tail: bytes = b"", next_ifd: int = 0) -> bytes:
    """An EXIF block of one directory: entries are (tag, type, count, four bytes of value)."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    body = struct.pack(order + "H", len(entries))
    for tag, form, count, value in entries:
        body += struct.pack(order + "HHI", tag, form, count) + value
    return b"Exif\0\0" + head + body + struct.pack(order + "I", next_ifd) + tail


def orientation(value: int, *, order: str = "<") -> bytes:
    return exif((0x0112, 3, 1, struct.pack(order + "HH", value, 0)), order=order)


def zip_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/" + CANARY.decode(), SCRIPT)
    return out.getvalue()


def _gps() -> bytes:
    saved = Image.Exif()
    saved[0x010E] = SCRIPT.decode()  # description
    saved[0x9286] = CANARY  # user comment
    saved.get_ifd(0x8825).update({1: "S", 2: (6.0, 58.0, 12.34), 3: "E", 4: (110.0, 25.0, 1.5)})
    return jpeg(exif=saved)


def _two_pictures() -> bytes:
    out = io.BytesIO()
    picture().save(out, "MPO", save_all=True, append_images=[picture(64, 64)])
    return out.getvalue()


def _patched_size(width: int, height: int) -> bytes:
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _other_frame(marker: int) -> bytes:
    return jpeg().replace(b"\xff\xc0", bytes([0xFF, marker]), 1)


def _scans_without_end() -> bytes:
    """Progressive, 48 Mpx, and thousands of scans that each walk over the whole picture and change nothing."""
    huffman = segment(0xC4, b"\x10\x01" + bytes(15) + b"\0")
    frame = segment(0xC2, struct.pack(">BHHB", 8, 6000, 8000, 1) + b"\x01\x11\x00")
    quantisation = segment(0xDB, b"\0" + bytes([1] * 64))
    first = segment(0xDA, b"\x01\x01\x10\x01\x3f\x00") + bytes(10)
    return b"\xff\xd8" + quantisation + frame + huffman + first * 400_000 + b"\xff\xd9"


def _cut(share: float) -> bytes:
    whole = jpeg()
    return whole[: int(len(whole) * share)]


_EXIF_LOOP = exif((0x8769, 4, 1, struct.pack("<I", 8)), next_ifd=8)
_EXIF_FAR = exif((0x010E, 2, 0xFFFFFFFF, struct.pack("<I", 0xFFFFFFF0)))
_THUMBNAIL = exif(
    (0x0201, 4, 1, struct.pack("<I", 40)),
    (0x0202, 4, 1, struct.pack("<I", len(SCRIPT))),
    tail=b"\xff\xd8" + SCRIPT,
)

RECIPES = [
    Recipe("jpeg-exif-gps-and-script", _gps, (CLEAN,)),
    Recipe("jpeg-exif-directory-loop", lambda: with_segments(segment(0xE1, _EXIF_LOOP)), (CLEAN,)),
    Recipe("jpeg-exif-offset-far-away", lambda: with_segments(segment(0xE1, _EXIF_FAR)), (CLEAN,)),
    Recipe("jpeg-exif-of-noise", lambda: with_segments(segment(0xE1, b"Exif\0\0" + noise(9000))), (CLEAN,)),
    Recipe("jpeg-exif-cut-off", lambda: with_segments(segment(0xE1, b"Exif\0\0II*\0\x08\0")), (CLEAN,)),
    Recipe("jpeg-exif-thumbnail-script", lambda: with_segments(segment(0xE1, _THUMBNAIL)), (CLEAN,)),
    Recipe("jpeg-comment-script", lambda: with_segments(segment(0xFE, SCRIPT), segment(0xFE, PHP)), (CLEAN,)),
    Recipe("jpeg-hundred-comments", lambda: with_segments(*[segment(0xFE, SCRIPT * 900)] * 100), (CLEAN,)),
    Recipe("jpeg-xmp-html", lambda: with_segments(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SCRIPT)), (CLEAN,)),
    Recipe(
        "jpeg-profile-of-noise", lambda: with_segments(segment(0xE2, b"ICC_PROFILE\0\x01\x01" + noise(60000))), (CLEAN,)
    ),
    Recipe(
        "jpeg-profile-parts-missing", lambda: with_segments(segment(0xE2, b"ICC_PROFILE\0\x07\xff" + CANARY)), (CLEAN,)
    ),
    Recipe("jpeg-mpf-of-noise", lambda: with_segments(segment(0xE2, b"MPF\0" + noise(400))), (CLEAN,)),
    Recipe(
        "jpeg-photoshop-noise", lambda: with_segments(segment(0xED, b"Photoshop 3.0\x008BIM" + noise(300))), (CLEAN,)
    ),
    Recipe("jpeg-then-html", lambda: jpeg() + b"<html>" + SCRIPT, (CLEAN,)),
    Recipe("jpeg-then-zip", lambda: jpeg() + zip_file(), (CLEAN,)),
    Recipe("jpeg-then-pdf", lambda: jpeg() + b"%PDF-1.4\n" + CANARY, (CLEAN,)),
    Recipe("jpeg-two-pictures", _two_pictures, (CLEAN,)),
    Recipe("jpeg-cmyk", lambda: jpeg(mode="CMYK"), (CLEAN,)),
    Recipe("jpeg-grey", lambda: jpeg(mode="L"), (CLEAN,)),
    Recipe("jpeg-progressive", lambda: jpeg(progressive=True), (CLEAN,)),
    Recipe("jpeg-one-pixel", lambda: jpeg(width=1, height=1), (CLEAN,)),
    Recipe("jpeg-strip-65500-wide", lambda: jpeg(width=65500, height=1), (CLEAN,)),
    Recipe("jpeg-strip-65500-high", lambda: jpeg(width=1, height=65500), (CLEAN,)),
    Recipe("jpeg-claims-65535-square", lambda: _patched_size(65535, 65535), ("file_too_many_pixels",)),
    Recipe("jpeg-claims-8000-square", lambda: _patched_size(8000, 8000), (CLEAN,)),
    Recipe("jpeg-claims-no-width", lambda: _patched_size(0, 240), UNREADABLE),
    Recipe("jpeg-claims-no-height", lambda: _patched_size(320, 0), UNREADABLE),
    Recipe("jpeg-lossless-frame", lambda: _other_frame(0xC3), UNREADABLE),
    Recipe("jpeg-arithmetic-frame", lambda: _other_frame(0xC9), (CLEAN, *UNREADABLE)),
    Recipe("jpeg-scans-without-end", _scans_without_end, UNREADABLE),
    Recipe("jpeg-start-then-noise", lambda: b"\xff\xd8\xff\xe0" + noise(50_000), UNREADABLE),
    Recipe("jpeg-three-bytes", lambda: b"\xff\xd8\xff", UNREADABLE),
    Recipe("jpeg-markers-only", lambda: b"\xff\xd8" + b"\xff" * 2_000_000, UNREADABLE),
    Recipe("jpeg-segment-length-zero", lambda: with_segments(b"\xff\xe1\0\0"), (CLEAN, *UNREADABLE)),
    *(Recipe(f"jpeg-cut-at-{share}", partial(_cut, share / 100), UNREADABLE) for share in (1, 10, 40, 70, 95)),
]
