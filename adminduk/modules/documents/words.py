"""What officers say against the machine's verdicts and readings, and how often they do.

A word lives as long as its page. The counters hold nobody's data and stay: `tally` adds the pages of a case to them
when it is decided, each page once, and `untally` takes them out again when the decision is undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_all, run
from adminduk.foundation.ids import uuid7
from adminduk.modules.documents import papers_as_json as as_json
from adminduk.modules.documents.types import Said, StoredPage, Tallied, Word

PICTURE = ""
MEMBERS = "anggota"

_SAY = """
INSERT INTO documents_officerword
    (id, page_id, region_id, application_id, subject, said, value, is_implied, officer_id, at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (page_id, subject) DO UPDATE
SET said = EXCLUDED.said, value = EXCLUDED.value, is_implied = EXCLUDED.is_implied, officer_id = EXCLUDED.officer_id,
    at = EXCLUDED.at"""
_BEGIN_TALLY = """
UPDATE documents_page SET tallied_at = %(at)s
WHERE application_id = %(application)s AND region_id = %(region)s AND removed_at IS NULL AND tallied_at IS NULL
    AND coalesce(read_verdict, verdict) IS NOT NULL
RETURNING id, kind, coalesce(read_verdict, verdict)"""
_UNDO_TALLY = """
UPDATE documents_page SET tallied_at = NULL
WHERE application_id = %(application)s AND region_id = %(region)s AND tallied_at = %(at)s
RETURNING id, kind, coalesce(read_verdict, verdict)"""
_ADD = """
INSERT INTO documents_tally (id, region_id, day, kind, subject, cause, seen, wrong)
SELECT gen_random_uuid(), %s, %s, * FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[], %s::int[])
ON CONFLICT (region_id, day, kind, subject, cause) DO UPDATE
SET seen = documents_tally.seen + EXCLUDED.seen, wrong = documents_tally.wrong + EXCLUDED.wrong"""

_Key = tuple[str, str, str]


def say(page: StoredPage, word: Word, *, officer_id: UUID, at: datetime, is_implied: bool = False) -> None:
    """Keep what an officer says of a page; his last word of each subject holds."""
    sealed = crypto.encrypt(word.value.encode(), context=_context_of(page.id, word.subject)) if word.value else None
    run(
        _SAY,
        [
            uuid7(), page.id, page.region_id, page.application_id, word.subject, word.said, sealed, is_implied,
            officer_id, at,
        ],
    )  # fmt: skip


def take_back(page: StoredPage, subject: str) -> None:
    """As if nothing had been said. Twice is harmless."""
    run(
        "DELETE FROM documents_officerword WHERE page_id = %s AND region_id = %s AND subject = %s",
        [page.id, page.region_id, subject],
    )


def list_of_application(application_id: UUID, *, region_id: int) -> tuple[Word, ...]:
    """What has been said of its pages."""
    rows = fetch_all(
        "SELECT page_id, subject, said, value FROM documents_officerword WHERE application_id = %s AND region_id = %s",
        [application_id, region_id],
    )
    return tuple(
        Word(page_id, subject, Said(said), _opened(value, page_id, subject)) for page_id, subject, said, value in rows
    )


def tally(application_id: UUID, *, region_id: int, day: date, at: datetime) -> None:
    """Count the judged pages that no decision has counted yet. `at` is known again by `untally`."""
    _count(_BEGIN_TALLY, application_id, region_id, day=day, at=at, sign=1)


def untally(application_id: UUID, *, region_id: int, day: date, at: datetime) -> None:
    """Take out what `tally` added at `at`, and the words that only followed from that decision."""
    _count(_UNDO_TALLY, application_id, region_id, day=day, at=at, sign=-1)
    run(
        "DELETE FROM documents_officerword WHERE application_id = %s AND region_id = %s AND is_implied AND at = %s",
        [application_id, region_id, at],
    )


def rates(region_id: int, *, since: date) -> tuple[Tallied, ...]:
    """The counters of a region since a day, summed up."""
    rows = fetch_all(
        "SELECT kind, subject, cause, sum(seen)::int, sum(wrong)::int FROM documents_tally"
        " WHERE region_id = %s AND day >= %s GROUP BY kind, subject, cause HAVING sum(seen) > 0"
        " ORDER BY kind, subject, cause",
        [region_id, since],
    )
    return tuple(Tallied(*row) for row in rows)


def counted_as(subject: str) -> str:
    """All members of a family are counted together: "anggota.2.nik" is "anggota.nik"."""
    name, _, rest = subject.partition(".")
    return f"{MEMBERS}.{rest.partition('.')[2]}" if name == MEMBERS else subject


def _count(sql: str, application_id: UUID, region_id: int, *, day: date, at: datetime, sign: int) -> None:
    of_case = {"application": application_id, "region": region_id, "at": at}
    pages = {page_id: (kind, verdict) for page_id, kind, verdict in fetch_all(sql, of_case)}
    if not pages:
        return
    seen, wrong = Counter[_Key](), Counter[_Key]()
    said = fetch_all("SELECT page_id, subject FROM documents_officerword WHERE page_id = ANY(%s)", [list(pages)])
    for page_id, subject in [*((page_id, PICTURE) for page_id in pages), *_read(list(pages), region_id)]:
        seen[_key(pages[page_id], subject)] += sign
    for page_id, subject in said:
        wrong[_key(pages[page_id], subject)] += sign
    keys = sorted(seen)  # in one order, so that two decisions never wait for one another
    columns = [list(column) for column in zip(*keys, strict=True)]
    run(_ADD, [region_id, day, *columns, [seen[key] for key in keys], [wrong[key] for key in keys]])


def _key(page: tuple[str, str], subject: str) -> _Key:
    kind, text = page
    verdict = as_json.verdict_of(text)
    cause = verdict.reasons[0].cause if subject == PICTURE and verdict and verdict.reasons else ""
    return kind, counted_as(subject), cause


def _read(page_ids: list[UUID], region_id: int) -> Iterable[tuple[UUID, str]]:
    """Every value that was read on these pages."""
    rows = fetch_all("SELECT page_id, sealed FROM documents_reading WHERE page_id = ANY(%s)", [page_ids])
    for page_id, sealed in rows:
        paper = as_json.unseal(sealed, page_id=page_id, region_id=region_id).paper
        if paper is not None:
            yield from ((page_id, name) for name in paper.fields)
            yield from ((page_id, f"{MEMBERS}.1.{name}") for one in paper.members for name in one.fields)


def _opened(value: bytes | None, page_id: UUID, subject: str) -> str:
    return crypto.decrypt(value, context=_context_of(page_id, subject)).decode() if value is not None else ""


def _context_of(page_id: UUID, subject: str) -> str:
    return f"documents_officerword|value|{page_id}|{subject}"
