"""Write the line of waiting cards and the jobs of the printers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from adminduk.foundation.database.statements import fetch_all, fetch_one, run
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.printing.models import Batch, Item, Job, MovedAhead, Printer, Shortage
from adminduk.modules.printing.queries import job_view, printer_view, waiting_of
from adminduk.modules.printing.states import may_become
from adminduk.modules.printing.types import AlarmKind, JobState, JobView, PrinterView, Rank, Waiting

_NEXT = """
SELECT product_id FROM printing_item WHERE region_id = %s AND site_id = %s AND job_id IS NULL AND stopped_reason = ''
ORDER BY rank, queued_at, product_id LIMIT %s FOR UPDATE"""
_ENQUEUE = """
INSERT INTO printing_item (product_id, region_id, application_id, owner_id, site_id, step_id, rank, queued_at,
    stopped_reason)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '')
ON CONFLICT (product_id) DO UPDATE SET site_id = excluded.site_id WHERE printing_item.job_id IS NULL"""


def enqueue(item: Waiting) -> bool:
    """Let a product wait for its card at a site; False when it is in a printer, wherever that stands.

    Entered again it keeps its turn, and goes with it into the line of the site that is named now. Whom somebody has
    moved ahead stays ahead when his card has to be printed anew.
    """
    is_ahead = MovedAhead.objects.filter(region_id=item.region_id, product_id=item.product_id).exists()
    rank = Rank.AHEAD if is_ahead else item.rank
    given = (
        item.product_id, item.region_id, item.application_id, item.owner_id, item.site_id, item.step_id,
        int(rank), item.queued_at,
    )  # fmt: skip
    return bool(run(_ENQUEUE, given))


def forget(product_id: UUID, *, region_id: int) -> None:
    """It waits no more: passed, stopped, sent back."""
    Item.objects.filter(product_id=product_id, region_id=region_id).delete()


def move_ahead(product_id: UUID, *, region_id: int, reason: str, day: date, signed: tuple[UUID, datetime]) -> None:
    """An exception from the order; `signed` is who and when. Raises NotFound, DomainError("not_possible")."""
    row = Item.objects.select_for_update().filter(product_id=product_id, region_id=region_id).first()
    if row is None:
        raise NotFound("print_item")
    if row.job_id is not None or row.rank == Rank.AHEAD:
        raise DomainError("print_not_possible")
    row.rank = Rank.AHEAD
    row.save(update_fields=["rank"])
    MovedAhead.objects.create(
        region_id=region_id, site_id=row.site_id, product_id=product_id, reason=reason, day=day, at=signed[1],
        actor_id=signed[0],
    )  # fmt: skip


def stop(product_id: UUID, *, region_id: int, reason: str) -> None:
    """An officer has to look before it may be printed."""
    Item.objects.filter(product_id=product_id, region_id=region_id).update(stopped_reason=reason, job_id=None)


def resume(product_id: UUID, *, region_id: int) -> None:
    """An officer has looked: it waits again, at the place that it had. Raises DomainError("print_not_possible")."""
    stopped = Item.objects.filter(product_id=product_id, region_id=region_id).exclude(stopped_reason="")
    if not stopped.update(stopped_reason=""):
        raise DomainError("print_not_possible")


def add_printer(region_id: int, *, site_id: UUID, name: str) -> UUID:
    """A printer of a site; one of the same name is the same, and used again if it was retired."""
    row, _ = Printer.objects.update_or_create(
        region_id=region_id, site_id=site_id, name=name, defaults={"is_active": True}
    )
    return row.id


def lock_printer(printer_id: UUID, *, region_id: int) -> PrinterView:
    """A printer, locked for this transaction, so that none is retired while a batch begins. Raises NotFound."""
    row = Printer.objects.select_for_update().filter(id=printer_id, region_id=region_id).first()
    if row is None:
        raise NotFound("printer")
    return printer_view(row)


def set_printer_active(printer: PrinterView, *, region_id: int, is_active: bool) -> None:
    """Take a locked printer off the list, or put it on the list again."""
    Printer.objects.filter(id=printer.id, region_id=region_id).update(is_active=is_active)


def take_next(region_id: int, *, site_id: UUID, most: int) -> tuple[Waiting, ...]:
    """The first `most` of a site's line, for this transaction alone: one batch of a site is begun at a time.

    Printers that begin together take one after the other, so that nobody is passed over.
    """
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(site_id)])
    ids = [row[0] for row in fetch_all(_NEXT, [region_id, site_id, most])]
    found = {row.product_id: waiting_of(row) for row in Item.objects.filter(region_id=region_id, product_id__in=ids)}
    return tuple(found[product_id] for product_id in ids)


def open_batch(region_id: int, *, site_id: UUID, printer_id: UUID, signed: tuple[UUID, datetime]) -> UUID:
    """A batch; `signed` is who and when."""
    batch = Batch.objects.create(
        region_id=region_id, site_id=site_id, printer_id=printer_id, made_at=signed[1], actor_id=signed[0]
    )
    return batch.id


def make_job(job_id: UUID, waiting: Waiting, *, printer_id: UUID, batch_id: UUID, serial: int, at: datetime) -> None:
    """A card begins to be printed. The database refuses a second one for the product, or for the blank card."""
    Job.objects.create(
        id=job_id,
        region_id=waiting.region_id,
        product_id=waiting.product_id,
        application_id=waiting.application_id,
        batch_id=batch_id,
        site_id=waiting.site_id,
        printer_id=printer_id,
        serial=serial,
        state=JobState.ASKED,
        asked_at=at,
    )
    Item.objects.filter(product_id=waiting.product_id, region_id=waiting.region_id).update(job_id=job_id)


def mark_sent(job_id: UUID, *, region_id: int) -> None:
    """The printer is about to be told: from now on it is asked first."""
    Job.objects.filter(id=job_id, region_id=region_id).update(is_sent=True)


def lock_job(job_id: UUID, *, region_id: int) -> JobView:
    """A job, locked for this transaction. Raises NotFound."""
    row = Job.objects.select_for_update().filter(id=job_id, region_id=region_id).first()
    if row is None:
        raise NotFound("print_job")
    return job_view(row)


def move_job(job: JobView, state: JobState, *, at: datetime, outcome: str = "", checked_by: UUID | None = None) -> None:
    """Move a locked job. Raises DomainError("print_not_possible") where the table does not allow it."""
    if not may_become(job.state, state):
        raise DomainError("print_not_possible")
    when = {"printed_at": at} if state is JobState.PRINTED else {}
    if state not in (JobState.PRINTED, JobState.JAMMED):
        when["ended_at"] = at
    Job.objects.filter(id=job.id, region_id=job.region_id).update(
        state=state, outcome=outcome, checked_by=checked_by, **when
    )


def note_given_up(job_id: UUID, *, region_id: int, at: datetime) -> None:
    """Nobody waits for its silent printer any more; the blank card is still to be looked at."""
    Job.objects.filter(id=job_id, region_id=region_id).update(given_up_at=at)


def note_cancel_answer(job_id: UUID, *, region_id: int, answer: str) -> None:
    """The printer of a job that was given up has said what became of it."""
    Job.objects.filter(id=job_id, region_id=region_id).update(cancel_answer=answer)


def release(product_id: UUID, *, region_id: int) -> None:
    """Its job has ended without a good card: it waits again, at the place that it had."""
    Item.objects.filter(product_id=product_id, region_id=region_id).update(job_id=None)


def replace_passed(product_id: UUID, *, region_id: int, at: datetime) -> int | None:
    """The card that had passed is wrong: its job ends, so that another may be printed. Returns its serial."""
    row = Job.objects.select_for_update().filter(
        product_id=product_id, region_id=region_id, state=JobState.PASSED
    ).first()  # fmt: skip
    if row is None:
        return None
    move_job(job_view(row), JobState.REPLACED, at=at)
    return row.serial


def begin_shortage(region_id: int, *, site_id: UUID, at: datetime) -> UUID:
    """The site is out of blank cards; one that goes on is the same."""
    row, _ = Shortage.objects.get_or_create(
        region_id=region_id, site_id=site_id, ended_at=None, defaults={"began_at": at}
    )
    return row.id


def end_shortage(region_id: int, *, site_id: UUID, at: datetime) -> None:
    """Blank cards have come."""
    Shortage.objects.filter(region_id=region_id, site_id=site_id, ended_at=None).update(ended_at=at)


def expect_delivery(region_id: int, *, site_id: UUID, on: date | None) -> None:
    """When the office expects more cards. Raises DomainError("print_not_possible") while there are some."""
    if not Shortage.objects.filter(region_id=region_id, site_id=site_id, ended_at=None).update(expected_on=on):
        raise DomainError("print_not_possible")


def note_told(product_id: UUID, *, region_id: int, shortage_id: UUID, promised_on: date | None) -> bool:
    """Its owner is being told of a shortage; False when he was told of it before."""
    fresh = Item.objects.filter(product_id=product_id, region_id=region_id).exclude(shortage_id=shortage_id)
    return bool(fresh.update(shortage_id=shortage_id, promised_on=promised_on))


def raise_alarm(kind: AlarmKind, *, region_id: int, site_id: UUID, card: tuple[UUID, int], at: datetime) -> None:
    """Once for each kind and `card` = (job, serial)."""
    run(
        "INSERT INTO printing_alarm (id, region_id, site_id, kind, job_id, serial, at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [uuid7(), region_id, site_id, str(kind), card[0], card[1], at],
    )
