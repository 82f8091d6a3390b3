"""What a requirement wants on a page, and what the catalogue says of a picture: where both meet."""

from __future__ import annotations

from datetime import date

from adminduk.catalogue.papers.reading import read_paper
from adminduk.catalogue.papers.types import Expectation, Measures, ReadPage, ReadPaper, Verdict
from adminduk.catalogue.papers.verdict import judge
from adminduk.modules.applications.types import Case
from adminduk.usecases.outside import catalogue, reads_documents

PORTRAIT = "portrait"
PORTRAIT_KINDS = frozenset({"pas_foto"})


def paper_of(kind: str) -> str:
    """The paper that a requirement's kind asks for; "" for one that nobody has defined how to read."""
    if kind in PORTRAIT_KINDS:
        return PORTRAIT
    paper = catalogue().papers.paper_for(kind)
    return paper.id if paper else ""


def is_portrait(kind: str) -> bool:
    """Whether a face is wanted."""
    return kind in PORTRAIT_KINDS


def is_read(kind: str) -> bool:
    """Whether pages of this kind are read: a portrait has no text, and reading may be switched off."""
    return paper_of(kind) not in ("", PORTRAIT) and reads_documents()


def expectation(kind: str, case: Case) -> Expectation:
    """What is wanted on a page of this kind, for the person of the case; no paper where none is defined for it."""
    born = case.subject.get("birth_date")
    return Expectation(paper_of(kind), date.fromisoformat(born) if born else None)


def first_verdict(measures: Measures | None, *, wanted: Expectation) -> Verdict | None:
    """At upload, by the quick look alone; None where there was none."""
    definition = catalogue().papers.paper(wanted.paper)
    return None if measures is None else judge(measures, expected=wanted, definition=definition)


def verdict_at_first_sight(
    measures: Measures | None, seen: ReadPage, paper: ReadPaper, *, wanted: Expectation
) -> Verdict:
    """After reading the lines that tell kind and main number: no more than these is asked for."""
    definition = catalogue().papers.paper(wanted.paper)
    return judge(
        measures,
        expected=wanted,
        page=seen,
        paper=paper,
        definition=definition.at_first_sight() if definition else None,
    )


def final_verdict(measures: Measures | None, seen: ReadPage, paper: ReadPaper, *, wanted: Expectation) -> Verdict:
    """After reading."""
    return judge(measures, expected=wanted, page=seen, paper=paper, definition=catalogue().papers.paper(wanted.paper))


def understand(seen: ReadPage) -> ReadPaper:
    """The kind of paper and its fields."""
    return read_paper(seen, catalogue().papers)
