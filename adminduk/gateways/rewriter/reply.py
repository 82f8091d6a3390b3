"""The answer of a child on its way to the web process: a header in JSON, then the pictures one after the other.

The child has touched hostile bytes, so what it says is checked like any input: sizes, the markers of each JPEG and
the dimensions in it. Pixels and named numbers come through, and the words of QR codes and
signatures, which are only ever shown.
"""

from __future__ import annotations

import json
import struct
from typing import Annotated, Final

import msgspec

from adminduk.catalogue.papers.types import Box, Measures
from adminduk.gateways.rewriter.limits import (
    MAX_CODE_LENGTH,
    MAX_CODES,
    MAX_MEGAPIXELS,
    MAX_PDF_PAGES,
    MAX_SIGNATURES,
    MAX_SIGNER_LENGTH,
    PICTURE_SIDE,
    PREVIEW_SIDE,
)
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.origin import FileSignature, Integrity
from adminduk.modules.documents.ports import RewrittenFile, RewrittenPage

_LENGTH: Final = struct.Struct(">I")
_MAX_HEADER: Final = 1024 * 1024  # thirty pages of measures and of QR codes, letters written as \\uXXXX

# What libjpeg writes for a plain picture: APP0, quantisation, frame, Huffman tables, restart interval. No comment,
# no APP1‥15, no second scan.
_PLAIN_MARKERS: Final = frozenset({0xE0, 0xDB, 0xC0, 0xC4, 0xDD})
_FRAME, _SCAN = 0xC0, 0xDA

Side = Annotated[int, msgspec.Meta(ge=1, le=PICTURE_SIDE)]
Name = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,31}\\Z")]
Number = Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]
Part = Annotated[float, msgspec.Meta(ge=0, le=1)]
Code = Annotated[str, msgspec.Meta(max_length=MAX_CODE_LENGTH)]
Signer = Annotated[str, msgspec.Meta(max_length=MAX_SIGNER_LENGTH)]
Length = Annotated[int, msgspec.Meta(ge=100, le=32 * 1024 * 1024)]


class _Page(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    width: Side
    height: Side
    length: Length
    preview_length: Length
    numbers: Annotated[dict[Name, Number], msgspec.Meta(max_length=200)] = {}
    boxes: Annotated[dict[Name, tuple[Part, Part, Part, Part]], msgspec.Meta(max_length=40)] = {}
    codes: Annotated[tuple[Code, ...], msgspec.Meta(max_length=MAX_CODES)] = ()


class _Signature(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    integrity: Integrity
    signer: Signer
    is_known: bool
    is_expired: bool


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    refused: str = ""
    pages: Annotated[list[_Page], msgspec.Meta(max_length=MAX_PDF_PAGES)] = []
    signatures: Annotated[list[_Signature], msgspec.Meta(max_length=MAX_SIGNATURES)] = []


class MalformedReplyError(Exception):
    """The child said something that it cannot honestly say."""


def pack_refusal(code: str) -> bytes:
    """The reply that the file is not taken, and why."""
    return _pack({"refused": code})


def pack_pages(pages: list[RewrittenPage], signatures: tuple[FileSignature, ...] = ()) -> bytes:
    """The reply with the pages, written anew."""
    signed = [[one.integrity, one.signer, one.is_known, one.is_expired] for one in signatures]
    header = _pack({"pages": [_described(page) for page in pages], "signatures": signed})
    return b"".join([header, *(part for page in pages for part in (page.jpeg, page.preview))])


def _described(page: RewrittenPage) -> list[object]:
    measures = page.measures or Measures(page.width, page.height)
    boxes = {name: (box.left, box.top, box.right, box.bottom) for name, box in measures.boxes.items()}
    return [page.width, page.height, len(page.jpeg), len(page.preview), measures.numbers, boxes, page.codes]


def _pack(header: dict[str, object]) -> bytes:
    text = json.dumps(header).encode()
    return _LENGTH.pack(len(text)) + text


def unpack(reply: bytes, *, kind: str) -> RewrittenFile:
    """Read a whole reply. Raises the refusal it carries as DomainError, MalformedReplyError otherwise."""
    header, at = _header(reply)
    if header.refused:
        raise _refusal(header.refused)
    if header.signatures and kind != "pdf":
        raise MalformedReplyError
    pages = []
    for page in header.pages:
        middle, end = at + page.length, at + page.length + page.preview_length
        boxes = {name: Box(*box) for name, box in page.boxes.items()}
        measures = Measures(page.width, page.height, page.numbers, boxes)
        pages.append(RewrittenPage(reply[at:middle], page.width, page.height, reply[middle:end], measures, page.codes))
        at = end
    if at != len(reply) or not pages or (kind != "pdf" and len(pages) > 1):
        raise MalformedReplyError
    for rewritten in pages:
        if plain_jpeg_size(rewritten.jpeg) != (rewritten.width, rewritten.height):
            raise MalformedReplyError
        if max(plain_jpeg_size(rewritten.preview)) > PREVIEW_SIDE:
            raise MalformedReplyError
    signed = (FileSignature(one.integrity, one.signer, one.is_known, one.is_expired) for one in header.signatures)
    return RewrittenFile(tuple(pages), kind, tuple(signed))


def _header(reply: bytes) -> tuple[_Header, int]:
    """The header, and where the pictures begin."""
    if len(reply) < _LENGTH.size:
        raise MalformedReplyError
    (length,) = _LENGTH.unpack_from(reply)
    at = _LENGTH.size + length
    if length > _MAX_HEADER or at > len(reply):
        raise MalformedReplyError
    try:
        return msgspec.json.decode(reply[_LENGTH.size : at], type=_Header), at
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MalformedReplyError from error


def plain_jpeg_size(jpeg: bytes) -> tuple[int, int]:
    """Width and height of a JPEG that carries nothing but a picture. Raises MalformedReplyError for any other bytes."""
    if not jpeg.startswith(b"\xff\xd8") or not jpeg.endswith(b"\xff\xd9"):
        raise MalformedReplyError
    at, size = 2, (0, 0)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == _SCAN and min(size) > 0:
            return size
        if marker not in _PLAIN_MARKERS or length < 2 or (marker == 0xE0 and length != 16):
            raise MalformedReplyError
        if marker == _FRAME:
            size = (
                int.from_bytes(jpeg[at + 7 : at + 9], "big"),
                int.from_bytes(jpeg[at + 5 : at + 7], "big"),
            )
        at += 2 + length
    raise MalformedReplyError


def _refusal(code: str) -> DomainError | MalformedReplyError:
    if code == "file_too_many_pixels":
        return DomainError(code, max_megapixels=MAX_MEGAPIXELS)
    if code == "file_too_many_pages":
        return DomainError(code, max_pages=MAX_PDF_PAGES)
    if code in ("file_type", "file_unreadable", "file_encrypted"):
        return DomainError(code)
    return MalformedReplyError()
