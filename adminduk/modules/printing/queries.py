"""Read lines, jobs, shortages and alarms. What everybody may know comes from narrow functions of the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.printing.models import Alarm, Item, Job, Printer, Shortage
from adminduk.modules.printing.types import (
    AlarmKind,
    AlarmView,
    Exceptions,
    JobState,
    JobView,
    Line,
    PrinterView,
    Rank,
    ShortageView,
    Waiting,
)

COUNT_UP_TO = 5000
OPEN = (JobState.ASKED, JobState.JAMMED, JobState.PRINTED)


def waiting_of(row: Item) -> Waiting:
    """The row as others see it."""
    return Waiting(
        row.product_id, row.region_id, row.application_id, row.owner_id, row.site_id, row.step_id, Rank(row.rank),
        row.queued_at, row.job_id, row.stopped_reason, row.promised_on, row.shortage_id,
    )  # fmt: skip


def job_view(row: Job) -> JobView:
    """The row as others see it."""
    return JobView(
        row.id, row.region_id, row.product_id, row.application_id, row.batch_id, row.site_id, row.printer_id,
        row.serial, JobState(row.state), row.is_sent, row.asked_at, row.printed_at, row.ended_at, row.outcome,
        row.given_up_at, row.cancel_answer,
    )  # fmt: skip


def find_waiting(product_id: UUID, *, region_id: int) -> Waiting | None:
    """A product in its line, printing or stopped; None when it waits for no card."""
    row = Item.objects.filter(product_id=product_id, region_id=region_id).first()
    return waiting_of(row) if row else None


def list_line(region_id: int, *, site_id: UUID, most: int) -> tuple[Waiting, ...]:
    """The first of a site's line, in order."""
    rows = Item.objects.filter(region_id=region_id, site_id=site_id, job_id=None, stopped_reason="")
    return tuple(waiting_of(row) for row in rows.order_by("rank", "queued_at", "product_id")[:most])


def count_line(region_id: int, *, site_id: UUID) -> int:
    """How many wait in a site's line, those that are stopped too."""
    return Item.objects.filter(region_id=region_id, site_id=site_id, job_id=None).count()


def list_stopped(region_id: int) -> tuple[Waiting, ...]:
    """Those at which an officer has to look."""
    rows = Item.objects.filter(region_id=region_id).exclude(stopped_reason="").order_by("queued_at")
    return tuple(waiting_of(row) for row in rows[:200])


def is_ahead_of(waiting: Waiting) -> bool:
    """Whether somebody of the same line should have come before `waiting` and still waits."""
    return bool(
        fetch_one(
            "SELECT 1 FROM printing_item WHERE region_id = %s AND site_id = %s AND job_id IS NULL"
            " AND stopped_reason = '' AND (rank, queued_at, product_id) < (%s, %s, %s) LIMIT 1",
            [waiting.region_id, waiting.site_id, int(waiting.rank), waiting.queued_at, waiting.product_id],
        )
    )


def printer_view(row: Printer) -> PrinterView:
    """The row as others see it."""
    return PrinterView(row.id, row.site_id, row.name, row.is_active)


def list_printers(region_id: int, *, site_id: UUID | None = None, is_active: bool = True) -> tuple[PrinterView, ...]:
    """The printers of a site, or of all; with `is_active` False those that are retired too."""
    rows = Printer.objects.filter(region_id=region_id)
    if site_id:
        rows = rows.filter(site_id=site_id)
    if is_active:
        rows = rows.filter(is_active=True)
    return tuple(printer_view(row) for row in rows.order_by("name", "id"))


def count_on_printer(region_id: int, *, printer_id: UUID) -> int:
    """How many cards are under way on a printer or wait for the check."""
    return Job.objects.filter(region_id=region_id, printer_id=printer_id, state__in=OPEN).count()


def get_job(job_id: UUID, *, region_id: int) -> JobView:
    """One job. Raises NotFound."""
    row = Job.objects.filter(id=job_id, region_id=region_id).first()
    if row is None:
        raise NotFound("print_job")
    return job_view(row)


def list_open_jobs(region_id: int, *, site_id: UUID | None = None) -> tuple[JobView, ...]:
    """Jobs that are under way or wait for the check, oldest first."""
    rows = Job.objects.filter(region_id=region_id, state__in=OPEN)
    if site_id:
        rows = rows.filter(site_id=site_id)
    return tuple(job_view(row) for row in rows.order_by("asked_at", "serial")[:500])


def list_asked(region_id: int) -> tuple[JobView, ...]:
    """Jobs whose printer has not said yet that they are done."""
    rows = Job.objects.filter(region_id=region_id, state=JobState.ASKED).order_by("asked_at")
    return tuple(job_view(row) for row in rows[:500])


def list_may_come(region_id: int, *, site_id: UUID | None = None) -> tuple[JobView, ...]:
    """Jobs that were given up and may still be printed: their printers have not answered the cancel."""
    rows = Job.objects.filter(region_id=region_id, given_up_at__isnull=False, cancel_answer="", printer__is_active=True)
    if site_id:
        rows = rows.filter(site_id=site_id)
    return tuple(job_view(row) for row in rows.order_by("given_up_at")[:200])


def find_passed(product_id: UUID, *, region_id: int) -> JobView | None:
    """The good card of a product, for whoever hands it over."""
    row = Job.objects.filter(product_id=product_id, region_id=region_id, state=JobState.PASSED).first()
    return job_view(row) if row else None


def has_job(product_id: UUID, *, region_id: int) -> bool:
    """Whether a card was ever begun for it."""
    return Job.objects.filter(product_id=product_id, region_id=region_id).exists()


def list_applications_of_jobs(region_id: int, *, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Which application each of these jobs belongs to, for the independent look at the ledger."""
    return dict(Job.objects.filter(region_id=region_id, id__in=ids).values_list("id", "application_id"))


def list_open_shortages(region_id: int) -> tuple[ShortageView, ...]:
    """Sites that are out of blank cards."""
    rows = Shortage.objects.filter(region_id=region_id, ended_at=None)
    return tuple(ShortageView(row.id, row.site_id, row.began_at, row.expected_on) for row in rows)


def find_shortage(region_id: int, *, site_id: UUID) -> ShortageView | None:
    """A site's shortage that goes on, or None."""
    return next((each for each in list_open_shortages(region_id) if each.site_id == site_id), None)


def list_untold(region_id: int, *, shortage: ShortageView, most: int = 200) -> tuple[Waiting, ...]:
    """Those in a site's line who have not been told of its shortage, in order."""
    rows = Item.objects.filter(region_id=region_id, site_id=shortage.site_id, job_id=None, stopped_reason="")
    rows = rows.exclude(shortage_id=shortage.id) | rows.filter(shortage_id=None)
    return tuple(waiting_of(row) for row in rows.order_by("rank", "queued_at", "product_id")[:most])


def list_alarms(region_id: int, *, since: datetime) -> tuple[AlarmView, ...]:
    """Alarms since a moment, newest first."""
    rows = Alarm.objects.filter(region_id=region_id, at__gte=since).order_by("-at")[:100]
    return tuple(AlarmView(row.id, row.site_id, AlarmKind(row.kind), row.serial, row.at, row.job_id) for row in rows)


# --- what everybody may know ------------------------------------------------------------------------------------------


def place_of(product_id: UUID) -> int | None:
    """Place in the line from 1, counted up to COUNT_UP_TO; None when it waits in none."""
    row = fetch_one("SELECT sec.place_in_print_line(%s, %s)", [product_id, COUNT_UP_TO])
    return row[0] if row else None


def list_lines(region_id: int) -> tuple[Line, ...]:
    """Each site's line by rank, with no person in it."""
    rows = fetch_all("SELECT site_id, rank, waiting, oldest FROM sec.print_lines(%s)", [region_id])
    return tuple(Line(site, Rank(rank), int(waiting), oldest) for site, rank, waiting, oldest in rows)


def list_exceptions(region_id: int, *, since: date) -> tuple[Exceptions, ...]:
    """How many were moved ahead since a day, by reason."""
    rows = fetch_all("SELECT reason, count FROM sec.print_exceptions(%s, %s)", [region_id, since])
    return tuple(Exceptions(reason, int(count)) for reason, count in rows)
