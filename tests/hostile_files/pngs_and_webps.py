"""Hostile PNG and WebP files."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache, partial

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.hostile_files.jpegs import UNREADABLE, orientation, picture, zip_file
from tests.hostile_files.recipe import CANARY, CLEAN, PHP, SCRIPT, Recipe, noise

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MANY = ("file_too_many_pixels",)
FILM = ("file_type",)


def chunk(kind: bytes, payload: bytes, *, length: int | None = None) -> bytes:
    size = len(payload) if length is None else length
    return struct.pack(">I", size) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def header(width: int, height: int, *, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def raw_png(head: bytes, data: bytes, *between: bytes) -> bytes:
    return SIGNATURE + head + b"".join(between) + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


@lru_cache(maxsize=8)  # the gigabyte is used by several recipes
def zeros(size: int) -> bytes:
    """`size` bytes of nothing, deflated, without ever holding them."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    parts = [packer.compress(block) for _ in range(size >> 20)]
    return b"".join([*parts, packer.compress(bytes(size & ((1 << 20) - 1))), packer.flush()])


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _behind_header(*chunks: bytes) -> bytes:
    whole = saved(picture(), "PNG")
    return whole[:33] + b"".join(chunks) + whole[33:]


def _largest_allowed() -> bytes:
    """64 Mpx with transparency: the costliest picture that may pass."""
    rows = zeros(8192 * (8192 * 4 + 1))
    return SIGNATURE + header(8192, 8192, colour=6) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _more_data_than_picture() -> bytes:
    return SIGNATURE + header(8, 8) + chunk(b"IDAT", zeros(1 << 30)) + chunk(b"IEND", b"")


def _words() -> bytes:
    info = PngInfo()
    info.add_text("Comment", PHP.decode())
    info.add_text("XML:com.adobe.xmp", SCRIPT.decode(), zip=True)
    info.add_itxt("Title", SCRIPT.decode(), lang="id", tkey="Judul")
    return saved(picture(), "PNG", pnginfo=info)


def _film(form: str) -> bytes:
    return saved(picture(), form, save_all=True, append_images=[picture(320, 240, "L").convert("RGB")], duration=100)


def _interlaced_bits() -> bytes:
    """One bit a pixel, Adam7: 8 × 8 pixels in seven passes."""
    passes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)]
    rows = b"".join((b"\0" + b"\xaa" * ((width + 7) // 8)) * height for width, height in passes)
    return raw_png(header(8, 8, depth=1, colour=0, interlace=1), rows)


def _palette_without_colours() -> bytes:
    return raw_png(header(4, 4, colour=3), (b"\0" + b"\xff" * 4) * 4)


def _grey16() -> bytes:
    rows = b"".join(b"\0" + struct.pack(">16H", *range(0, 65536, 4096)) for _ in range(16))
    return raw_png(header(16, 16, depth=16, colour=0), rows)


def _colour16_alpha() -> bytes:
    rows = b"".join(b"\0" + noise(16 * 8, seed=row) for row in range(16))
    return raw_png(header(16, 16, depth=16, colour=6), rows)


def _text_bomb(kind: bytes, size: int) -> bytes:
    return _behind_header(chunk(kind, b"Comment\0\0" + zeros(size)))


def _broken_sum() -> bytes:
    data = bytearray(saved(picture(), "PNG"))
    data[40] ^= 0xFF
    return bytes(data)


def _palette_alpha() -> bytes:
    return saved(picture().quantize(16), "PNG", transparency=bytes(range(16)))


def _webp_canvas(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = saved(picture(16, 16), "WEBP")[12:]
    return _riff(b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size + body)


def _riff(body: bytes, *, claims: int | None = None) -> bytes:
    return b"RIFF" + struct.pack("<I", len(body) + 4 if claims is None else claims) + b"WEBP" + body


def _cut(form: str, share: int) -> bytes:
    whole = saved(picture(), form)
    return whole[: len(whole) * share // 100]


def _many_small_texts() -> bytes:
    return _behind_header(*[chunk(b"zTXt", b"A\0\0" + zeros(1 << 20))] * 200)


RECIPES = [
    Recipe("png-50000-square", lambda: raw_png(header(50_000, 50_000), bytes(1000)), MANY),
    Recipe("png-largest-number", lambda: raw_png(header(2**31 - 1, 2**31 - 1), b""), (*MANY, *UNREADABLE)),
    Recipe("png-64-megapixels-alpha", _largest_allowed, (CLEAN,)),
    Recipe("png-gigabyte-behind-8-pixels", _more_data_than_picture, (CLEAN,)),
    Recipe("png-text-bomb", lambda: _text_bomb(b"zTXt", 1 << 30), UNREADABLE),
    Recipe("png-profile-bomb", lambda: _text_bomb(b"iCCP", 1 << 30), UNREADABLE),
    Recipe("png-two-hundred-text-bombs", _many_small_texts, UNREADABLE),
    Recipe("png-words-everywhere", _words, (CLEAN,)),
    Recipe("png-then-php", lambda: saved(picture(), "PNG") + PHP, (CLEAN,)),
    Recipe("png-then-zip", lambda: saved(picture(), "PNG") + zip_file(), (CLEAN,)),
    Recipe("png-exif", lambda: _behind_header(chunk(b"eXIf", orientation(6)[6:])), (CLEAN,)),
    Recipe("png-exif-of-noise", lambda: _behind_header(chunk(b"eXIf", noise(500))), (CLEAN,)),
    Recipe("png-palette-alpha", _palette_alpha, (CLEAN,)),
    Recipe("png-palette-without-colours", _palette_without_colours, (CLEAN, *UNREADABLE)),
    Recipe("png-grey-16-bit", _grey16, (CLEAN,)),
    Recipe("png-colour-16-bit-alpha", _colour16_alpha, (CLEAN,)),
    Recipe("png-interlaced-bits", _interlaced_bits, (CLEAN,)),
    Recipe("png-film", lambda: _film("PNG"), FILM),
    Recipe("png-no-size", lambda: raw_png(header(0, 0), b""), UNREADABLE),
    Recipe("png-depth-3", lambda: raw_png(header(8, 8, depth=3), bytes(200)), UNREADABLE),
    Recipe("png-broken-sum", _broken_sum, UNREADABLE),
    Recipe("png-no-data", lambda: SIGNATURE + header(8, 8) + chunk(b"IEND", b""), UNREADABLE),
    Recipe("png-length-lies", lambda: _behind_header(chunk(b"tEXt", CANARY, length=0x7FFFFFFF)), UNREADABLE),
    Recipe("png-signature-then-noise", lambda: SIGNATURE + noise(5000), UNREADABLE),
    Recipe("png-signature-only", lambda: SIGNATURE, UNREADABLE),
    *(Recipe(f"png-cut-at-{share}", partial(_cut, "PNG", share), UNREADABLE) for share in (2, 30, 60, 90)),
    Recipe("webp-lossless-alpha", lambda: saved(picture(64, 64, "RGBA"), "WEBP", lossless=True), (CLEAN,)),
    Recipe(
        "webp-exif-and-xmp",
        lambda: saved(picture(), "WEBP", exif=orientation(3)[6:] + CANARY, xmp=SCRIPT),
        (CLEAN,),
    ),
    Recipe("webp-then-html", lambda: saved(picture(), "WEBP") + SCRIPT, (CLEAN,)),
    Recipe("webp-film", lambda: _film("WEBP"), FILM),
    Recipe("webp-canvas-16383-square", lambda: _webp_canvas(16383, 16383), (*MANY, *UNREADABLE)),
    Recipe("webp-canvas-16-million", lambda: _webp_canvas(1 << 24, 1 << 24), (*MANY, *UNREADABLE)),
    Recipe("webp-size-lies", lambda: _riff(saved(picture(), "WEBP")[12:], claims=0xFFFFFFF0), UNREADABLE),
    Recipe("webp-riff-only", lambda: _riff(b""), UNREADABLE),
    Recipe("webp-noise", lambda: _riff(b"VP8L" + struct.pack("<I", 4000) + noise(4000)), UNREADABLE),
    *(Recipe(f"webp-cut-at-{share}", partial(_cut, "WEBP", share), UNREADABLE) for share in (5, 50, 90)),
]
