"""What the web process asks of a child besides the file: words in front of the file's bytes.

Nobody else can give orders: a file that begins like one is of no known kind and never reaches a child.
"""

from __future__ import annotations

import struct
from typing import Annotated, Final

import msgspec

from adminduk.catalogue.papers.types import Box
from adminduk.modules.documents.ports import MOST_SLOTS

_BEGIN: Final = b"\0adminduk order\0"
_LENGTH: Final = struct.Struct(">I")


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`anchors`: certificates (PEM) that the office trusts, for a PDF. `cuts`: places to cut out of a stored page.

    `turn`: by how many degrees clockwise the cut pieces stand upright.
    """

    anchors: str = ""
    cuts: Annotated[tuple[Box, ...], msgspec.Meta(max_length=MOST_SLOTS)] = ()
    turn: int = 0


def before(data: bytes, order: Order) -> bytes:
    """The file with the order in front."""
    words = msgspec.json.encode(order)
    return b"".join([_BEGIN, _LENGTH.pack(len(words)), words, data])


def part(data: bytes) -> tuple[Order, bytes]:
    """The order ("nothing besides" where there is none) and the file."""
    if not data.startswith(_BEGIN):
        return Order(), data
    start = len(_BEGIN) + _LENGTH.size
    (length,) = _LENGTH.unpack_from(data, len(_BEGIN))
    return msgspec.json.decode(data[start : start + length], type=Order), data[start + length :]
