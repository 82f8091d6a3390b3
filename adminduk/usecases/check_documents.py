"""Pages are read by a worker of their own: what stands on them, and whether the picture will do.

The verdict at upload (see `attach`) is told at once; what is found here comes later, waits for nobody and stops nobody.
"""

from __future__ import annotations

import logging
from contextlib import closing
from uuid import UUID

from adminduk.catalogue.papers.types import Cause, ReadPaper, Verdict
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import actions as pages
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents import readings
from adminduk.modules.documents.types import NewPage, PageToRead, Reading
from adminduk.usecases import judging
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue, reader, storage

log = logging.getLogger(__name__)
# A page that takes the reading process with it is tried again a few times only: an officer reads it then.
TRIES = 6
SURE_OF_ANOTHER = 0.9


def enqueue(added: tuple[NewPage, ...], *, region_id: int) -> None:
    """Let new pages be read, once the caller's transaction has committed."""
    for page in added:
        if page.is_to_be_read:
            jobs.enqueue("documents.read", region=region_id, page_id=str(page.id))


def count_ahead() -> int:
    """How many pictures wait to be read, of everybody (capped at 1,000)."""
    return jobs.count_waiting(jobs.PICTURES)


@jobs.job("documents.read", attempts=TRIES, queue=jobs.PICTURES)
def read_document(actor: Actor, page_id: str) -> None:
    """Read one page, judge it, keep both. Harmless when repeated: a page that was read is passed over.

    Raises Unavailable while the storage or the reader cannot work: it is tried again later.
    """
    with acting_as(actor):
        waiting = documents.find_waiting(UUID(page_id))
        case = cases.get_case(waiting.page.application_id) if waiting else None
    if waiting is None or case is None:
        return
    name = waiting.page.object_key
    jpeg = pages.unseal(storage().get(name), object_key=name, region_id=waiting.page.region_id)
    try:
        reading, verdict = _read(actor, case, waiting, jpeg)
    except DomainError as refusal:
        log.info("a page could not be read", extra={"code": refusal.code})
        _give_up(actor, case, waiting)
        return
    _keep(actor, case, waiting, reading, verdict)


def _read(actor: Actor, case: Case, waiting: PageToRead, jpeg: bytes) -> tuple[Reading, Verdict]:
    """Few lines often tell that all is well, which is told at once, or that it is another paper, which is enough."""
    wanted = judging.expectation(waiting.page.kind, case)
    is_told = False
    with closing(reader().read_in_stages(jpeg)) as stages:
        for seen in stages:
            paper = judging.understand(seen)
            if seen.is_complete or is_told:
                continue
            first = judging.verdict_at_first_sight(waiting.measures, seen, paper, wanted=wanted)
            if _is_another_paper(paper, first):
                return Reading(seen, paper), first
            if first.accepted:
                with acting_as(actor):
                    readings.tell(waiting.page.id, region_id=case.region_id, verdict=first)
                is_told = True
    return Reading(seen, paper), judging.final_verdict(waiting.measures, seen, paper, wanted=wanted)


def _is_another_paper(paper: ReadPaper, verdict: Verdict) -> bool:
    """Surely enough that the other lines are not worth reading: somebody will photograph the right one."""
    is_wrong = any(reason.cause is Cause.WRONG_TYPE for reason in verdict.reasons)
    return is_wrong and paper.kind_confidence >= SURE_OF_ANOTHER and catalogue().papers.paper(paper.kind) is not None


def _keep(actor: Actor, case: Case, waiting: PageToRead, reading: Reading, verdict: Verdict) -> None:
    at = clock.now()
    with acting_as(actor):
        if readings.keep(waiting.page.id, region_id=case.region_id, reading=reading, verdict=verdict, at=at):
            record("case.check_page", case, actor=actor, at=at)


def _give_up(actor: Actor, case: Case, waiting: PageToRead) -> None:
    with acting_as(actor):
        readings.give_up(waiting.page.id, region_id=case.region_id, at=clock.now())
