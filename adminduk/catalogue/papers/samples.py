"""Runs a paper's own samples: a definition that does not read what it says is not loaded.

A sample is a page drawn in letters. Column and line are its places; the drawing is as wide as its longest line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.reading import read_paper
from adminduk.catalogue.papers.schema import Paper, Sample
from adminduk.catalogue.papers.types import Box, ReadPage, ReadPaper, TextLine

_PIECE: Final = re.compile(r"\S+(?: \S+)*")
_LARGE: Final = "#"
_FEWEST_LINES: Final = 24
_FEWEST_COLUMNS: Final = 80
_HEIGHT: Final = 0.7  # of the distance between two lines


def page_of(drawing: str) -> ReadPage:
    """The drawn page as a reader would give it, each piece read with full confidence."""
    rows = drawing.rstrip("\n").split("\n")
    high = max(len(rows), _FEWEST_LINES)
    wide = max(_FEWEST_COLUMNS, *(len(row) for row in rows))
    lines = [_line(piece, number, high, wide) for number, row in enumerate(rows) for piece in _PIECE.finditer(row)]
    return ReadPage(lines=tuple(lines), rotation=0, found=len(lines), is_complete=True)


def _line(piece: re.Match[str], number: int, high: int, wide: int) -> TextLine:
    text = piece.group()
    height = _HEIGHT / high * (1.4 if text.startswith(_LARGE) else 1.0)
    middle = (number + 0.5) / high
    box = Box(piece.start() / wide, middle - height / 2, piece.end() / wide, middle + height / 2)
    return TextLine(text.removeprefix(_LARGE).strip(), 0.99, box, height, box, weakest=0.98)


def defects_of_samples(paper: Paper, papers: Papers) -> Iterator[tuple[str, str]]:
    """Path and reason of every sample that is not read as it says."""
    for index, sample in enumerate(paper.samples):
        for reason in _disagreements(sample, read_paper(page_of(sample.page), papers)):
            yield f"$.samples[{index}]", f"{sample.name}: {reason}"


def _disagreements(sample: Sample, read: ReadPaper) -> Iterator[str]:
    expect = sample.expect
    if read.kind != expect.kind:
        yield f"is read as {read.kind}, not {expect.kind}"
        return
    yield from _wrong_values(expect.fields, {name: field.value for name, field in read.fields.items()}, "")
    for name in expect.absent:
        if name in read.fields:
            yield f"{name} is read as {read.fields[name].value!r} and should be absent"
    pages = f"{read.page_number}/{read.page_count}" if read.page_count else ""
    if pages != expect.pages:
        yield f"pages are {pages!r}, not {expect.pages!r}"
    if expect.members and len(read.members) != len(expect.members):
        yield f"{len(read.members)} members are read, not {len(expect.members)}"
        return
    for number, (wanted, member) in enumerate(zip(expect.members, read.members, strict=False), 1):
        yield from _wrong_values(
            wanted, {name: field.value for name, field in member.fields.items()}, f"member {number}: "
        )


def _wrong_values(wanted: dict[str, str], found: dict[str, str], whose: str) -> Iterator[str]:
    for name, value in wanted.items():
        if found.get(name) != value:
            yield f"{whose}{name} is read as {found.get(name)!r}, not {value!r}"
