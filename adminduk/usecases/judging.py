"""What a requirement wants on a page, and what the catalogue says of a picture: where both meet."""

from __future__ import annotations

from datetime import date

from adminduk.catalogue.papers.types import Expectation, Measures, ReadPage, ReadPaper, Verdict
from adminduk.modules.applications.types import Case
from adminduk.usecases.outside import reads_documents

PORTRAIT = "portrait"


def paper_of(kind: str) -> str:
    """The paper that a requirement's kind asks for; "" for one that nobody can read."""
    return ""


def is_portrait(kind: str) -> bool:
    """Whether a face is wanted."""
    return paper_of(kind) == PORTRAIT


def is_read(kind: str) -> bool:
    """Whether pages of this kind are read: a portrait has no text, and reading may be switched off."""
    return paper_of(kind) not in ("", PORTRAIT) and reads_documents()


def expectation(kind: str, case: Case) -> Expectation:
    """What is wanted on a page of this kind, for the person of the case."""
    born = case.subject.get("birth_date")
    return Expectation(paper_of(kind), date.fromisoformat(born) if born else None)


def first_verdict(measures: Measures | None, *, wanted: Expectation) -> Verdict | None:
    """At upload, by the quick look alone; None where there was none."""
    return None


def final_verdict(
    measures: Measures | None, seen: ReadPage, paper: ReadPaper | None, *, wanted: Expectation
) -> Verdict:
    """After reading."""
    return Verdict(accepted=True)


def understand(seen: ReadPage) -> ReadPaper | None:
    """The kind of paper and its fields."""
    return None
