"""Cards are printed: batches from the line, jobs of the printers, the check, and what keeps an officer busy.

A card is given its blank in the transaction that begins its batch; the printer is told by a job afterwards, by the
id of the print job, so that whatever is killed in between prints nothing twice and loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from adminduk.foundation import clock, jobs
from adminduk.foundation.idempotency import once
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound, RefusedByOutside, Unavailable
from adminduk.kernel.identifiers import Nik, RegionCode
from adminduk.modules.accounts.ports import NoAccess, RegisterPerson, RegisterUnavailable
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import actions as audit
from adminduk.modules.blanks import actions as blanks
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.ports import CardOrder, NoCancel, PrinterSays
from adminduk.modules.printing.types import AlarmKind, JobState, JobView, Rank, Waiting
from adminduk.usecases import fulfil, notify
from adminduk.usecases.apply import local_day
from adminduk.usecases.calendar import calendar_of
from adminduk.usecases.case_record import record
from adminduk.usecases.facts import SELF, facts_of
from adminduk.usecases.outside import card_printer, catalogue, register
from adminduk.usecases.print_jobs import cancel_job, signed_by, spoil_job
from adminduk.usecases.print_values import changed_since, values_of
from adminduk.usecases.review import refuse_own_family

PRINT_JOB = "printing.print"
MOST_IN_BATCH: Final = 20
# Why a card is spoiled, and why somebody may be moved ahead: words stand with the pages.
SPOILED: Final = ("scratched", "blurred", "colours", "wrong_data", "jammed", "chip")
AHEAD: Final = ("medical", "travel", "disaster", "legal_aid", "own_mistake")
# What a printer says as long as it may still print.
NOT_YET: Final = frozenset({PrinterSays.UNKNOWN, PrinterSays.EMPTY, PrinterSays.PRINTING})
_REFUSED: Final = "refused_by_printer"
_STOPS: Final = frozenset({"not_in_register", "moved", "data_changed", _REFUSED})


@dataclass(frozen=True, slots=True)
class _Stopped:
    """Why a card may not be printed now."""

    reason: str


# --- a batch ----------------------------------------------------------------------------------------------------------


def begin_batch(actor: Actor, *, printer_id: UUID, count: int, key: str, at: datetime) -> int:
    """Print the next `count` cards of the printer's place, as many as there are people and blank cards.

    Returns how many were begun. Raises NotFound; DomainError: batch_size, nobody_waits, stock_empty.
    """
    if not 1 <= count <= MOST_IN_BATCH:
        raise DomainError("batch_size", limit=MOST_IN_BATCH)

    def act() -> str:
        (region_id,) = actor.regions
        printer = printing.lock_printer(printer_id, region_id=region_id)
        if not printer.is_active:
            raise NotFound("printer")
        taken = printing.take_next(region_id, site_id=printer.site_id, most=count)
        if not taken:
            raise DomainError("nobody_waits")
        stock = ledger.get_balance(region_id, site_id=printer.site_id).stock
        if not stock:
            raise DomainError("stock_empty")
        batch_id = printing.open_batch(region_id, site_id=printer.site_id, printer_id=printer_id, signed=(actor.id, at))
        audit.record("print.batch", actor=actor, at=at, region_id=region_id, about=("batch", batch_id))
        begun = [
            _begin_job(actor, waiting, printer_id=printer_id, batch_id=batch_id, at=at) for waiting in taken[:stock]
        ]
        return str(len(begun))

    return int(once(actor, key, act))


def _begin_job(actor: Actor, waiting: Waiting, *, printer_id: UUID, batch_id: UUID, at: datetime) -> UUID:
    job_id, region_id = uuid7(), waiting.region_id
    serial = blanks.load(
        job_id, region_id=region_id, site_id=waiting.site_id, printer_id=printer_id, signed=signed_by(actor, at=at)
    )
    is_passed_over = waiting.rank is not Rank.AHEAD and line.is_ahead_of(waiting)
    printing.make_job(job_id, waiting, printer_id=printer_id, batch_id=batch_id, serial=serial, at=at)
    calendar = calendar_of(catalogue().region(RegionCode.from_number(region_id)))
    wrong = {AlarmKind.OUT_OF_ORDER: is_passed_over, AlarmKind.OUTSIDE_HOURS: not calendar.is_open(at)}
    for kind in (kind for kind, is_so in wrong.items() if is_so):
        printing.raise_alarm(kind, region_id=region_id, site_id=waiting.site_id, card=(job_id, serial), at=at)
    record("print.begin", cases.get_case(waiting.application_id), actor=actor, at=at)
    jobs.enqueue(PRINT_JOB, region=region_id, job_id=str(job_id))
    return job_id


# --- the printer ------------------------------------------------------------------------------------------------------


@jobs.job(PRINT_JOB, attempts=40)
def print_card(actor: Actor, *, job_id: str) -> None:
    """Have one card printed, or ask what became of it. Raises Unavailable: try later, with the same id."""
    says = have_printed(actor, UUID(job_id))
    if says in NOT_YET:
        raise Unavailable(f"card_printer: {says}")


def have_printed(actor: Actor, wanted: UUID) -> PrinterSays:
    """What the printer says; noted once it is final. Raises Unavailable when printer or register are silent."""
    with acting_as(actor):
        job = line.get_job(wanted, region_id=actor.regions[0])
        case = cases.get_case(job.application_id)
    if job.state is not JobState.ASKED:
        return PrinterSays.DONE
    says = card_printer().ask(wanted) if job.is_sent else PrinterSays.UNKNOWN
    if says is PrinterSays.UNKNOWN:
        ordered = _order(actor, job, case)
        if not isinstance(ordered, _Stopped):
            says = ordered
        elif (says := cancelled(job)) is PrinterSays.CANCELLED:
            _stop(actor, job, reason=ordered.reason)
            return says
    if says not in NOT_YET:
        note_said(actor, wanted, says)
    return says


def cancelled(job: JobView) -> PrinterSays:
    """Let its printer never begin a card; what had become of it. Raises Unavailable: it may still be printed."""
    return card_printer().cancel(job.id) if job.is_sent else PrinterSays.CANCELLED


@jobs.job("printing.follow", every_minutes=1)
def follow(actor: Actor) -> None:
    """Ask about every card of which the printer has not said that it is done; the jobs' own pauses grow long.

    A printer that cannot begin another card now keeps the others from nothing, nor does a person of whom the register
    tells nothing that can be believed, nor a stopped card that a gateway cannot be told to forget.
    """
    with acting_as(actor):
        asked = line.list_asked(actor.regions[0])
    resting: set[UUID] = set()

    def ask(job: JobView) -> None:
        if job.printer_id in resting:
            return
        try:
            says = have_printed(actor, job.id)
        except Unavailable as silence:
            is_about_one = isinstance(silence, RegisterUnavailable) and silence.is_about_one_person
            if not (is_about_one or isinstance(silence, NoCancel)):
                resting.update(each.printer_id for each in asked)  # the next minute comes soon
            return
        if says in NOT_YET and says is not PrinterSays.PRINTING:
            resting.add(job.printer_id)

    jobs.each_alone(asked, ask)


def _order(actor: Actor, job: JobView, case: Case) -> PrinterSays | _Stopped:
    """Tell the printer, after a last look at the register; or the reason why nothing may be printed."""
    if case.state is not State.APPROVED:
        return _Stopped("not_approved")
    person = _person_now(case)
    if isinstance(person, _Stopped):
        return person
    zone = ZoneInfo(catalogue().region(RegionCode.from_number(case.region_id)).time_zone)
    issued_on = job.asked_at.astimezone(zone).date()
    drawing = catalogue().output("ktp_el").drawing(values_of(case, person, serial=job.serial, issued_on=issued_on))
    with acting_as(actor):
        if printing.lock_job(job.id, region_id=job.region_id).state is not JobState.ASKED:
            return PrinterSays.DONE  # ended meanwhile; `note_said` leaves it as it is
        printing.mark_sent(job.id, region_id=job.region_id)
    try:
        return card_printer().print_card(CardOrder(job.id, job.serial, drawing))
    except RefusedByOutside:
        return _Stopped(_REFUSED)


def _person_now(case: Case) -> RegisterPerson | _Stopped | None:
    """The person as the register knows him now, None where it may not be asked; a reason where he has changed."""
    region = RegionCode.from_number(case.region_id)
    try:
        person = register().find_person(Nik.parse(case.subject["nik"]), region=region)
    except NoAccess:
        return None  # the officer who approved has compared by hand
    if person is None:
        return _Stopped("not_in_register")
    if person.region is not None and person.region != region:
        return _Stopped("moved")
    return _Stopped("data_changed") if changed_since(case, person) else person


def note_said(actor: Actor, job_id: UUID, says: PrinterSays) -> None:
    """What the printer said, once: the ledger and the job in one transaction."""
    at = clock.now()
    with acting_as(actor):
        job = printing.lock_job(job_id, region_id=actor.regions[0])
        if job.state is JobState.ASKED:
            keep_said(actor, job, says, at=at)


def keep_said(actor: Actor, job: JobView, says: PrinterSays, *, at: datetime) -> None:
    """The last word of the printer about a locked job: printed, it waits for the check; jammed; or never begun."""
    if says is PrinterSays.JAMMED:
        printing.move_job(job, JobState.JAMMED, at=at, outcome="jammed")
    elif says is PrinterSays.CANCELLED:
        cancel_job(actor, job, reason="given_up", at=at)
        printing.release(job.product_id, region_id=job.region_id)
    else:
        blanks.use(
            job.serial, region_id=job.region_id, site_id=job.site_id, job=(job.id, job.printer_id),
            signed=signed_by(actor, at=at),
        )  # fmt: skip
        printing.move_job(job, JobState.PRINTED, at=at)
        record("print.printed", cases.get_case(job.application_id), actor=actor, at=at)


def _stop(actor: Actor, job: JobView, *, reason: str) -> None:
    """Not to be printed now: its blank card goes back, and an officer looks."""
    at = clock.now()
    with acting_as(actor):
        fresh = printing.lock_job(job.id, region_id=job.region_id)
        if fresh.state is not JobState.ASKED:
            return
        if fresh.is_sent > job.is_sent and reason != _REFUSED:
            return  # another worker has told the printer meanwhile: it is asked the next minute
        cancel_job(actor, fresh, reason=reason, at=at)
        printing.stop(job.product_id, region_id=job.region_id, reason=reason)
        record("print.stop", cases.get_case(job.application_id), actor=actor, at=at, reason=reason)


# --- the check --------------------------------------------------------------------------------------------------------


def look_at(actor: Actor, job_id: UUID, *, at: datetime) -> JobView:
    """Somebody looks at a printed card: recorded, because its faces show who it is for. Raises NotFound."""
    (region_id,) = actor.regions
    with acting_as(actor):
        job = line.get_job(job_id, region_id=region_id)
        record("print.look", cases.get_case(job.application_id), actor=actor, at=at)
    return job


def face(actor: Actor, job_id: UUID, *, side: str, at: datetime) -> bytes:
    """A printed face as PNG, from the printer that made it. Raises NotFound, Unavailable."""
    job = look_at(actor, job_id, at=at)
    try:
        return card_printer().face(job.id, side)
    except RefusedByOutside:
        raise Unavailable("card_printer: no_face") from None


def reject(actor: Actor, job_id: UUID, *, reason: str, key: str, at: datetime) -> None:
    """The card is not good: it is spoiled, and the product waits again at the place that it had, for a new one."""
    if reason not in SPOILED:
        raise DomainError("reason_missing")

    def act() -> str:
        job = printing.lock_job(job_id, region_id=actor.regions[0])
        spoil_job(actor, job, reason=reason, at=at)
        printing.release(job.product_id, region_id=job.region_id)
        record("print.again", cases.get_case(job.application_id), actor=actor, at=at, reason=reason)
        return ""

    once(actor, key, act)


def accept(actor: Actor, job_id: UUID, *, key: str, at: datetime) -> None:
    """The card is good: the product goes on to its next step. Raises NotFound, DomainError("print_not_possible")."""

    def act() -> str:
        job = printing.lock_job(job_id, region_id=actor.regions[0])
        printing.move_job(job, JobState.PASSED, at=at, checked_by=actor.id)
        waiting = line.find_waiting(job.product_id, region_id=job.region_id)
        if waiting is None:  # withdrawn or stopped while it was in the printer: the card can only be spoiled
            raise DomainError("print_not_possible")
        printing.forget(job.product_id, region_id=job.region_id)
        record("print.pass", cases.get_case(job.application_id), actor=actor, at=at)
        fulfil.advance(job.product_id, region_id=job.region_id, step_id=waiting.step_id, actor=actor, at=at)
        return ""

    once(actor, key, act)


# --- exceptions -------------------------------------------------------------------------------------------------------


def move_ahead(actor: Actor, product_id: UUID, *, reason: str, key: str, at: datetime) -> None:
    """Somebody's card is printed before its turn, for a coded reason that is counted in public.

    Raises NotFound; DomainError: reason_missing, own_family, and what printing.move_ahead raises.
    """
    if reason not in AHEAD:
        raise DomainError("reason_missing")

    def act() -> str:
        (region_id,) = actor.regions
        signed = signed_by(actor, at=at)
        printing.move_ahead(product_id, region_id=region_id, reason=reason, day=signed.day, signed=(actor.id, at))
        waiting = line.find_waiting(product_id, region_id=region_id)
        assert waiting is not None
        case = cases.get_case(waiting.application_id)
        refuse_own_family(actor, case)
        record("print.ahead", case, actor=actor, at=at, reason=reason)
        return ""

    once(actor, key, act)


def resume(actor: Actor, product_id: UUID, *, key: str, at: datetime) -> None:
    """An officer has looked at what stopped it: print it, with the data that the register has now.

    Raises NotFound; DomainError: own_family, register_denies, print_not_possible.
    """
    (region_id,) = actor.regions
    with acting_as(actor):
        waiting = line.find_waiting(product_id, region_id=region_id)
        case = cases.get_case(waiting.application_id) if waiting else None
    fresh = _fresh_facts(case) if case and waiting and waiting.stopped_reason == "data_changed" else None

    def act() -> str:
        printing.resume(product_id, region_id=region_id)
        assert case is not None, "resume() refuses what does not wait"
        refuse_own_family(actor, case)
        if fresh is not None:
            applications.store_facts(case.id, region_id=region_id, facts=fresh)
        record("print.resume", case, actor=actor, at=at)
        return ""

    once(actor, key, act)


def _fresh_facts(case: Case) -> Mapping[str, Any]:
    """Raises DomainError("register_denies") when the person is gone."""
    region = RegionCode.from_number(case.region_id)
    person = register().find_person(Nik.parse(case.subject["nik"]), region=region)
    if person is None:
        raise DomainError("register_denies")
    for_whom = str(case.facts.get("applies_for") or SELF)
    return {**case.facts, **facts_of(person, region=region, today=local_day(case), applies_for=for_whom)}


def end_stopped(actor: Actor, product_id: UUID, *, key: str, at: datetime) -> None:
    """An officer has looked: it will not be printed. The application ends; its owner is told, and reads why.

    Raises NotFound; DomainError: own_family, print_not_possible.
    """

    def act() -> str:
        (region_id,) = actor.regions
        waiting = line.find_waiting(product_id, region_id=region_id)
        if waiting is None or waiting.stopped_reason not in _STOPS:
            raise DomainError("print_not_possible")
        case = cases.get_case(waiting.application_id)
        refuse_own_family(actor, case)
        reason = {"not_in_register": "died", "moved": "moved"}.get(waiting.stopped_reason, "not_printable")
        notify.tell("print_stopped", case=case, at=at)
        fulfil.stop(product_id, region_id=region_id, reason=reason, actor=actor, at=at)
        return ""

    once(actor, key, act)
