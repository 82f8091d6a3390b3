"""What was read on a citizen's own pages, for the citizen: values to begin with, and differences worth a look.

Nothing here is kept or decides: a value that was read stands in a field until its owner saves it, and is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.papers.compare import Against, Agreement, Finding, compare, missing_pages, row_of
from adminduk.catalogue.papers.schema import Paper
from adminduk.catalogue.papers.types import ReadField, ReadPaper
from adminduk.catalogue.problems import names_in
from adminduk.catalogue.schema import Question
from adminduk.catalogue.text import Text
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.documents import readings
from adminduk.modules.documents.types import ReadingState
from adminduk.readmodels.citizen_form import Form
from adminduk.readmodels.paper_values import known_of, plain

SURE_ENOUGH: Final = 0.8  # below, a value is not worth proposing


@dataclass(frozen=True, slots=True)
class Remark:
    """One difference in words, about a document. `group` and `question`: the answer that may have to change, or ""."""

    requirement: str
    text: Text
    group: str = ""
    question: str = ""


def propose(actor: Actor, form: Form, questions: Iterable[Question], *, catalogue: Catalogue) -> dict[str, str]:
    """Values off the pages for questions that have no answer yet; nothing where nothing sure was read."""
    open_questions = [one for one in questions if one.read_from and one.id not in form.case.answers]
    papers = [paper for _, paper in _papers(actor, form)] if open_questions else []
    proposed = ((question.id, _proposal(question, papers, form, catalogue)) for question in open_questions)
    return {question_id: value for question_id, value in proposed if value}


def list_remarks(actor: Actor, form: Form, *, catalogue: Catalogue) -> tuple[Remark, ...]:
    """Sure differences between the pages and what else is known, and pages that are missing; each once."""
    read = _papers(actor, form)
    known = known_of(form.case, form.release, today=form.today)
    found: list[Remark] = []
    for requirement, paper in read:
        definition = catalogue.papers.paper(paper.kind)
        if definition is None:
            continue
        others = replace(known, papers=[other for _, other in read if other is not paper])
        found += (
            _remark(requirement, finding, definition, form, catalogue)
            for finding in compare(paper, definition, others)
            if finding.agreement is Agreement.DIFFERS
            and finding.member in (None, row_of(known.applicant_nik, paper))  # nobody else's data
        )
    for requirement in dict.fromkeys(requirement for requirement, _ in read):
        found += _missing(requirement, _lacking(requirement, read, form))
    return tuple(dict.fromkeys(found))


def list_missing(actor: Actor, form: Form, requirement_id: str) -> tuple[int, ...]:
    """Numbers of the pages that a document says it has and that are not there."""
    return _lacking(requirement_id, _papers(actor, form), form)


def _lacking(requirement: str, read: list[tuple[str, ReadPaper]], form: Form) -> tuple[int, ...]:
    papers = [paper for where, paper in read if where == requirement]
    return missing_pages(papers, unread=form.count(requirement) - len(papers))


def _papers(actor: Actor, form: Form) -> list[tuple[str, ReadPaper]]:
    """What was understood, with the requirement that it answers, in order. Asks nothing where nothing was read."""
    pages = [page for of_document in form.pages.values() for page in of_document]
    if not any(page.reading is ReadingState.DONE for page in pages):
        return []
    with acting_as(actor):
        read = readings.list_of_application(form.case.id, region_id=form.case.region_id)
    where: Mapping[UUID, str] = {page.id: page.requirement for page in pages}
    return [(where[page_id], one.paper) for page_id, one in read.items() if one.paper and page_id in where]


# --- proposals --------------------------------------------------------------------------------------------------------


def _proposal(question: Question, papers: list[ReadPaper], form: Form, catalogue: Catalogue) -> str:
    nik = str(form.case.subject.get("nik", ""))
    for source in question.read_from:
        for paper in papers:
            if paper.kind != source.paper:
                continue
            values = {name: found.value for name, found in _fields_of(paper, nik).items() if _is_sure(found)}
            if names_in(source.value) <= values.keys():
                return _as_answer(question, source.value.format_map(values))
    return ""


def _fields_of(paper: ReadPaper, nik: str) -> Mapping[str, ReadField]:
    """The paper's own fields, and those of the applicant in the table of a family."""
    for member in paper.members:
        if "nik" in member.fields and member.fields["nik"].value == nik:
            return {**member.fields, **paper.fields}
    return paper.fields


def _is_sure(found: ReadField) -> bool:
    return found.is_certain or found.confidence >= SURE_ENOUGH


def _as_answer(question: Question, value: str) -> str:
    """A choice by the words that it begins with; of other questions the words themselves, if they fit."""
    if question.choices:
        upper = value.upper()
        fitting = [choice.value for choice in question.choices if upper.startswith(choice.label.get("id").upper())]
        return fitting[0] if fitting else ""
    return value if question.max_length is None or len(value) <= question.max_length else ""


# --- remarks ----------------------------------------------------------------------------------------------------------


def _remark(requirement: str, finding: Finding, paper: Paper, form: Form, catalogue: Catalogue) -> Remark:
    label = paper.label_of(finding.field) or Text(finding.field, finding.field)
    kind = next((part.type for part in (*paper.fields, *paper.members) if part.id == finding.field), "")
    read, known = plain(kind, finding.read), plain(kind, finding.known)
    if finding.against is Against.APPLICANT:
        return Remark(
            requirement, Text("NIK pemohon tidak ditemukan di sini.", "The applicant's NIK was not found here.")
        )
    if finding.against is Against.TODAY:
        return Remark(
            requirement,
            Text(f"Surat ini bertanggal {read}. Pastikan masih berlaku.", f"Dated {read}. Make sure it still holds."),
        )
    if finding.against is Against.PAPER:
        other = catalogue.papers.paper(finding.paper)
        where = other.label if other else Text("dokumen lain", "another document")
    else:
        where = _WHERE[finding.against]
    text = (
        f"{label.get(lang)}: {on} {read}, {where.get(lang)} {known}."
        for lang, on in (("id", "di foto"), ("en", "on the picture"))
    )
    return Remark(requirement, Text(*text), *_question_of(finding, form))


_WHERE: Final = {
    Against.FORM: Text("isian Anda", "your answer"),
    Against.REGISTER: Text("data kependudukan", "the register"),
    Against.NIK: Text("menurut NIK", "by the NIK"),
}


def _question_of(finding: Finding, form: Form) -> tuple[str, str]:
    if finding.against is Against.FORM:
        for group in form.groups:
            for question in form.questions(group.id):
                if any(finding.field in names_in(source.value) for source in question.read_from):
                    return group.id, question.id
    return "", ""


def _missing(requirement: str, numbers: tuple[int, ...]) -> Iterator[Remark]:
    for number in numbers:
        text = Text(f"Halaman {number} belum ada. Foto juga halaman itu.", f"Page {number} is missing. Add it too.")
        yield Remark(requirement, text)
