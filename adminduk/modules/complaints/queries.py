"""Read reports: as an inspector in his region, or as somebody who holds a number."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.complaints.actions import content_context, number_index, words_context
from adminduk.modules.complaints.types import Kind, OpenedReport, ReportNumber, ReportRow, ReportState, ReportStep, Told

_ROW = "SELECT id, region_id, received_at, read_at, closed_at, outcome FROM complaints_report WHERE region_id = %s"


def list_open(region_id: int, *, limit: int) -> tuple[ReportRow, ...]:
    """Reports that wait, oldest first."""
    rows = fetch_all(f"{_ROW} AND closed_at IS NULL ORDER BY received_at, id LIMIT %s", [region_id, limit])
    return tuple(ReportRow(*row) for row in rows)


def list_closed(region_id: int, *, limit: int) -> tuple[ReportRow, ...]:
    """Reports that have ended, newest first."""
    rows = fetch_all(f"{_ROW} AND closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT %s", [region_id, limit])
    return tuple(ReportRow(*row) for row in rows)


def get_report(report_id: UUID, *, region_id: int, lock: bool = False) -> OpenedReport:
    """One report, opened. Raises NotFound, also for whom it is not meant for."""
    row = fetch_one(f"{_ROW} AND id = %s{' FOR UPDATE' if lock else ''}", [region_id, report_id])
    content = fetch_one(
        "SELECT content FROM complaints_report WHERE region_id = %s AND id = %s", [region_id, report_id]
    )
    if row is None or content is None:
        raise NotFound("report")
    told = Told(**crypto.decrypt_json(content[0], context=content_context(report_id, region_id=region_id)))
    steps = fetch_all(
        "SELECT id, kind, words, at FROM complaints_step WHERE report_id = %s AND region_id = %s ORDER BY at, id",
        [report_id, region_id],
    )
    return OpenedReport(ReportRow(*row), told, tuple(_step(*step, region_id=region_id) for step in steps))


def find_state(number: ReportNumber) -> ReportState | None:
    """Where the report with this number is, whatever its region: narrow functions, without what was written."""
    index = number_index(number)
    row = fetch_one(
        "SELECT id, region_id, received_at, read_at, closed_at, outcome FROM sec.report_by_number(%s)", [index]
    )
    if row is None:
        return None
    answers = fetch_all("SELECT id, kind, words, at FROM sec.answers_by_number(%s) ORDER BY at, id", [index])
    report_id, region_id, received_at, read_at, closed_at, outcome = row
    opened = tuple(_step(*step, region_id=region_id) for step in answers)
    return ReportState(report_id, region_id, received_at, read_at, closed_at, outcome, opened)


def _step(step_id: UUID, kind: str, words: bytes, at: datetime, *, region_id: int) -> ReportStep:
    opened = crypto.decrypt(words, context=words_context(step_id, region_id=region_id)).decode()
    return ReportStep(kind=Kind(kind), words=opened, at=at)
