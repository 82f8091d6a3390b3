"""Checks one file without a database: rewriter, reader and the judge of pictures joined, as the portal joins them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adminduk.catalogue.papers.compare import missing_pages
from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.reading import read_paper
from adminduk.catalogue.papers.schema import Paper
from adminduk.catalogue.papers.types import Cause, Expectation, ReadField, ReadMember, ReadPage, ReadPaper, Verdict
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

    def add(self, verdict: float, complete: float) -> None:
        self.verdict += verdict
        self.complete += complete


@dataclass(frozen=True, slots=True)
class Checked:
    """What one page or one whole file came to."""

    accepted: bool
    reasons: tuple[str, ...]
    doc_type: str
    paper: ReadPaper | None = None
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
        spent.add(account.cpu_ms / 1000, account.cpu_ms / 1000)
        pages = [self._page(page, wanted, spent) for page in rewritten.pages]
        checked = pages[0] if len(pages) == 1 else _joined(pages)
        if wanted is not None and missing_pages([page.paper for page in pages if page.paper]):
            reasons = (*checked.reasons, Cause.PAGES_MISSING.value)
            return replace(checked, accepted=False, reasons=reasons)
        return checked

    def _page(self, page: RewrittenPage, wanted: Expectation | None, spent: Spent) -> Checked:
        if wanted is not None and wanted.paper == PORTRAIT:
            verdict = judge(page.measures, expected=wanted)
            return Checked(verdict.accepted, _causes(verdict), PORTRAIT)
        stages = self._read(page.jpeg)
        *early, whole = (seen for seen, _ in stages)
        definition = self._papers.paper(wanted.paper) if wanted else None
        paper = read_paper(whole, self._papers)
        verdict = judge(page.measures, expected=wanted, page=whole, paper=paper, definition=definition)
        said = [*(self._at_first_sight(page, seen, wanted, definition) for seen in early), _causes(verdict)]
        stands = next(at for at in range(len(said)) if set(said[at:]) == {said[-1]})
        spent.add(stages[stands][1], stages[-1][1])
        return Checked(
            verdict.accepted,
            _causes(verdict),
            self._papers.doc_type(paper.kind),
            paper,
            tuple(number.value for number in paper.numbers16),
            tuple(number.value for number in paper.numbers16 if number.is_certain),
        )

    def _at_first_sight(
        self, page: RewrittenPage, seen: ReadPage, wanted: Expectation | None, definition: Paper | None
    ) -> tuple[str, ...]:
        """The causes that a stage with only some of the lines gives."""
        glance = definition.at_first_sight() if definition else None
        paper = read_paper(seen, self._papers)
        return _causes(judge(page.measures, expected=wanted, page=seen, paper=paper, definition=glance))

    def _read(self, jpeg: bytes) -> list[tuple[ReadPage, float]]:
        """The page as each stage saw it, and the CPU seconds until then."""
        pages = list(self._reader.read_in_stages(jpeg))
        account = self._reader.last_account
        spent = account.cpu_ms / 1000 if account else 0.0
        whole = pages[-1].numbers["cpu_recognise"]
        return [(page, spent - (whole - page.numbers["cpu_recognise"])) for page in pages]


def refused(code: str) -> dict[str, Any]:
    """The answer for a file that could not even be opened."""
    nothing = {"seconds": 0.0, "cpu": 0.0, "cpu_all": 0.0, "error": code}
    return _plain(Checked(False, (Cause.UNREADABLE.value,), OTHER)) | nothing


def _causes(verdict: Verdict) -> tuple[str, ...]:
    return tuple(reason.cause.value for reason in verdict.reasons)


def _joined(pages: Sequence[Checked]) -> Checked:
    """All pages of a file as one document: the first page's word counts where two say different things."""
    papers = [page.paper for page in pages if page.paper is not None]
    fields: dict[str, ReadField] = {}
    for paper in reversed(papers):
        fields |= paper.fields
    members = tuple(_members(member for paper in papers for member in paper.members))
    return Checked(
        all(page.accepted for page in pages),
        _once(reason for page in pages for reason in page.reasons),
        next((page.doc_type for page in pages if page.doc_type != OTHER), OTHER),
        replace(papers[0], fields=fields, members=members) if papers else None,
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
    paper = checked.paper
    fields: dict[str, Any] = {name: read.value for name, read in paper.fields.items()} if paper else {}
    if paper and paper.members:
        fields["anggota"] = [{name: read.value for name, read in one.fields.items()} for one in paper.members]
    return {
        "verdict": "accept" if checked.accepted else "retake",
        "reasons": list(checked.reasons),
        "doc_type": checked.doc_type,
        "fields": fields,
        "n16": list(checked.numbers16),
        "n16_certain": list(checked.certain16),
        "pages": checked.pages,
    }
