"""What happens to a print job and its blank card together: called within the transaction of an act on the job."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.foundation.jobs import system_actor
from adminduk.kernel.actor import Actor
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.blanks import actions as blanks
from adminduk.modules.blanks.types import Because, Cards, Signed
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.types import JobState, JobView
from adminduk.usecases.outside import catalogue


def signed_by(actor: Actor, *, at: datetime) -> Signed:
    """Whoever acts, on the day of his region's clocks."""
    region = catalogue().region(RegionCode.from_number(actor.regions[0]))
    return Signed(str(actor.kind), actor.id, at, at.astimezone(ZoneInfo(region.time_zone)).date())


def cancel_job(actor: Actor, job: JobView, *, reason: str, at: datetime) -> None:
    """Nothing was printed: the blank card goes back into the stock."""
    blanks.unload(
        job.serial, region_id=job.region_id, site_id=job.site_id, job=(job.id, job.printer_id),
        signed=signed_by(actor, at=at),
    )  # fmt: skip
    printing.move_job(job, JobState.CANCELLED, at=at, outcome=reason)


def take_back(product_id: UUID, *, region_id: int, at: datetime) -> None:
    """A product leaves its line, within the caller's transaction. A card that is being printed is spoiled later on."""
    waiting = line.find_waiting(product_id, region_id=region_id)
    if waiting is not None and waiting.job_id is not None:
        job = printing.lock_job(waiting.job_id, region_id=region_id)
        if job.state is JobState.ASKED and not job.is_sent:
            cancel_job(system_actor(region_id), job, reason="withdrawn", at=at)
    printing.forget(product_id, region_id=region_id)


def spoil_card(actor: Actor, job: JobView, *, reason: str, at: datetime) -> None:
    """The first of two signatures."""
    blanks.spoil(
        Cards(job.serial, job.serial), region_id=job.region_id, site_id=job.site_id, because=Because(reason),
        signed=signed_by(actor, at=at), job=(job.id, job.printer_id),
    )  # fmt: skip


def spoil_job(actor: Actor, job: JobView, *, reason: str, at: datetime) -> None:
    """The card is not good."""
    spoil_card(actor, job, reason=reason, at=at)
    printing.move_job(job, JobState.SPOILED, at=at, outcome=reason, checked_by=actor.id)


def replace_job(actor: Actor, job: JobView, *, reason: str, at: datetime) -> None:
    """A card that had passed is wrong: it is spoiled, and another may be printed."""
    spoil_card(actor, job, reason=reason, at=at)
    printing.replace_passed(job.product_id, region_id=job.region_id, at=at)


def spoil_passed(actor: Actor, product_id: UUID, *, region_id: int, reason: str, at: datetime) -> None:
    """A card that somebody found wrong where it is handed over: he signs first. Nothing where there is none."""
    job = line.find_passed(product_id, region_id=region_id)
    if job is not None:
        replace_job(actor, job, reason=reason, at=at)
