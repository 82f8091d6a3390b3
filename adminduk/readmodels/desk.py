"""How a case lies on an officer's desk: answers beside the register, documents, what happened, what to check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from adminduk.catalogue.conditions import Answer
from adminduk.catalogue.release import Release
from adminduk.catalogue.schema import ChecklistItem, Question
from adminduk.catalogue.text import Text
from adminduk.catalogue.types import Entitlement, Requirement
from adminduk.kernel.identifiers import Nik, NoKk
from adminduk.kernel.names import comparison_key
from adminduk.modules.applications.types import Case
from adminduk.modules.documents.types import StoredPage

NIK, KK, NAME, BORN = (
    Text("NIK", "NIK"),
    Text("No. KK", "No. KK"),
    Text("Nama", "Name"),
    Text("Tanggal lahir", "Date of birth"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `differs` where the other side says something else."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: what the citizen wrote and what the register says. `agrees` None: there is nothing to compare with."""

    id: str
    label: Text
    typed: tuple[Piece, ...]
    known: tuple[Piece, ...]
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the form, in words."""

    id: str
    label: Text
    words: tuple[Text, ...]
    was_mended: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its pages. `number` is its key on the keyboard, from 1."""

    number: int
    requirement: Requirement
    kind: Text
    pages: tuple[StoredPage, ...]

    @property
    def is_missing(self) -> bool:
        return not self.pages


@dataclass(frozen=True, slots=True)
class Desk:
    """The right and the middle column."""

    compared: tuple[Compared, ...]
    answered: tuple[Answered, ...]
    papers: tuple[Paper, ...]
    checklist: tuple[ChecklistItem, ...]
    entitlement: Entitlement
    differences: int


def arrange(
    case: Case, release: Release, *, pages: tuple[StoredPage, ...], mended: frozenset[str], today: date
) -> Desk:
    """Lay a case out; `mended` are the questions and documents of the last round of corrections."""
    facts = case.facts_on(today)
    compared = compare(case, release)
    return Desk(
        compared=compared,
        answered=_answered(case, release, facts=facts, mended=mended),
        papers=_papers(release.requirements(case.answers, facts), pages),
        checklist=release.checklist(case.answers, facts),
        entitlement=release.decide(case.answers, facts, today),
        differences=sum(row.agrees is False for row in compared),
    )


def compare(case: Case, release: Release) -> tuple[Compared, ...]:
    """The four answers of the sign-in, then each question that the register can answer."""
    subject, facts = case.subject, case.facts
    is_known = case.is_matched and bool(facts.get("is_matched"))
    rows = [
        _row("name", NAME, subject["name"], str(facts.get("name") or "") if is_known else ""),
        _row("nik", NIK, Nik.parse(subject["nik"]).grouped, ""),
        _row("no_kk", KK, NoKk.parse(subject["no_kk"]).grouped, ""),
        _row("birth_date", BORN, iso_day(subject["birth_date"]), iso_day(facts.get("birth_date")) if is_known else ""),
    ]
    if is_known:  # a match is the equality of all four: the numbers themselves are not kept a second time
        rows[1:3] = [Compared(row.id, row.label, row.typed, (), True) for row in rows[1:3]]
    for question in _questions(release):
        if not question.source or question.source in ("name", "birth_date"):
            continue
        typed, known = case.answers.get(question.id), facts.get(question.source) if is_known else None
        if typed is None and not known:
            continue
        rows.append(_row(question.id, question.label, _plain(question, typed), str(known or "")))
    return tuple(rows)


def differing(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces of words; those that the other side does not have are marked."""
    left, right = one.split(), other.split()
    keys = [comparison_key(word) or word for word in left], [comparison_key(word) or word for word in right]
    mine, theirs = [], []
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if a < b:
            mine.append(Piece(" ".join(left[a:b]), tag != "equal"))
        if c < d:
            theirs.append(Piece(" ".join(right[c:d]), tag != "equal"))
    return tuple(mine), tuple(theirs)


def answer_words(question: Question, answer: Answer) -> tuple[Text, ...]:
    """An answer as people read it: labels of choices, dates in words of figures."""
    values = answer if isinstance(answer, list | tuple) else (answer,)
    labels = {choice.value: choice.label for choice in question.choices}
    return tuple(labels.get(str(value)) or _said(question, value) for value in values)


def _said(question: Question, value: Any) -> Text:
    if question.type in ("statement", "boolean"):
        return Text("Ya", "Yes") if value in (True, "true", "ya") else Text("Tidak", "No")
    text = iso_day(str(value)) if question.type == "date" else str(value)
    return Text(text, text)


def _row(row_id: str, label: Text, typed: str, known: str) -> Compared:
    if not typed or not known:
        agrees = None if not known else True  # the citizen has confirmed what was shown to him
        return Compared(row_id, label, _whole(typed), _whole(known), agrees)
    if comparison_key(typed) == comparison_key(known):
        return Compared(row_id, label, _whole(typed), _whole(known), True)
    mine, theirs = differing(typed, known)
    return Compared(row_id, label, mine, theirs, False)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, False),) if text else ()


def _plain(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return ""
    return ", ".join(text.id for text in answer_words(question, answer))


def _answered(
    case: Case, release: Release, *, facts: Mapping[str, Any], mended: frozenset[str]
) -> tuple[Answered, ...]:
    sources = {question.id for question in _questions(release) if question.source}
    known = release.prune(case.answers, facts)
    return tuple(
        Answered(question.id, question.label, answer_words(question, known[question.id]), question.id in mended)
        for question in (*release.screening, *_questions(release))
        if question.id in known and question.id not in sources
    )


def _papers(requirements: tuple[Requirement, ...], pages: tuple[StoredPage, ...]) -> tuple[Paper, ...]:
    by_requirement: dict[str, list[StoredPage]] = {}
    for page in pages:
        by_requirement.setdefault(page.requirement, []).append(page)
    return tuple(
        Paper(
            number, needed, _kind(needed, by_requirement.get(needed.id, ())), tuple(by_requirement.get(needed.id, ()))
        )
        for number, needed in enumerate(requirements, 1)
    )


def _kind(needed: Requirement, pages: tuple[StoredPage, ...] | list[StoredPage]) -> Text:
    """What the citizen says that he sent, where there is a choice."""
    for each in needed.alternatives:
        if pages and pages[0].kind == each.kind:
            return each.label
    return needed.label


def _questions(release: Release) -> tuple[Question, ...]:
    return tuple(question for group in release.groups for question in group.questions)


def iso_day(value: object) -> str:
    """DD-MM-YYYY of ISO text; anything else as it is."""
    try:
        return date.fromisoformat(str(value)).strftime("%d-%m-%Y") if value else ""
    except ValueError:
        return str(value)
