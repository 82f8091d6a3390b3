"""Pages of a document as their owner sees them: the verdict in words, what to do, where on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.papers.types import Box, Reason
from adminduk.catalogue.text import Text
from adminduk.catalogue.types import Requirement
from adminduk.foundation import clock
from adminduk.modules.documents.types import ReadingState, StoredPage

MOST_REASONS = 3  # more than that nobody mends at once
AS_IS_FROM = 2  # the attempt from which a picture can be sent as it is
OTHER = Text("dokumen lain", "another document")


class Look(StrEnum):
    """What is known of a page. LATE: the machine has not read it in time. UNJUDGED: nothing is known."""

    REFUSED = "refused"
    AS_IS = "as_is"
    READING = "reading"
    LATE = "late"
    FAILED = "failed"
    READ = "read"
    GOOD = "good"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One cause in words. `mark`: left, top, width, height on the picture in its pixels; None for all of it."""

    what: Text
    action: Text
    mark: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page with what its owner is told. `may_go_as_is`: he is offered to send it as it is.

    `is_reading`: it may change by itself in a moment, also when something of it has been told.
    """

    page: StoredPage
    look: Look
    reasons: tuple[ShownReason, ...]
    may_go_as_is: bool
    is_reading: bool


def shown_pages(
    pages: tuple[StoredPage, ...], requirement: Requirement, *, catalogue: Catalogue
) -> tuple[ShownPage, ...]:
    """The pages of one document, in order."""
    now = clock.now()
    return tuple(_shown(page, requirement, catalogue, now) for page in pages)


def needed_fields(requirement: Requirement, *, catalogue: Catalogue) -> tuple[Text, ...]:
    """What must be readable on the usual paper for this requirement; nothing for a kind that is not read."""
    paper = catalogue.papers.paper_for(requirement.kinds[0])
    if paper is None:
        return ()
    fields = [field.label for field in paper.fields if field.is_required]
    return tuple(dict.fromkeys(fields + [column.label for column in paper.members if column.is_required]))


def _shown(page: StoredPage, requirement: Requirement, catalogue: Catalogue, now: datetime) -> ShownPage:
    look = _look(page, now)
    reasons = page.verdict.reasons[:MOST_REASONS] if page.verdict and page.is_refused else ()
    return ShownPage(
        page,
        look,
        tuple(_reason(reason, page, requirement, catalogue) for reason in reasons),
        may_go_as_is=look is Look.REFUSED and page.attempt >= AS_IS_FROM,
        is_reading=page.is_waiting and look is not Look.AS_IS and not page.waits_too_long(now),
    )


def _look(page: StoredPage, now: datetime) -> Look:
    if page.is_refused:
        return Look.REFUSED if page.is_open else Look.AS_IS
    if page.is_waiting and page.read is None:
        return Look.LATE if page.waits_too_long(now) else Look.READING
    if page.reading is ReadingState.FAILED:
        return Look.FAILED
    if page.read is not None:
        return Look.READ
    return Look.GOOD if page.cheap is not None else Look.UNJUDGED


def _reason(reason: Reason, page: StoredPage, requirement: Requirement, catalogue: Catalogue) -> ShownReason:
    words = catalogue.picture_cause(reason.cause)
    wanted = _label_of_kind(page.kind, requirement)
    seen = _label_of_paper(page, catalogue)
    what = Text(*(words.what.get(lang).format(seen=seen.get(lang), wanted=wanted.get(lang)) for lang in ("id", "en")))
    return ShownReason(what, words.action, _mark(reason.box, page) if reason.box else None)


def _label_of_kind(kind: str, requirement: Requirement) -> Text:
    return next((paper.label for paper in requirement.alternatives if paper.kind == kind), requirement.label)


def _label_of_paper(page: StoredPage, catalogue: Catalogue) -> Text:
    """What the page seems to be, for "this seems to be …"."""
    paper = catalogue.papers.paper(page.verdict.kind) if page.verdict else None
    return paper.label if paper else OTHER


def _mark(box: Box, page: StoredPage) -> tuple[int, int, int, int]:
    left, top = round(box.left * page.width), round(box.top * page.height)
    return left, top, round(box.right * page.width) - left, round(box.bottom * page.height) - top
