"""From lines of text to a paper understood: kind, fields, members, numbers, page n of m."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rapidfuzz.distance import Levenshtein

from adminduk.catalogue.papers.dates import date_in
from adminduk.catalogue.papers.layout import Piece, is_same_row, pieces_of
from adminduk.catalogue.papers.letters import digits, letters
from adminduk.catalogue.papers.numbers import (
    Run,
    Witness,
    is_certain_nik,
    is_certain_no_kk,
    is_plausible,
    is_possible_no_kk,
    nik_of,
    runs_in,
)  # fmt: skip
from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.regions import Regions
from adminduk.catalogue.papers.schema import Field, Paper
from adminduk.catalogue.papers.titles import OTHER
from adminduk.catalogue.papers.types import Box, ReadField, ReadMember, ReadPage, ReadPaper
from adminduk.catalogue.papers.values import sex_of
from adminduk.catalogue.papers.zeros import settle_zeros

_PAGE_OF: Final = re.compile(
    r"\b(?:HAL(?:AMAN)?|LEMBAR(?:\s*KE)?|PAGE)\b[\s.:]*(?:KE[\s:-]*)?([0-9IlO]{1,2})\s*(?:DARI|/|OF)\s*([0-9IlO]{1,2})\b",
    re.IGNORECASE,
)
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_PART: Final = re.compile(r"(?<=[/.])[IVXNLTM1]{1,4}(?=[/.][12][0-9]{3})")
_YEAR_PART: Final = re.compile(r"(?<=[/.])[0-9]{3}$")
_LINES_OF_A_DOCUMENT: Final = 5
_LETTERS_OF_A_LINE: Final = 3
_LEGIBLE: Final = 0.6
_TOLD: Final = 0.9
_TOLD_LETTER: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Number:
    """A run of sixteen digits with the piece in which it stands."""

    run: Run
    piece: Piece


def read_paper(page: ReadPage, papers: Papers) -> ReadPaper:
    """Understand a page. Never raises for any lines; what is not there is absent, what is doubtful is not certain."""
    pieces = settle_zeros(pieces_of(page.lines), papers.regions)
    kind = papers.titles.kind_of(pieces)
    numbers = [_Number(run, piece) for piece in pieces for run in runs_in(piece.text)]
    numbers = [number for number in numbers if is_plausible(number.run.digits, papers.regions)]
    number, count = _page_of(pieces)
    paper = papers.paper(kind.id)
    fields: dict[str, ReadField] = {}
    members: tuple[ReadMember, ...] = ()
    if paper is not None:
        fields = papers.field_reader(paper.id).read(pieces)
        fields = _with_main_number(fields, paper, numbers, pieces)
        if paper.members:
            outside = frozenset(fields[name].value for name in (paper.main_field,) if name in fields)
            members = papers.household_reader(paper.id).read(pieces, outside)
    judge = _Judge(numbers, papers.regions)
    fields = _corrected(fields, paper, papers.regions) if paper else fields
    return ReadPaper(
        kind=kind.id,
        kind_confidence=kind.confidence,
        is_document=kind.id != OTHER or _is_document(pieces),
        fields=judge.fields(fields, paper, members),
        members=tuple(judge.member(member, fields) for member in members),
        numbers16=judge.numbers(),
        page_number=number,
        page_count=count,
    )


def _is_document(pieces: Sequence[Piece]) -> bool:
    legible = [p for p in pieces if p.confidence >= _LEGIBLE and len(letters(p.text)) >= _LETTERS_OF_A_LINE]
    return len(legible) >= _LINES_OF_A_DOCUMENT


def _page_of(pieces: Sequence[Piece]) -> tuple[int | None, int | None]:
    for piece in pieces:
        found = _PAGE_OF.search(piece.text)
        if found:
            number, count = (int(digits(part)) for part in found.groups())
            if 1 <= number <= count <= 9:
                return number, count
    return None, None


def _with_main_number(
    fields: dict[str, ReadField], paper: Paper, numbers: Sequence[_Number], pieces: Sequence[Piece]
) -> dict[str, ReadField]:
    """A main number whose label was not read: the first on the page that can be one and is no other field's."""
    main = next((field for field in paper.fields if field.is_main), None)
    if main is None or main.id in fields or main.type not in ("nik", "no_kk"):
        return fields
    taken = {read.value for read in fields.values()}
    for number in numbers:
        is_members = bool(paper.members) and _is_in_table(number.piece, pieces)
        if not is_members and number.run.digits not in taken and _can_be(main, number.run.digits):
            piece = number.piece
            return fields | {main.id: ReadField(number.run.digits, piece.confidence, piece.box)}
        if main.type == "no_kk":  # it stands above the table; below, every number is a member's
            break
    return fields


def _is_in_table(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a person's sex or a date stands beside it."""
    row = [other.text for other in pieces if other is not piece and is_same_row(piece, other)]
    return any(sex_of(text) or date_in(text) for text in (*row, piece.text))


def _can_be(field: Field, number: str) -> bool:
    return nik_of(number) is not None if field.type == "nik" else is_possible_no_kk(number)


def _corrected(fields: dict[str, ReadField], paper: Paper, regions: Regions) -> dict[str, ReadField]:
    """Names of regions as the list writes them, looked for where the paper's main number was given."""
    main = fields.get(paper.main_field)
    prefix = main.value if main else ""
    better = dict(fields)
    for field in paper.fields:
        if field.region and field.id in fields:
            read = fields[field.id]
            better[field.id] = replace(read, value=regions.corrected(read.value, field.region, prefix))
    return better | _with_day_of_letter(better, paper)


def _with_day_of_letter(fields: dict[str, ReadField], paper: Paper) -> dict[str, ReadField]:
    """Numbers of letters hold month and year, the month in Roman figures; where a stroke is lost the date tells it."""
    day = next((_day(fields.get(field.id)) for field in paper.fields if field.is_dateline), None)
    better: dict[str, ReadField] = {}
    for field in paper.fields if day else ():
        read = fields.get(field.id)
        if day is None or read is None or field.type != "number":
            continue
        value = _nearly(read.value, _YEAR_PART, str(day.year))
        better[field.id] = replace(read, value=_nearly(value, _ROMAN_PART, _ROMAN[day.month - 1]))
    return better


def _nearly(value: str, part: re.Pattern[str], true: str) -> str:
    """The value with `true` in the place of a part that differs from it by one sign."""
    found = part.search(value)
    if found is None or Levenshtein.distance(found.group(), true) != 1:
        return value
    return value[: found.start()] + true + value[found.end() :]


class _Judge:
    """Says which readings are certain: those that something else on the page confirms."""

    def __init__(self, numbers: Sequence[_Number], regions: Regions) -> None:
        self._numbers = numbers
        self._regions = regions
        self._certain: set[str] = set()

    def fields(
        self, fields: dict[str, ReadField], paper: Paper | None, members: Sequence[ReadMember]
    ) -> dict[str, ReadField]:
        """The fields with `is_certain` where a number, date and sex agree."""
        if paper is None:
            return fields
        judged = dict(fields)
        birth, sex = _printed(fields, paper)
        for field in paper.fields:
            read = fields.get(field.id)
            if read is None or field.type not in ("nik", "no_kk"):
                continue
            is_owner = field.is_main or field.id == "nik"
            witness = self._witness(read.value, birth if is_owner else None, sex if is_owner else "")
            if self._is_certain(field.type, read.value, witness):
                judged[field.id] = replace(read, is_certain=True)
                if field.type == "nik" and is_owner:
                    judged |= _confirmed(judged, paper, birth)
        return judged

    def member(self, member: ReadMember, fields: dict[str, ReadField]) -> ReadMember:
        """The member with `is_certain` where NIK, date and sex agree."""
        read = member.fields.get("nik")
        if read is None:
            return member
        born, sex = member.fields.get("tanggal_lahir"), member.fields.get("jenis_kelamin")
        witness = self._witness(read.value, _day(born), sex.value if sex else "")
        if not self._is_certain("nik", read.value, witness):
            return member
        better = {"nik": replace(read, is_certain=True)}
        if born and witness.birth_date:
            better["tanggal_lahir"] = replace(born, is_certain=True)
        return ReadMember(member.fields | better)

    def numbers(self) -> tuple[ReadField, ...]:
        """Those read well enough to be told, in reading order; certain are those that a field or member confirmed."""
        return tuple(
            ReadField(each.run.digits, each.piece.confidence, each.piece.box, each.run.digits in self._certain)
            for each in self._numbers
            if each.piece.confidence >= _TOLD and each.piece.weakest >= _TOLD_LETTER
        )

    def _witness(self, number: str, birth: date | None, sex: str) -> Witness:
        others = [each.run.digits for each in self._numbers]
        return Witness(birth, sex, others.count(number) - 1, tuple(other for other in others if other != number))

    def _is_certain(self, kind: str, number: str, witness: Witness) -> bool:
        found = [each for each in self._numbers if each.run.digits == number and each.run.is_literal]
        judge = is_certain_nik if kind == "nik" else is_certain_no_kk
        is_certain = any(judge(number, each.piece, witness, self._regions) for each in found)
        if is_certain:
            self._certain.add(number)
        return is_certain


def _printed(fields: dict[str, ReadField], paper: Paper) -> tuple[date | None, str]:
    """Birth date and sex of the paper's own person."""
    birth = _day(fields.get("tanggal_lahir")) if paper.label_of("tanggal_lahir") else None
    sex = fields.get("jenis_kelamin")
    return birth, sex.value if sex else ""


def _confirmed(fields: dict[str, ReadField], paper: Paper, birth: date | None) -> dict[str, ReadField]:
    """The date that the certain NIK repeats is certain too."""
    read = fields.get("tanggal_lahir")
    return {"tanggal_lahir": replace(read, is_certain=True)} if read and birth else {}


def _day(read: ReadField | None) -> date | None:
    return date.fromisoformat(read.value) if read else None


def box_of_number(paper: ReadPaper, number: str) -> Box | None:
    """Where the number stands on the page; None when it was not read."""
    return next((read.box for read in paper.numbers16 if read.value == number), None)
