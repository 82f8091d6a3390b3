"""A child that has been taken over can say what it likes; only plain pictures are believed."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.papers.types import Box, Measures
from adminduk.gateways.rewriter.reply import MalformedReplyError, pack_pages, pack_refusal, plain_jpeg_size, unpack
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.ports import RewrittenPage
from tests.hostile_files import jpegs
from tests.hostile_files.recipe import SCRIPT

PICTURE, SMALL = jpegs.jpeg(width=900, height=600), jpegs.jpeg(width=300, height=200)
MEASURES = Measures(900, 600, {"marks": 12.0, "ink": 101.5}, {"glare": Box(0.1, 0.2, 0.3, 1.0)})
PAGE = RewrittenPage(PICTURE, 900, 600, SMALL, MEASURES)


def measured(numbers: object, boxes: object) -> bytes:
    return reply({"pages": [[900, 600, len(PICTURE), len(SMALL), numbers, boxes]]}, PICTURE, SMALL)


def reply(header: object, *parts: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text + b"".join(parts)


def test_an_honest_reply_comes_through() -> None:
    assert unpack(pack_pages([PAGE, PAGE]), kind="pdf").pages == (PAGE, PAGE)


@pytest.mark.parametrize("code", ["file_type", "file_unreadable", "file_encrypted", "file_too_many_pages"])
def test_a_refusal_comes_through(code: str) -> None:
    with pytest.raises(DomainError, match=code):
        unpack(pack_refusal(code), kind="pdf")


LIES = {
    "nothing": b"",
    "cut off": pack_pages([PAGE])[:-1],
    "more behind": pack_pages([PAGE]) + b"x",
    "no pages": pack_pages([]),
    "two pages of a photograph": pack_pages([PAGE, PAGE]),
    "31 pages": pack_pages([PAGE] * 31),
    "another size": pack_pages([RewrittenPage(PICTURE, 901, 600, SMALL)]),
    "too large": pack_pages([RewrittenPage(jpegs.jpeg(width=2500, height=10), 2500, 10, SMALL)]),
    "preview too large": pack_pages([RewrittenPage(PICTURE, 900, 600, PICTURE)]),
    "not a picture": pack_pages([RewrittenPage(SCRIPT * 10, 900, 600, SMALL)]),
    "comment in the picture": pack_pages(
        [RewrittenPage(jpegs.with_segments(jpegs.segment(0xFE, SCRIPT), base=PICTURE), 900, 600, SMALL)]
    ),
    "exif in the preview": pack_pages(
        [RewrittenPage(PICTURE, 900, 600, jpegs.with_segments(jpegs.segment(0xE1, jpegs.orientation(1)), base=SMALL))]
    ),
    "something behind the picture": pack_pages([RewrittenPage(PICTURE + SCRIPT, 900, 600, SMALL)]),
    "unknown refusal": reply({"refused": "is_admin"}),
    "unknown field": reply({"pages": [], "log": "x"}),
    "negative length": reply({"pages": [[900, 600, -1, 5]]}),
    "endless header": struct.pack(">I", 1 << 30) + b"{}",
    "deep header": struct.pack(">I", 10_000) + b"[" * 10_000,
    "measure that is no number": measured({"marks": "<b>"}, {}),
    "measure without bounds": measured({"marks": 1e300}, {}),
    "measure that is not a number": measured({"marks": float("nan")}, {}),
    "measure with a sentence for a name": measured({"marks are many": 1}, {}),
    "measure with a second line in its name": measured({"marks\n": 1}, {}),
    "thousands of measures": measured({f"m{number}": 1 for number in range(300)}, {}),
    "place outside the page": measured({}, {"glare": [0, 0, 1.5, 1]}),
    "place with three sides": measured({}, {"glare": [0, 0, 1]}),
    "no header": struct.pack(">I", 4) + b"\xff\xfe\0\0",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused(lie: str) -> None:
    with pytest.raises(MalformedReplyError):
        unpack(LIES[lie], kind="jpeg")


def test_measures_come_through_whole() -> None:
    assert unpack(measured({"marks": 3}, {}), kind="jpeg").pages[0].measures == Measures(900, 600, {"marks": 3.0}, {})


@given(st.binary(max_size=400), st.integers(0, 400))
def test_noise_is_refused(noise: bytes, at: int) -> None:
    honest = pack_pages([PAGE])
    mixed = honest[:at] + noise + honest[at + len(noise) + 1 :]
    try:
        result = unpack(mixed, kind="jpeg")
    except (MalformedReplyError, DomainError):
        return
    assert plain_jpeg_size(result.pages[0].jpeg) == (900, 600)
