"""Cards as definitions/outputs/*.yaml lays them out: from what is known of a person to marks on two faces.

A layout knows no printer: it says which words stand where. Whoever prints draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.text import Text
from adminduk.catalogue.yaml_reader import line_of, read_struct


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words on one line; without `left` in the middle of the card."""

    top: int
    size: int
    text: Text
    left: int | None = None


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label and its value; a second pair may stand at the right."""

    label: Text
    value: str
    second_label: Text | None = None
    second: str = ""


class Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows one below the other."""

    left: int
    value_left: int
    top: int
    step: int
    size: int
    lines: tuple[Row, ...]


class Box(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the photograph or the chip is."""

    left: int
    top: int
    width: int
    height: int


class Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The face with the person's data."""

    heads: tuple[Line, ...]
    number: Line
    rows: Rows
    photo: Box
    place: Line
    date: Line


class Back(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The other face."""

    heads: tuple[Line, ...]
    chip: Box


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Colours and language of captions for one `nationality` ("WNI", "OA")."""

    id: str
    paper: str
    band: str
    caption: str
    nationality: str


class Output(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of card. Lengths are hundredths of a millimetre."""

    id: str
    width: int
    height: int
    variants: tuple[Variant, ...]
    front: Front
    back: Back
    mark: str
    example: dict[str, str]

    def variant_for(self, nationality: str) -> Variant:
        """The variant of a nationality; the first one where none is named."""
        return next((each for each in self.variants if each.nationality == nationality), self.variants[0])

    def drawing(self, values: Mapping[str, str]) -> dict[str, Any]:
        """What a printer draws: size, colours and marks of both faces, as JSON. Raises KeyError for a missing value."""
        variant = self.variant_for(values.get("nationality", ""))
        front = [
            *(_mark(line, variant, values) for line in (*self.front.heads, self.front.number)),
            *_rows(self.front.rows, variant, values),
            {"kind": "photo", **_millimetres(self.front.photo)},
            *(_mark(line, variant, values) for line in (self.front.place, self.front.date)),
        ]
        chip = {"kind": "chip", **_millimetres(self.back.chip)}
        return {
            "width": self.width / 100,
            "height": self.height / 100,
            "paper": variant.paper,
            "band": variant.band,
            "mark": self.mark,
            "front": front,
            "back": [*(_mark(line, variant, values) for line in self.back.heads), chip],
        }

    def defects(self) -> Iterator[tuple[str, str]]:
        """What the shape cannot say: every variant can be drawn with the example."""
        if not self.variants:
            yield "$.variants", "a card has at least one variant"
        for number, variant in enumerate(self.variants):
            if variant.caption not in ("id", "en"):
                yield f"$.variants[{number}].caption", "is id or en"
            try:
                self.drawing({**self.example, "nationality": variant.nationality})
            except KeyError as error:
                yield "$.example", f"lacks {error.args[0]!r}, which a face names"


def _mark(line: Line, variant: Variant, values: Mapping[str, str]) -> dict[str, Any]:
    return _text(_filled(line.text.get(variant.caption), values), line.left, line.top, line.size)


def _rows(rows: Rows, variant: Variant, values: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    y = rows.top
    for row in rows.lines:
        yield _text(row.label.get(variant.caption), rows.left, y, rows.size)
        yield _text(f": {_filled(row.value, values)}", rows.value_left, y, rows.size)
        if row.second_label is not None:
            second = f"{row.second_label.get(variant.caption)} : {_filled(row.second, values)}"
            yield _text(second, rows.value_left + 2000, y, rows.size)
        y += rows.step


def _text(words: str, x: int | None, y: int, size: int) -> dict[str, Any]:
    """A printer is told millimetres."""
    return {"kind": "text", "text": words, "x": None if x is None else x / 100, "y": y / 100, "size": size / 100}


def _millimetres(box: Box) -> dict[str, float]:
    return {"x": box.left / 100, "y": box.top / 100, "width": box.width / 100, "height": box.height / 100}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Only plain names are filled in; a value is never read as a pattern."""
    parts = []
    for literal, name, _, _ in Formatter().parse(text):
        parts.append(literal + (values[name] if name is not None else ""))
    return "".join(parts)


def read_output(file: Path) -> Output:
    """One file. Raises DefinitionError with its line."""
    output, lines = read_struct(file, Output)
    for where, reason in output.defects():
        raise DefinitionError(file, line_of(lines, where), reason)
    if output.id != file.stem:
        raise DefinitionError(file, line_of(lines, "$.id"), f"the file of {output.id!r} has another name")
    return output
