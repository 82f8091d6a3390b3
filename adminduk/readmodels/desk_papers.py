"""What the machine found on the pages of a case, beside what the citizen typed and what the register says.

It lays out and marks; nothing here decides, and what the machine is not sure of is said to be unsure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from adminduk.catalogue.papers.compare import Agreement, Finding, Known, agreement_of, compare, missing_pages
from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.schema import Column, Field, Paper
from adminduk.catalogue.papers.types import Box, Cause, ReadField, ReadMember, ReadPaper
from adminduk.catalogue.release import Release
from adminduk.catalogue.text import Text
from adminduk.foundation import clock
from adminduk.modules.applications.types import Case
from adminduk.modules.documents.examined import Examined
from adminduk.modules.documents.origin import Origin
from adminduk.modules.documents.ports import MOST_SLOTS, SLOT_HEIGHT, SLOT_WIDTH
from adminduk.modules.documents.types import StoredPage, Word
from adminduk.readmodels.desk import Piece, differing
from adminduk.readmodels.paper_values import NUMBERS, Sureness, known_of, plain, sureness_of

MEMBERS: Final = "anggota"
_APPLICANT: Final = ("nik", "nama", "tanggal_lahir", "jenis_kelamin")
_TABLE: Final = ("nama", "nik", "tanggal_lahir", "jenis_kelamin", "shdk")
_IN_ROWS: Final = frozenset({"same_as_form", "same_as_register"})  # their findings are the rows of the table


@dataclass(frozen=True, slots=True)
class Row:
    """One value: on the page, typed, registered. `read` is empty when a value that must be there was not found.

    `slot`: its place in the strip of cut pieces, None without one. `word`: the officer has said that it was misread.
    `agreement` None: there is nothing to compare with.
    """

    subject: str
    label: Text
    read: tuple[Piece, ...]
    typed: tuple[Piece, ...]
    known: tuple[Piece, ...]
    agreement: Agreement | None
    sureness: Sureness = Sureness.UNSURE
    box: Box | None = None
    slot: int | None = None
    word: Word | None = None

    @property
    def is_main(self) -> bool:
        """Compared, or not there though it must be: what the officer has to look at."""
        return self.agreement is not None or not self.read

    @property
    def right(self) -> str:
        """The likely right value of one that was misread: the register's, else the typed one."""
        return " ".join(piece.text for piece in self.known or self.typed)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in the table of a family; `is_sure` is False where another look is needed."""

    text: str
    is_number: bool
    is_sure: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person on a Kartu Keluarga; `is_applicant`: by the NIK, or by the name where the NIK could not be read."""

    number: int
    cells: tuple[Cell | None, ...]
    is_applicant: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding of the cross-checks that is not in the rows, its field and values as people write them."""

    finding: Finding
    label: Text
    read: str
    known: str
    other: Text | None
    """The other paper with which it was compared."""
    person: str
    """Whom of the family it concerns, "" for the paper itself."""


@dataclass(frozen=True, slots=True)
class PageShown:
    """What is said of one page. `wrong` are the causes for which it was refused; `seen` the kind it seems to be."""

    page: StoredPage
    number: int
    wrong: tuple[Cause, ...]
    seen: Text | None
    origin: Origin
    word: Word | None
    is_late: bool
    """It should have been read by now: whoever decides reads it himself."""
    rows: tuple[Row, ...] = ()
    members: tuple[MemberRow, ...] = ()
    columns: tuple[Text, ...] = ()
    noted: tuple[Noted, ...] = ()
    lacking: tuple[int, ...] = ()
    """Numbers of pages that the paper says it has and that were not sent; told with its first page that was read."""

    @property
    def slot_size(self) -> tuple[int, int]:
        """Width and height of a piece, in pixels."""
        return SLOT_WIDTH, SLOT_HEIGHT

    @property
    def slots(self) -> int:
        """How many pieces its strip has."""
        return sum(row.slot is not None for row in self.rows)

    @property
    def subjects(self) -> str:
        """The values whose pieces the strip shows, for its address: names of fields, nobody's data."""
        return ",".join(row.subject for row in self.rows if row.slot is not None)

    @property
    def differences(self) -> int:
        """How many values differ for sure, besides those that the officer has called misread."""
        rows = sum(row.agreement is Agreement.DIFFERS and row.word is None for row in self.rows)
        return rows + sum(note.finding.agreement is Agreement.DIFFERS for note in self.noted)


def show_pages(
    case: Case,
    release: Release,
    *,
    pages: tuple[StoredPage, ...],
    examined: Examined,
    papers: Papers,
    today: date,
) -> dict[UUID, PageShown]:
    """By page, what there is to show beside it."""
    understood = {page_id: reading.paper for page_id, reading in examined.readings.items() if reading.paper}
    known, now = known_of(case, release, today=today), clock.now()
    shown, numbers, lacking = dict[UUID, PageShown](), dict[str, int](), _lacking(pages, understood)
    for page in pages:
        numbers[page.requirement] = numbers.get(page.requirement, 0) + 1
        read = understood.get(page.id)
        paper = papers.paper(read.kind) if read else None
        of_page = PageShown(
            page=page,
            number=numbers[page.requirement],
            wrong=tuple(reason.cause for reason in page.verdict.reasons) if page.verdict else (),
            seen=paper.label if paper and page.kind not in paper.kinds else None,
            origin=examined.origins.get(page.id, Origin()),
            word=examined.words.get((page.id, "")),
            is_late=page.waits_too_long(now),
        )
        if read and paper:
            others = tuple(other for page_id, other in understood.items() if page_id != page.id)
            at_hand = replace(known, papers=others)
            said = {subject: word for (page_id, subject), word in examined.words.items() if page_id == page.id}
            of_page = replace(
                of_page,
                rows=_slotted(sorted(_rows(read, paper, at_hand), key=lambda row: not row.is_main), said),
                members=_members(read, at_hand),
                columns=tuple(paper.label_of(name) or Text(name, name) for name in _TABLE) if read.members else (),
                noted=tuple(_noted(read, paper, at_hand, papers)),
                lacking=lacking.pop(page.requirement, ()),
            )
        shown[page.id] = of_page
    return shown


def _lacking(pages: tuple[StoredPage, ...], understood: Mapping[UUID, ReadPaper]) -> dict[str, tuple[int, ...]]:
    """By document, the numbers of pages that it says it has and that were not sent."""
    sent: dict[str, list[UUID]] = {}
    for page in pages:
        sent.setdefault(page.requirement, []).append(page.id)
    read = {where: [understood[each] for each in ids if each in understood] for where, ids in sent.items()}
    return {where: missing_pages(read[where], unread=len(ids) - len(read[where])) for where, ids in sent.items()}


def _rows(read: ReadPaper, paper: Paper, known: Known) -> Iterator[Row]:
    compared = {name for check in paper.checks if check.check in _IN_ROWS for name in check.fields}
    for part in paper.fields:
        found = read.fields.get(part.id)
        if found is not None:
            yield _row(part.id, part, found, known if part.id in compared else None)
        elif part.is_required:
            yield _absent(part, known)
    number, member = _applicant(read, known)
    if member is not None:
        for column in paper.members:
            if column.id in _APPLICANT and column.id in member.fields:
                yield _row(f"{MEMBERS}.{number}.{column.id}", column, member.fields[column.id], known)


def _row(subject: str, part: Field | Column, found: ReadField, known: Known | None) -> Row:
    """`known` None: this value is not compared with anything."""
    typed = known.form.get(part.id, "") if known else ""
    registered = known.register.get(part.id, "") if known else ""
    value = registered or typed
    agreement = agreement_of(part, found, value) if value else None
    mine, theirs = _whole(part, found.value), _whole(part, value)
    if agreement in (Agreement.DIFFERS, Agreement.UNSURE):
        mine, theirs = differing(plain(part.type, found.value), plain(part.type, value))
    return Row(
        subject=subject,
        label=part.label,
        read=mine,
        typed=_whole(part, typed) if registered else theirs,
        known=theirs if registered else (),
        agreement=agreement,
        sureness=sureness_of(part.type, found),
        box=found.box,
    )


def _absent(part: Field, known: Known) -> Row:
    """A value that the paper must have, and that could not be read."""
    typed, registered = known.form.get(part.id, ""), known.register.get(part.id, "")
    return Row(part.id, part.label, (), _whole(part, typed), _whole(part, registered), None)


def _whole(part: Field | Column, value: str) -> tuple[Piece, ...]:
    return (Piece(plain(part.type, value), False),) if value else ()


def _slotted(rows: list[Row], said: Mapping[str, Word]) -> tuple[Row, ...]:
    """The first rows with a place get a slot of the strip, in their order."""
    with_place = [row.subject for row in rows if row.box is not None][:MOST_SLOTS]
    slots = {subject: number for number, subject in enumerate(with_place)}
    return tuple(replace(row, slot=slots.get(row.subject), word=said.get(row.subject)) for row in rows)


def _applicant(read: ReadPaper, known: Known) -> tuple[int, ReadMember | None]:
    """Whose row in the family's table it is, counted from 1: by NIK, else by name."""
    for name, value in (("nik", known.applicant_nik), ("nama", known.applicant_name)):
        for number, member in enumerate(read.members, 1):
            found = member.fields.get(name)
            if found and value and found.value.casefold() == value.casefold():
                return number, member
    return 0, None


def _members(read: ReadPaper, known: Known) -> tuple[MemberRow, ...]:
    applicant, _ = _applicant(read, known)
    return tuple(
        MemberRow(number, tuple(_cell(name, member.fields.get(name)) for name in _TABLE), number == applicant)
        for number, member in enumerate(read.members, 1)
    )


def _cell(name: str, found: ReadField | None) -> Cell | None:
    if found is None:
        return None
    kind = {"tanggal_lahir": "date", "jenis_kelamin": "sex"}.get(name, name)
    return Cell(plain(kind, found.value), name in NUMBERS, sureness_of(kind, found) is not Sureness.UNSURE)


def _noted(read: ReadPaper, paper: Paper, known: Known, papers: Papers) -> Iterator[Noted]:
    """Findings that do not agree, each once: the surest first."""
    found = [one for one in compare(read, paper, known) if one.check not in _IN_ROWS]
    found = [one for one in found if one.agreement is not Agreement.AGREES]
    for finding in sorted(dict.fromkeys(found), key=lambda one: one.agreement is not Agreement.DIFFERS):
        part = next((each for each in (*paper.fields, *paper.members) if each.id == finding.field), None)
        other = papers.paper(finding.paper)
        name = read.members[finding.member].fields.get("nama") if finding.member is not None else None
        kind = part.type if part else ""
        yield Noted(
            finding=finding,
            label=part.label if part else Text(finding.field, finding.field),
            read=plain(kind, finding.read),
            known=plain(kind, finding.known),
            other=other.label if other else None,
            person=name.value if name else str(finding.member + 1) if finding.member is not None else "",
        )
