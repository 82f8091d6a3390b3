"""What a page says beside what else is known: findings for the officer, who decides. Nothing here refuses anything.

A difference is often a misread letter, or lawful: a NIK keeps the date with which it was given. So a finding `differs`
only where the reading is sure, and is `unsure` where another look will do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Hamming

from adminduk.catalogue.papers.letters import letters
from adminduk.catalogue.papers.numbers import nik_of
from adminduk.catalogue.papers.schema import Check, Column, Field, Paper
from adminduk.catalogue.papers.titles import OTHER
from adminduk.catalogue.papers.types import ReadField, ReadMember, ReadPaper
from adminduk.kernel.identifiers import Nik

_SURE: Final = 0.88
_ALMOST: Final = 86.0
_SAME_ADDRESS: Final = 80.0
_MISREAD_DIGITS: Final = 2


class Agreement(StrEnum):
    """How what was read stands to what is known."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNSURE = "unsure"


class Against(StrEnum):
    """What the page was compared with."""

    NIK = "nik"
    FORM = "form"
    REGISTER = "register"
    PAPER = "paper"
    TODAY = "today"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison. `read` stands on the page at `found`, `known` is what it was compared with.

    `member` is the place in the table of persons (from 0), None for the paper itself. `field` is a field's or column's
    id of the paper; `paper` the kind of the other paper where that is what it was compared with.
    """

    check: str
    field: str
    agreement: Agreement
    against: Against
    read: str
    known: str
    found: ReadField | None = None
    member: int | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the page. `form` and `register` hold values under the field ids of papers.

    Dates are ISO text, sex is L or P. An absent value is not compared.
    """

    today: date
    form: Mapping[str, str] = field(default_factory=dict)
    register: Mapping[str, str] = field(default_factory=dict)
    applicant_nik: str = ""
    applicant_name: str = ""
    papers: Sequence[ReadPaper] = ()
    """The application's other papers; several pages of one paper may stand there too."""


def compare(read: ReadPaper, paper: Paper, known: Known) -> tuple[Finding, ...]:
    """All findings of the checks that the paper's definition names, in its order."""
    return tuple(finding for check in paper.checks for finding in _CHECKS[check.check](read, paper, check, known))


def missing_pages(pages: Sequence[ReadPaper], *, unread: int = 0) -> tuple[int, ...]:
    """The numbers of pages that a paper says it has and that are not among `pages`; none when no page says so.

    `unread`: how many more were sent that nobody has understood yet. They, and pages whose number was not read, may be
    the ones that seem to lack: then nothing is said.
    """
    counting = max(pages, key=lambda page: page.page_count or 0, default=None)
    if counting is None or not counting.page_count:
        return ()
    there = {page.page_number for page in pages if page.page_number}
    lacking = tuple(number for number in range(1, counting.page_count + 1) if number not in there)
    unknown = sum(not page.page_number and page.kind in (counting.kind, OTHER) for page in pages)
    return lacking if len(lacking) > unknown + unread else ()


def _nik_birth_date(read: ReadPaper, paper: Paper, check: Check, known: Known) -> Iterator[Finding]:
    for number, member, nik, fields in _persons(read):
        printed = fields.get("tanggal_lahir")
        born = _day(printed)
        if printed is not None and born is not None:
            agrees = nik.agrees_with_birth_date(born)
            inside = f"{int(nik.digits[6:8]) % 40:02d}-{nik.digits[8:10]}-{nik.digits[10:12]}"
            yield Finding(
                check.check, "tanggal_lahir", _sure(agrees, printed, number), Against.NIK,
                printed.value, inside, printed, member,
            )  # fmt: skip


def _nik_sex(read: ReadPaper, paper: Paper, check: Check, known: Known) -> Iterator[Finding]:
    for number, member, nik, fields in _persons(read):
        printed = fields.get("jenis_kelamin")
        if printed is not None:
            agreement = _sure(nik.sex == printed.value, printed, number)
            yield Finding(check.check, "jenis_kelamin", agreement, Against.NIK, printed.value, nik.sex, printed, member)


def _same_as_form(read: ReadPaper, paper: Paper, check: Check, known: Known) -> Iterator[Finding]:
    yield from _with_values(read, paper, check, known, Against.FORM)


def _same_as_register(read: ReadPaper, paper: Paper, check: Check, known: Known) -> Iterator[Finding]:
    """Where the register says nothing: what the person has told of himself."""
    yield from _with_values(read, paper, check, known, Against.REGISTER)
    told = {name: value for name, value in known.form.items() if not known.register.get(name)}
    yield from _with_values(read, paper, check, replace(known, form=told), Against.FORM)


def _with_values(read: ReadPaper, paper: Paper, check: Check, known: Known, against: Against) -> Iterator[Finding]:
    """The paper's own values, and in a table of persons those of the applicant."""
    values, row = known.register if against is Against.REGISTER else known.form, row_of(known.applicant_nik, read)
    described: tuple[Field | Column, ...] = (*paper.fields, *(paper.members if row is not None else ()))
    for each in described:
        member = row if isinstance(each, Column) else None
        fields = read.fields if member is None else read.members[member].fields
        found, value = fields.get(each.id), values.get(each.id, "")
        if found is None or not value or (check.fields and each.id not in check.fields):
            continue
        agreement = agreement_of(each, found, value)
        yield Finding(check.check, each.id, agreement, against, found.value, value, found, member)


def row_of(nik: str, read: ReadPaper) -> int | None:
    """Where in the table of persons somebody stands, from 0."""
    return next((at for at, member in enumerate(read.members) if nik and _nik_of(member) == nik), None)


def _nik_of(member: ReadMember) -> str:
    return member.fields["nik"].value if "nik" in member.fields else ""


def _same_as_papers(read: ReadPaper, paper: Paper, check: Check, known: Known) -> Iterator[Finding]:
    """The same person or the same family on another paper."""
    described: tuple[Field | Column, ...] = (*paper.fields, *paper.members)
    for other in known.papers:
        if other.kind == read.kind and not read.page_count:
            continue
        for member, mine, theirs in _same_persons(read, other):
            for each in described:
                is_mine = (member is None) == isinstance(each, Field)
                one, two = mine.get(each.id), theirs.get(each.id)
                if not is_mine or each.id not in check.fields or one is None or two is None:
                    continue
                agreement = agreement_of(each, one, two.value)
                if agreement is Agreement.DIFFERS and two.confidence < _SURE:
                    agreement = Agreement.UNSURE
                yield Finding(
                    check.check, each.id, agreement, Against.PAPER, one.value, two.value, one, member, other.kind
                )


def _same_persons(
    read: ReadPaper, other: ReadPaper
) -> Iterator[tuple[int | None, Mapping[str, ReadField], Mapping[str, ReadField]]]:
    """Fields of one person on both papers, found by the NIK; those of the papers themselves where both hold no NIK."""
    for _, member, mine in _by_nik(read):
        for _, _, theirs in _by_nik(other):
            if mine["nik"].value == theirs["nik"].value:
                yield member, mine, theirs
    if read.members and other.members:
        yield None, read.fields, other.fields


def _by_nik(read: ReadPaper) -> Iterator[tuple[str, int | None, Mapping[str, ReadField]]]:
    if "nik" in read.fields:
        yield read.fields["nik"].value, None, read.fields
    for index, member in enumerate(read.members):
        if "nik" in member.fields:
            yield member.fields["nik"].value, index, member.fields


def _applicant_is_on_it(read: ReadPaper, paper: Paper, check: Check, known: Known) -> Iterator[Finding]:
    if not known.applicant_nik:
        return
    pages = [read, *(other for other in known.papers if other.kind == read.kind)]
    niks = {value: page.members[member].fields["nik"] for page in pages for value, member, _ in _members(page)}
    found = niks.get(known.applicant_nik)
    if found is not None:
        agreement = Agreement.AGREES
    else:
        near = [value for value in niks if _is_near(value, known.applicant_nik)]
        is_whole = not missing_pages(pages) and all("nik" in member.fields for page in pages for member in page.members)
        is_named = any(_same_text(_name_of(page, member), known.applicant_name) for page in pages
                       for member in range(len(page.members)))  # fmt: skip
        is_absent = is_whole and bool(niks) and not near and not is_named
        agreement = Agreement.DIFFERS if is_absent else Agreement.UNSURE
        found = niks[near[0]] if near else None
    yield Finding(
        check.check, "nik", agreement, Against.APPLICANT, found.value if found else "", known.applicant_nik, found
    )


def _members(page: ReadPaper) -> Iterator[tuple[str, int, Mapping[str, ReadField]]]:
    return ((value, member, fields) for value, member, fields in _by_nik(page) if member is not None)


def _name_of(page: ReadPaper, member: int) -> str:
    name = page.members[member].fields.get("nama")
    return name.value if name else ""


def _letter_age(read: ReadPaper, paper: Paper, check: Check, known: Known) -> Iterator[Finding]:
    for name in check.fields:
        found = read.fields.get(name)
        day = _day(found)
        if found is None or day is None:
            yield Finding(check.check, name, Agreement.UNSURE, Against.TODAY, "", known.today.isoformat())
            continue
        days = (known.today - day).days
        is_fine = 0 <= days <= (check.max_days or 36500)
        agreement = _sure(is_fine, found)
        yield Finding(check.check, name, agreement, Against.TODAY, found.value, known.today.isoformat(), found)


def agreement_of(described: Field | Column, found: ReadField, known: str) -> Agreement:
    """How a read value stands to a known one, by the type of the field."""
    if described.type in ("name", "place", "text"):
        return _agreement_of_words(described, found, known)
    if found.value == known:
        return Agreement.AGREES
    if described.type in ("nik", "no_kk") and _is_near(found.value, known) and not found.is_certain:
        return Agreement.UNSURE
    return _sure(False, found)


def _agreement_of_words(described: Field | Column, found: ReadField, known: str) -> Agreement:
    if _same_text(found.value, known):
        return Agreement.AGREES
    one, two = letters(found.value), letters(known)
    if described.type == "text" and fuzz.token_set_ratio(found.value.upper(), known.upper()) >= _SAME_ADDRESS:
        return Agreement.AGREES
    if one and two and (fuzz.ratio(one, two) >= _ALMOST or one.startswith(two) or two.startswith(one)):
        return Agreement.UNSURE
    return _sure(False, found)


def _same_text(one: str, other: str) -> bool:
    """Spaces and marks are lost in reading: BUDISANTOSO and Budi Santoso are one."""
    return bool(letters(one)) and letters(one) == letters(other)


def _is_near(one: str, other: str) -> bool:
    return len(one) == len(other) and Hamming.distance(one, other) <= _MISREAD_DIGITS


def _sure(agrees: bool, *found: ReadField) -> Agreement:
    if agrees:
        return Agreement.AGREES
    is_sure = all(each.confidence >= _SURE for each in found)
    return Agreement.DIFFERS if is_sure else Agreement.UNSURE


def _day(found: ReadField | None) -> date | None:
    """The day that was read; None for none, and for what an officer has put in its place that is no date."""
    try:
        return date.fromisoformat(found.value) if found else None
    except ValueError:
        return None


def _persons(read: ReadPaper) -> Iterator[tuple[ReadField, int | None, Nik, Mapping[str, ReadField]]]:
    """Everybody on the paper whose NIK was read and can be one."""
    for value, member, fields in _by_nik(read):
        nik = nik_of(value)
        if nik is not None:
            yield fields["nik"], member, nik, fields


_CHECKS: Final[dict[str, Callable[[ReadPaper, Paper, Check, Known], Iterator[Finding]]]] = {
    "nik_birth_date": _nik_birth_date,
    "nik_sex": _nik_sex,
    "same_as_form": _same_as_form,
    "same_as_register": _same_as_register,
    "same_as_papers": _same_as_papers,
    "applicant_is_on_it": _applicant_is_on_it,
    "letter_age": _letter_age,
}
