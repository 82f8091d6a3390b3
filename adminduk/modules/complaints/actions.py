"""Keep a report; read, note, answer and close it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import run
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError
from adminduk.modules.complaints.models import Report, Step
from adminduk.modules.complaints.types import Kind, ReportNumber, Told


def number_index(number: ReportNumber) -> bytes:
    """What a number is found by."""
    return crypto.blind_index(number.text, purpose="report")


def content_context(report_id: UUID, *, region_id: int) -> str:
    """The place that the report's content is bound to."""
    return f"complaints_report|content|{report_id}|{region_id}"


def words_context(step_id: UUID, *, region_id: int) -> str:
    """The place that a step's words are bound to."""
    return f"complaints_step|words|{step_id}|{region_id}"


def keep(told: Told, *, number: ReportNumber, region_id: int, at: datetime) -> UUID:
    """Keep a report. Whoever writes it cannot read it afterwards, so that nothing is asked back from the table."""
    report_id = uuid7()
    run(
        "INSERT INTO complaints_report (id, region_id, number_index, content, received_at, outcome)"
        " VALUES (%s, %s, %s, %s, %s, '')",
        [
            report_id, region_id, number_index(number),
            crypto.encrypt_json(asdict(told), context=content_context(report_id, region_id=region_id)), at,
        ],
    )  # fmt: skip
    return report_id


def mark_read(report_id: UUID, *, region_id: int, at: datetime) -> None:
    """An inspector has opened it; the first time counts."""
    run(
        "UPDATE complaints_report SET read_at = %s WHERE id = %s AND region_id = %s AND read_at IS NULL",
        [at, report_id, region_id],
    )


def add_step(report_id: UUID, kind: Kind, *, words: str, region_id: int, inspector_id: UUID, at: datetime) -> None:
    """Write a note or an answer."""
    step_id = uuid7()
    run(
        "INSERT INTO complaints_step (id, report_id, region_id, kind, inspector_id, words, at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [
            step_id, report_id, region_id, str(kind), inspector_id,
            crypto.encrypt(words.encode(), context=words_context(step_id, region_id=region_id)), at,
        ],
    )  # fmt: skip


def close(report_id: UUID, *, outcome: str, region_id: int, at: datetime) -> None:
    """End it with a coded outcome. Raises DomainError("report_is_closed") for one that has ended."""
    changed = run(
        "UPDATE complaints_report SET closed_at = %s, outcome = %s, read_at = coalesce(read_at, %s)"
        " WHERE id = %s AND region_id = %s AND closed_at IS NULL",
        [at, outcome, at, report_id, region_id],
    )
    if not changed:
        raise DomainError("report_is_closed")


def forget_closed(region_id: int, *, before: datetime, limit: int = 1000) -> int:
    """Delete reports that were closed before, with their steps; returns how many, at most `limit`."""
    old = Report.objects.filter(region_id=region_id, closed_at__lt=before)
    ids = list(old.values_list("id", flat=True)[:limit])
    Step.objects.filter(report_id__in=ids).delete()
    return Report.objects.filter(id__in=ids).delete()[0]
