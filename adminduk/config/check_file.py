"""Checks one file without a database: rewriter, reader and the judge of pictures joined, as the portal joins them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.reading import read_paper
from adminduk.catalogue.papers.types import Cause, Expectation, ReadField, ReadMember, ReadPage, ReadPaper
from adminduk.catalogue.papers.verdict import judge
from adminduk.gateways.reader.process_reader import ProcessReader
from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.ports import RewrittenPage

PORTRAIT: Final = "portrait"
OTHER: Final = "other"


@dataclass(slots=True)
class Spent:
    """CPU seconds of the children, until the verdict and until everything was read."""

    verdict: float = 0.0
    complete: float = 0.0

    def add(self, seconds: float, *, is_for_verdict: bool = True) -> None:
        self.complete += seconds
        if is_for_verdict:
            self.verdict += seconds


@dataclass(frozen=True, slots=True)
class Checked:
    """What one page or one whole file came to."""

    accepted: bool
    reasons: tuple[str, ...]
    doc_type: str
    fields: dict[str, ReadField] = field(default_factory=dict)
    members: tuple[ReadMember, ...] = ()
    numbers16: tuple[str, ...] = ()
    certain16: tuple[str, ...] = ()
    pages: int = 1


class FileCheck:
    """Holds what is needed for many files."""

    def __init__(self, *, rewriter: ProcessRewriter, reader: ProcessReader, papers: Papers) -> None:
        self._rewriter = rewriter
        self._reader = reader
        self._papers = papers

    def check(self, data: bytes, wanted: Expectation | None) -> dict[str, Any]:
        """The verdict and what was read, ready for JSON. A file that is refused gives a verdict as well.

        Raises Unavailable.
        """
        begun, own = time.monotonic(), time.process_time()
        spent = Spent()
        try:
            checked, error = self._checked(data, wanted, spent), None
        except DomainError as refusal:
            checked, error = Checked(False, (Cause.UNREADABLE.value,), OTHER), refusal.code
        own = time.process_time() - own
        answer = _plain(checked) | {
            "seconds": round(time.monotonic() - begun, 3),
            "cpu": round(spent.verdict + own, 3),
            "cpu_all": round(spent.complete + own, 3),
        }
        return answer if error is None else answer | {"error": error}

    def _checked(self, data: bytes, wanted: Expectation | None, spent: Spent) -> Checked:
        is_portrait = wanted is not None and wanted.paper == PORTRAIT
        rewritten, account = self._rewriter.measure(data, is_portrait=is_portrait)
        spent.add(account.cpu_ms / 1000)
        pages = [self._page(page, wanted, spent) for page in rewritten.pages]
        return pages[0] if len(pages) == 1 else _joined(pages)

    def _page(self, page: RewrittenPage, wanted: Expectation | None, spent: Spent) -> Checked:
        if wanted is not None and wanted.paper == PORTRAIT:
            verdict = judge(page.measures, expected=wanted)
            return Checked(verdict.accepted, tuple(reason.cause.value for reason in verdict.reasons), PORTRAIT)
        seen = self._read(page.jpeg, spent)
        paper = read_paper(seen, self._papers)
        definition = self._papers.paper(wanted.paper) if wanted else None
        verdict = judge(page.measures, expected=wanted, page=seen, paper=paper, definition=definition)
        return Checked(
            verdict.accepted,
            tuple(reason.cause.value for reason in verdict.reasons),
            self._papers.doc_type(paper.kind),
            paper.fields,
            paper.members,
            tuple(number.value for number in paper.numbers16),
            tuple(number.value for number in paper.numbers16 if number.is_certain),
        )

    def _read(self, jpeg: bytes, spent: Spent) -> ReadPage:
        pages = list(self._reader.read_in_stages(jpeg))
        account = self._reader.last_account
        whole = account.cpu_ms / 1000 if account else 0.0
        rest = pages[-1].numbers["cpu_recognise"] - pages[0].numbers["cpu_recognise"]
        spent.add(whole - rest)
        spent.add(rest, is_for_verdict=False)
        return pages[-1]


def _joined(pages: Sequence[Checked]) -> Checked:
    """All pages of a file as one document: the first page's word counts where two say different things."""
    fields: dict[str, ReadField] = {}
    for page in reversed(pages):
        fields |= page.fields
    return Checked(
        all(page.accepted for page in pages),
        _once(reason for page in pages for reason in page.reasons),
        next((page.doc_type for page in pages if page.doc_type != OTHER), OTHER),
        fields,
        tuple(_members(member for page in pages for member in page.members)),
        _once(number for page in pages for number in page.numbers16),
        _once(number for page in pages for number in page.certain16),
        len(pages),
    )


def _members(members: Iterable[ReadMember]) -> Iterator[ReadMember]:
    known: set[str] = set()
    for member in members:
        nik = member.fields.get("nik")
        if nik is None or nik.value not in known:
            yield member
        if nik is not None:
            known.add(nik.value)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _plain(checked: Checked) -> dict[str, Any]:
    fields: dict[str, Any] = {name: read.value for name, read in checked.fields.items()}
    if checked.members:
        fields["anggota"] = [{name: read.value for name, read in one.fields.items()} for one in checked.members]
    return {
        "verdict": "accept" if checked.accepted else "retake",
        "reasons": list(checked.reasons),
        "doc_type": checked.doc_type,
        "fields": fields,
        "n16": list(checked.numbers16),
        "n16_certain": list(checked.certain16),
        "pages": checked.pages,
    }
