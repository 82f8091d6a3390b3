"""The inspectorate reads reports of brokers and bribes, notes, answers, and closes them with a coded outcome."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.audit import actions as audit
from adminduk.modules.complaints import actions as complaints
from adminduk.modules.complaints import queries
from adminduk.modules.complaints.types import Kind, OpenedReport, ReportRow
from adminduk.usecases.outside import catalogue

MOST_LISTED = 200
LONGEST_WORDS = 2000


def list_reports(actor: Actor) -> tuple[tuple[ReportRow, ...], tuple[ReportRow, ...]]:
    """What waits, oldest first, and what has ended, newest first. Raises NotFound for anybody of the office."""
    region_id = _region_of(actor)
    with acting_as(actor):
        return queries.list_open(region_id, limit=MOST_LISTED), queries.list_closed(region_id, limit=MOST_LISTED)


def read_report(actor: Actor, report_id: UUID, *, at: datetime) -> OpenedReport:
    """Open a report; the look is recorded, and the reporter sees that it was read. Raises NotFound."""
    region_id = _region_of(actor)
    with acting_as(actor):
        opened = queries.get_report(report_id, region_id=region_id)
        complaints.mark_read(report_id, region_id=region_id, at=at)
        _record("report.read", actor, report_id, at)
        return opened


def add_note(actor: Actor, report_id: UUID, *, words: str, key: str, at: datetime) -> None:
    """Write a note that only inspectors read. Raises NotFound, DomainError: words_missing, words_long."""
    _add(actor, report_id, Kind.NOTE, words=words, key=key, at=at)


def answer(actor: Actor, report_id: UUID, *, words: str, key: str, at: datetime) -> None:
    """Answer; the reporter reads it with his number. Raises NotFound, DomainError: words_missing, words_long."""
    _add(actor, report_id, Kind.ANSWER, words=words, key=key, at=at)


def _add(actor: Actor, report_id: UUID, kind: Kind, *, words: str, key: str, at: datetime) -> None:
    region_id, said = _region_of(actor), _checked(words)

    def act() -> str:
        queries.get_report(report_id, region_id=region_id, lock=True)
        complaints.add_step(report_id, kind, words=said, region_id=region_id, inspector_id=actor.id, at=at)
        _record(f"report.{kind}", actor, report_id, at)
        return ""

    once(actor, key, act)


def close(actor: Actor, report_id: UUID, *, outcome: str, key: str, at: datetime) -> None:
    """End it with one of the coded outcomes. Raises NotFound, DomainError: outcome_missing, report_is_closed."""
    region_id = _region_of(actor)
    if outcome not in catalogue().report_outcomes:
        raise DomainError("outcome_missing")

    def act() -> str:
        queries.get_report(report_id, region_id=region_id, lock=True)
        complaints.close(report_id, outcome=outcome, region_id=region_id, at=at)
        _record("report.close", actor, report_id, at, reason=outcome)
        return ""

    once(actor, key, act)


def _region_of(actor: Actor) -> int:
    if actor.kind is not ActorKind.INSPECTOR:
        raise NotFound("report")
    return actor.regions[0]


def _checked(words: str) -> str:
    said = words.strip()
    if not said:
        raise DomainError("words_missing")
    if len(said) > LONGEST_WORDS:
        raise DomainError("words_long", limit=LONGEST_WORDS)
    return said


def _record(act: str, actor: Actor, report_id: UUID, at: datetime, *, reason: str = "") -> None:
    audit.record(act, actor=actor, at=at, region_id=actor.regions[0], about=("report", report_id), reason=reason)
