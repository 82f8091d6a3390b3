"""A printer jams, or says nothing for long: somebody looks, and the card is printed elsewhere, never twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from adminduk.foundation import clock, jobs
from adminduk.foundation.idempotency import once
from adminduk.foundation.jobs import system_actor
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.modules.accounts.ports import RegisterUnavailable
from adminduk.modules.applications import queries as cases
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.ports import PrinterSays
from adminduk.modules.printing.types import AlarmKind, JobState, JobView
from adminduk.usecases.case_record import record
from adminduk.usecases.print_cards import NOT_YET, cancelled, have_printed, keep_said
from adminduk.usecases.print_jobs import cancel_job, spoil_job

OVERDUE: Final = timedelta(minutes=15)  # a card takes a minute: after this somebody should look
_WHY: Final = {
    PrinterSays.UNKNOWN: "printer_silent",
    PrinterSays.EMPTY: "printer_empty",
    PrinterSays.PRINTING: "printer_prints",
}


def ask_again(actor: Actor, job_id: UUID, *, at: datetime) -> None:
    """Ask the printer at once what became of a card, and tell it again if it never heard of it. By the same id.

    Raises NotFound; DomainError: printer_silent, printer_empty, printer_prints (it is not done yet), register_silent.
    """
    (region_id,) = actor.regions
    with acting_as(actor):
        job = line.get_job(job_id, region_id=region_id)
        record("print.ask", cases.get_case(job.application_id), actor=actor, at=at)
    try:
        says = have_printed(system_actor(region_id), job_id)
    except RegisterUnavailable:
        raise DomainError("register_silent") from None
    except Unavailable:
        raise DomainError("printer_silent") from None
    if says in _WHY:
        raise DomainError(_WHY[says])


def give_up(actor: Actor, job_id: UUID, *, key: str, at: datetime) -> None:
    """Wait no more for a printer: it is told to forget the card, whose blank goes back; printed elsewhere.

    One that says nothing to that may still print: somebody looks at the blank first, as after a jam (`end_jam`). What
    the printer has done after all is taken over instead. Raises NotFound; DomainError: print_waits_shortly,
    printer_prints, print_not_possible.
    """
    (region_id,) = actor.regions
    with acting_as(actor):
        seen = line.get_job(job_id, region_id=region_id)
    says = None
    if seen.state is JobState.ASKED:
        if seen.asked_at > at - OVERDUE:
            raise DomainError("print_waits_shortly", minutes=int(OVERDUE / timedelta(minutes=1)))
        says = _cancelled(seen)
        if says is PrinterSays.PRINTING:
            raise DomainError("printer_prints")

    def act() -> str:
        job = printing.lock_job(job_id, region_id=region_id)
        if job.state is not JobState.ASKED:
            raise DomainError("print_not_possible")
        if says is None or says in NOT_YET or job.is_sent > seen.is_sent:  # told meanwhile
            printing.move_job(job, JobState.JAMMED, at=at, outcome="given_up")
            printing.note_given_up(job.id, region_id=region_id, at=at)
        else:
            keep_said(actor, job, says, at=at)
        record("print.give_up", cases.get_case(job.application_id), actor=actor, at=at)
        return ""

    once(actor, key, act)


def end_jam(actor: Actor, job_id: UUID, *, is_spoiled: bool, key: str, at: datetime) -> None:
    """After a jam: the card is spoiled, or it came out clean and goes back into the stock. It is printed anew.

    A blank that was given up goes back into the stock only when its printer says that it will print nothing on it; else
    it can only be spoiled, with two signatures. Raises NotFound; DomainError: print_not_possible, print_may_come,
    print_came (it was printed after all, and waits for the check).
    """
    if not is_spoiled:
        _refuse_what_may_come(actor, job_id, at=at)

    def act() -> str:
        job = printing.lock_job(job_id, region_id=actor.regions[0])
        if job.state is not JobState.JAMMED:
            raise DomainError("print_not_possible")
        case = cases.get_case(job.application_id)
        if is_spoiled:
            spoil_job(actor, job, reason="jammed", at=at)
        else:
            cancel_job(actor, job, reason="jammed", at=at)
        printing.release(job.product_id, region_id=job.region_id)
        record("print.again", case, actor=actor, at=at, reason="jammed")
        return ""

    once(actor, key, act)


def _refuse_what_may_come(actor: Actor, job_id: UUID, *, at: datetime) -> None:
    with acting_as(actor):
        job = line.get_job(job_id, region_id=actor.regions[0])
    if not job.may_come or job.state is not JobState.JAMMED:
        return
    says = _cancelled(job)
    if says is None or says in NOT_YET:
        raise DomainError("print_may_come")
    _keep_answer(actor, job_id, says, at=at)
    if says is PrinterSays.DONE:
        raise DomainError("print_came")


@jobs.job("printing.cancel", every_minutes=1)
def cancel_given_up(actor: Actor) -> None:
    """Tell the printers of what was given up until they answer: what they print after all, somebody has to know."""
    with acting_as(actor):
        waiting = line.list_may_come(actor.regions[0])
    heard: list[tuple[UUID, PrinterSays]] = []
    for job in waiting:
        says = _cancelled(job)
        if says is None:
            break  # the next minute comes soon
        if says not in NOT_YET:
            heard.append((job.id, says))
    jobs.each_alone(heard, lambda one: _keep_answer(actor, *one, at=clock.now()))


def _keep_answer(actor: Actor, job_id: UUID, says: PrinterSays, *, at: datetime) -> None:
    """A late answer: a card that came waits for the check, or is told to the head when its blank was written off."""
    with acting_as(actor):
        job = printing.lock_job(job_id, region_id=actor.regions[0])
        if not job.may_come:
            return
        printing.note_cancel_answer(job_id, region_id=job.region_id, answer=str(says))
        if job.state is JobState.JAMMED and says is PrinterSays.DONE:
            keep_said(actor, job, says, at=at)
        elif job.state is JobState.SPOILED and says is not PrinterSays.CANCELLED:
            printing.raise_alarm(
                AlarmKind.GIVEN_UP, region_id=job.region_id, site_id=job.site_id, card=(job_id, job.serial), at=at
            )


def _cancelled(job: JobView) -> PrinterSays | None:
    """What the printer says to the cancel, None when it does not answer: it may still print."""
    try:
        return cancelled(job)
    except Unavailable:
        return None
