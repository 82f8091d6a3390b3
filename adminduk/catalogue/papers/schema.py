"""The shape of definitions/papers/*.yaml: what a kind of document looks like and what is read off it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec
from msgspec import structs

from adminduk.catalogue.text import Text

ValueType: TypeAlias = Literal["nik", "no_kk", "date", "name", "place", "sex", "number", "digits", "text"]
Level: TypeAlias = Literal["province", "regency", "district", "village"]
CheckName: TypeAlias = Literal[
    "nik_birth_date",
    "nik_sex",
    "same_as_form",
    "same_as_register",
    "same_as_papers",
    "applicant_is_on_it",
    "letter_age",
]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Frozen, and a typing mistake in a key is an error."""


class Mark(_Part, frozen=True, kw_only=True):
    """Words that tell the kind. `weight` counts in tenths of a title's.

    A title is a line that says this and hardly more. A mark may have something behind it ("Berlaku Hingga : …"), and
    one that stands `anywhere` may have something before it too.
    """

    text: str
    weight: int = 10
    anywhere: bool = False


class _Readable(_Part, frozen=True, kw_only=True):
    """What a field and a column have in common.

    `values`: the words that can stand here; what is read becomes the nearest of them. `part`: the how manieth group of
    digits is meant, from 1. `region`: a name of this level, corrected by the list of regions.
    """

    id: str
    type: ValueType
    label: Text
    values: tuple[str, ...] = ()
    part: int = 0
    region: Level | None = None


class Field(_Readable, frozen=True, kw_only=True):
    """One value. Every place that is given is tried in this order; the first that holds a value of the type wins.

    `labels`: printed words; the value stands behind, right of or (`is_below`) under them. `section`: words above the
    label, where the same label stands twice. `after` and `until`: words of running text around the value.
    `is_dateline`: the date in "Semarang, 3 Mei 2026".
    `lines`: how many lines the value may take.
    """

    labels: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    is_below: bool = False
    after: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    is_dateline: bool = False
    lines: int = 1
    is_required: bool = False
    """The paper serves nothing without it."""
    is_main: bool = False
    """The number by which the paper is known."""


class Column(_Readable, frozen=True, kw_only=True):
    """One column of the table of persons, known by its heading."""

    headings: tuple[str, ...]
    is_required: bool = False


class Check(_Part, frozen=True, kw_only=True):
    """A comparison of `compare.py`. `fields`: what is compared; none given: all that can be."""

    check: CheckName
    fields: tuple[str, ...] = ()
    max_days: int | None = None


class SampleExpected(_Part, frozen=True, kw_only=True):
    """What the sample must be read as: fields that are not named may be anything."""

    kind: str
    fields: dict[str, str] = {}
    members: tuple[dict[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    pages: str = ""
    """"1/2": page one of two."""


class Sample(_Part, frozen=True, kw_only=True):
    """A fictional page drawn in letters: two spaces or more part what is read as two lines; `#` begins large print."""

    name: str
    page: str
    expect: SampleExpected


class Paper(_Part, frozen=True, kw_only=True):
    """A kind of document. `kinds`: the kinds of the services' requirements that it answers.

    One that answers none is only recognised, to tell the person what he has sent. `ignore`: printed words that are
    neither labels nor values, such as translations. `min_side`: pixels of the longer side that its smallest print
    needs; of a card less than of a sheet. `members`: the table of persons; `foot`: words that end it.
    """

    id: str
    label: Text
    kinds: tuple[str, ...] = ()
    titles: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    against: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    members: tuple[Column, ...] = ()
    foot: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    samples: tuple[Sample, ...] = ()
    min_side: int = 680

    @property
    def main_field(self) -> str:
        """The field that holds the number by which the paper is known; "" for a paper without one."""
        return next((field.id for field in self.fields if field.is_main), "")

    @property
    def required_fields(self) -> tuple[str, ...]:
        """The fields that must be readable."""
        return tuple(field.id for field in self.fields if field.is_required)

    def at_first_sight(self) -> Paper:
        """The paper with nothing but its main number required: more is not read before the first verdict."""
        fields = tuple(structs.replace(each, is_required=each.is_required and each.is_main) for each in self.fields)
        columns = tuple(structs.replace(each, is_required=False) for each in self.members)
        return structs.replace(self, fields=fields, members=columns)

    def label_of(self, field_id: str) -> Text | None:
        """How a field or a column is called on pages; None for one that the paper does not have."""
        return next((each.label for each in (*self.fields, *self.members) if each.id == field_id), None)
