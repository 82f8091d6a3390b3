"""What is no photograph and no PDF, whatever its name says: refused by its first bytes, without a child."""

from __future__ import annotations

import base64
import io
import struct

from PIL import Image

from tests.hostile_files.jpegs import jpeg, picture, zip_file
from tests.hostile_files.pngs_and_webps import saved
from tests.hostile_files.recipe import CANARY, PHP, SCRIPT, Recipe, noise

OTHER = ("file_type",)
# The test file of the virus scanners, turned round so that no scanner takes this source for it.
_EICAR = base64.b64decode(
    "WDVPIVAlQEFQWzRcUFpYNTQoUF4pN0NDKTd9JEVJQ0FSLVNUQU5EQVJELUFOVElWSVJVUy1URVNULUZJTEUhJEgrSCo="
)


def _many(form: str) -> bytes:
    out = io.BytesIO()
    picture(64, 48).convert("P").save(out, form, save_all=True, append_images=[Image.new("P", (64, 48))] * 3)
    return out.getvalue()


def _fli() -> bytes:
    """A FLI film whose frame claims more than there is, the form of several reports against Pillow's decoder."""
    head = struct.pack("<IHHHHHH", 200, 0xAF11, 1, 320, 200, 8, 0) + bytes(108)
    return head + struct.pack("<IHH8x", 0x7FFFFFFF, 0xF1FA, 0xFFFF) + noise(60)


def _entities() -> bytes:
    lines = [b'<!ENTITY a0 "' + CANARY + b'">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    return b"<?xml version='1.0'?><!DOCTYPE svg [" + b"".join(lines) + b"]><svg>&a9;</svg>"


RECIPES = [
    Recipe("nothing", lambda: b"", ("file_empty",)),
    Recipe("one-byte", lambda: b"\0", OTHER),
    Recipe("zeros", lambda: bytes(100_000), OTHER),
    Recipe("noise", lambda: noise(100_000), OTHER),
    Recipe("jpeg-above-10-mb", lambda: jpeg() + bytes(10 * 1024 * 1024), ("file_too_large",)),
    Recipe("jpeg-behind-a-space", lambda: b" " + jpeg(), OTHER),
    Recipe("svg-script", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'>" + SCRIPT + b"</svg>", OTHER),
    Recipe("svg-entity-bomb", _entities, OTHER),
    Recipe("xml-outside-entity", lambda: b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", OTHER),
    Recipe("html", lambda: b"<!DOCTYPE html><html>" + SCRIPT, OTHER),
    Recipe("php", lambda: PHP, OTHER),
    Recipe("shell-script", lambda: b"#!/bin/sh\ncurl http://127.0.0.1/\n", OTHER),
    Recipe("eicar", lambda: _EICAR, OTHER),
    Recipe("elf", lambda: b"\x7fELF\x02\x01\x01" + noise(2000), OTHER),
    Recipe("windows-program", lambda: b"MZ\x90\0" + noise(2000), OTHER),
    Recipe("zip", zip_file, OTHER),
    Recipe("word-document", lambda: zip_file() + b"word/document.xml", OTHER),
    Recipe("old-word-document", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + noise(3000), OTHER),
    Recipe("rar", lambda: b"Rar!\x1a\x07\0" + noise(500), OTHER),
    Recipe("gif", lambda: saved(picture().convert("P"), "GIF"), OTHER),
    Recipe("gif-film", lambda: _many("GIF"), OTHER),
    Recipe("gif-with-archive", lambda: saved(picture().convert("P"), "GIF") + zip_file(), OTHER),
    Recipe("tiff", lambda: saved(picture(), "TIFF"), OTHER),
    Recipe("tiff-many", lambda: _many("TIFF"), OTHER),
    Recipe("bmp", lambda: saved(picture(), "BMP"), OTHER),
    Recipe("ico", lambda: saved(picture(64, 64), "ICO"), OTHER),
    Recipe("icns", lambda: b"icns" + struct.pack(">I", 4000) + noise(4000), OTHER),
    Recipe("fli", _fli, OTHER),
    Recipe("psd", lambda: b"8BPS\0\1" + noise(600), OTHER),
    Recipe("eps", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%stdin) (r) file exec\n", OTHER),
    Recipe("jpeg2000", lambda: bytes.fromhex("0000000c6a5020200d0a870a") + noise(900), OTHER),
    Recipe("jpeg-xl", lambda: bytes.fromhex("0000000c4a584c200d0a870a") + noise(900), OTHER),
    Recipe("pcx", lambda: saved(picture(), "PCX"), OTHER),
    Recipe("sgi", lambda: saved(picture(), "SGI"), OTHER),
    Recipe("dds", lambda: b"DDS " + struct.pack("<I", 124) + noise(400), OTHER),
    Recipe("wmf", lambda: bytes.fromhex("d7cdc69a") + noise(400), OTHER),
    Recipe("wav-in-riff", lambda: b"RIFF" + struct.pack("<I", 400) + b"WAVEfmt " + noise(400), OTHER),
]
