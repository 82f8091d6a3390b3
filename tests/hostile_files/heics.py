"""Hostile HEIC files, built from boxes around the tile of one real sample (ISO/IEC 14496-12, 23008-12)."""

from __future__ import annotations

import struct
from functools import partial
from pathlib import Path

from tests.hostile_files.jpegs import UNREADABLE
from tests.hostile_files.recipe import CANARY, CLEAN, SCRIPT, Recipe, noise

SAMPLE = Path(__file__).parents[1] / "samples" / "contoh-kk.heic"
MANY = ("file_too_many_pixels",)


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _find(data: bytes | bytearray, kind: bytes) -> bytes:
    """The whole box, found by its name."""
    at = data.index(kind) - 4
    return bytes(data[at : at + int.from_bytes(data[at : at + 4], "big")])


def _tile() -> tuple[bytes, bytes, int, int]:
    """Decoder set-up, coded picture, width and height of the sample."""
    data = SAMPLE.read_bytes()
    width, height = struct.unpack(">II", _find(data, b"ispe")[12:20])
    places = _find(data, b"iloc")
    base, _, offset, length = struct.unpack(">IHII", places[20:34])
    return _find(data, b"hvcC"), data[base + offset :][:length], width, height


def _size(width: int, height: int) -> bytes:
    return full(b"ispe", struct.pack(">II", width, height))


def _item(number: int, kind: bytes) -> bytes:
    return full(b"infe", struct.pack(">HH", number, 0), kind, b"\0", version=2)


def grid(columns: int, rows: int, *, claims: tuple[int, int] | None = None, sources: list[int] | None = None) -> bytes:
    """One grid (item 1) of tiles (items 2, 3, …) that all lie at the same bytes: a small file with many pixels."""
    setup, coded, tile_width, tile_height = _tile()
    width, height = claims or (tile_width * columns, tile_height * rows)
    plan = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    tiles = range(2, 2 + columns * rows)
    used = sources or list(tiles)
    named = [_item(1, b"grid"), *(_item(tile, b"hvc1") for tile in tiles)]
    items = full(b"iinf", struct.pack(">H", len(named)), *named)
    properties = box(b"ipco", setup, _size(tile_width, tile_height), _size(width, height))
    looks = [b"\0\1\1\x03", *(struct.pack(">HBBB", tile, 2, 0x81, 0x02) for tile in tiles)]
    belongs = full(b"ipma", struct.pack(">I", len(looks)), *looks)
    refers = full(b"iref", box(b"dimg", struct.pack(f">HH{len(used)}H", 1, len(used), *used)))

    def meta(start: int) -> bytes:
        places = [struct.pack(">BBH", 0x44, 0, len(named)), struct.pack(">HHHII", 1, 0, 1, start, len(plan))]
        places += [struct.pack(">HHHII", tile, 0, 1, start + len(plan), len(coded)) for tile in tiles]
        handler = full(b"hdlr", bytes(4), b"pict", bytes(13))
        primary = full(b"pitm", struct.pack(">H", 1))
        return full(b"meta", handler, primary, full(b"iloc", *places), items, box(b"iprp", properties, belongs), refers)

    brands = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    start = len(brands) + len(meta(0)) + 8
    return brands + meta(start) + box(b"mdat", plan, coded)


def _patched(find: bytes, at: int, value: bytes) -> bytes:
    data = bytearray(SAMPLE.read_bytes())
    place = data.index(find) + at
    data[place : place + len(value)] = value
    return bytes(data)


def _noisy_picture() -> bytes:
    data = bytearray(SAMPLE.read_bytes())
    for at in range(10_000, len(data), 997):
        data[at] ^= 0x5A
    return bytes(data)


def _exif_words() -> bytes:
    """The same length of EXIF, with words of a stranger in it."""
    data = bytearray(SAMPLE.read_bytes())
    words = SCRIPT + CANARY
    base, _, offset, length = struct.unpack(">IHII", _find(data, b"iloc")[38:52])
    place, room = base + offset + 10, length - 10  # behind the start of the block
    data[place : place + room] = (words * 10)[:room]
    return bytes(data)


def _cut(share: float) -> bytes:
    whole = SAMPLE.read_bytes()
    return whole[: int(len(whole) * share / 100)]


def _only_brands(major: bytes, *others: bytes) -> bytes:
    return box(b"ftyp", major, bytes(4), *others) + box(b"meta", bytes(4)) + noise(3000)


RECIPES = [
    Recipe("heic-exif-script", _exif_words, (CLEAN,)),
    Recipe("heic-then-html", lambda: SAMPLE.read_bytes() + SCRIPT, (CLEAN,)),
    Recipe(
        "heic-size-65535-square", lambda: _patched(b"ispe", 8, struct.pack(">II", 65535, 65535)), (*MANY, *UNREADABLE)
    ),
    Recipe("heic-size-of-nothing", lambda: _patched(b"ispe", 8, struct.pack(">II", 0, 0)), (CLEAN, *UNREADABLE)),
    Recipe(
        "heic-place-far-away",
        lambda: _patched(b"iloc", 16, struct.pack(">IHII", 0xFFFFFF00, 1, 0, 0xFFFFFFFF)),
        UNREADABLE,
    ),
    Recipe("heic-grid-60-megapixels", lambda: grid(4, 3), (CLEAN,)),
    Recipe("heic-grid-255-by-255", lambda: grid(255, 255), (*MANY, *UNREADABLE)),
    Recipe("heic-grid-claims-small", lambda: grid(200, 200, claims=(64, 64)), (CLEAN, *UNREADABLE)),
    Recipe("heic-grid-of-itself", lambda: grid(2, 1, sources=[1, 1]), UNREADABLE),
    Recipe("heic-grid-without-tiles", lambda: grid(2, 2, sources=[9, 9, 9, 9]), UNREADABLE),
    Recipe("heic-picture-of-noise", _noisy_picture, (CLEAN, *UNREADABLE)),
    Recipe("heic-brand-then-noise", lambda: _only_brands(b"heic", b"mif1"), UNREADABLE),
    Recipe("heic-open-brand-then-noise", lambda: _only_brands(b"mif1"), UNREADABLE),
    Recipe("heic-first-box-lies", lambda: struct.pack(">I", 0xFFFFFFFF) + SAMPLE.read_bytes()[4:], UNREADABLE),
    Recipe("avif", lambda: _only_brands(b"avif", b"mif1", b"miaf"), ("file_type",)),
    Recipe("film-of-heic", lambda: _only_brands(b"msf1", b"hevc"), ("file_type",)),
    Recipe("mp4", lambda: _only_brands(b"isom", b"mp42"), ("file_type",)),
    *(Recipe(f"heic-cut-at-{share}", partial(_cut, share), (CLEAN, *UNREADABLE)) for share in (0.01, 1, 50, 99)),
]
