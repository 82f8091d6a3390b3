"""Fill an installation's database with applications of fictional people: `python -m benchmarks.fill`.

Rows are written as the portal would, encryption included, past its use cases (COPY by the superuser, for speed). They
carry no pictures and no events but the sending.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import django
import psycopg

from adminduk.foundation import crypto
from adminduk.foundation.ids import uuid7
from adminduk.kernel.identifiers import RegionCode

SERVICE = "ktp_el_hilang"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SUBJECT = {"nik": "3374015708909001", "no_kk": "3374010501209001", "name": "SITI CONTOH", "birth_date": "1990-08-17"}
_ANSWERS = {"sebab_hilang": "tercecer", "tanggal_hilang": "2026-11-20", "tempat_hilang": "Pasar", "benar": True}
_FACTS = {
    "is_matched": True,
    "name": "SITI CONTOH",
    "birth_date": "1990-08-17",
    "card": "issued",
    "biometrics": "stored",
}
_APPLICATION = (
    "id region_id owner_id number service_id release_id state is_matched needs_consent subject_index kk_index subject"
    " answers facts status_index round created_at changed_at submitted_at due_at decided_at decided_by reason kept"
).split()
_ITEM = "application_id region_id owner_id queued_at due_at kk_index is_escalated".split()


@dataclass(frozen=True, slots=True)
class _Plan:
    region: int
    release: str
    first: int  # serial of the first new application
    count: int
    open_from: int  # the first serial that still waits for an officer
    now: datetime
    apart: float | None  # seconds between two applications; None: 7, counted from the very first one


def _number(serial: int) -> str:
    """A number that no other application of the filling has; its check digits are of no matter here."""
    drawn = ""
    for _ in range(6):
        serial, digit = divmod(serial, 32)
        drawn = _ALPHABET[digit] + drawn
    return f"BMK-2611-{drawn}-00"


def _rows(plan: _Plan) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...] | None]]:
    """Each application, and its place in the queue if it waits."""
    for serial in range(plan.first, plan.first + plan.count):
        application_id, owner_id = uuid7(), uuid7()
        is_open = serial >= plan.open_from
        seconds = serial * 7 if plan.apart is None else (serial - plan.first) * plan.apart
        sent = plan.now - timedelta(days=90) + timedelta(seconds=seconds)
        due = sent + timedelta(days=1)

        def sealed(column: str, value: object, key: object = application_id) -> bytes:
            return crypto.encrypt_json(value, context=f"applications_application|{column}|{key}|{plan.region}")

        index = os.urandom(32)
        yield (
            (
                application_id, plan.region, owner_id, _number(serial), SERVICE, plan.release,
                "submitted" if is_open else "approved", True, False, index, index, sealed("subject", _SUBJECT),
                sealed("answers", _ANSWERS), sealed("facts", _FACTS), os.urandom(32), 0, sent, sent, sent, due,
                None if is_open else due, None if is_open else owner_id, "", "whole",
            ),
            (application_id, plan.region, owner_id, sent, due, index, False) if is_open else None,
        )  # fmt: skip


def _write(connection: psycopg.Connection[Any], plan: _Plan) -> None:
    waiting = []
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY applications_application ({', '.join(_APPLICATION)}) FROM STDIN") as copy,
    ):
        for row, item in _rows(plan):
            copy.write_row(row)
            if item:
                waiting.append(item)
    with connection.cursor() as cursor, cursor.copy(f"COPY workqueue_item ({', '.join(_ITEM)}) FROM STDIN") as copy:
        for item in waiting:
            copy.write_row(item)
    connection.commit()


def main() -> None:
    """Add so many applications, of which the last `--open` wait for an officer."""
    parser = argparse.ArgumentParser(description="Fill the database of DATABASE_URL")
    parser.add_argument("--superuser-url", required=True)
    parser.add_argument("--region", default="33.74")
    parser.add_argument("--first", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--open", type=int, required=True)
    parser.add_argument("--apart", type=float, help="seconds between two of them, from 90 days ago on")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adminduk.config.settings")
    django.setup()
    from adminduk.usecases.outside import catalogue  # after the settings are named

    now = datetime.now(UTC)
    region = RegionCode.parse(options.region)
    release = catalogue().release(SERVICE, region, now.date())
    with psycopg.connect(options.superuser_url) as connection:
        connection.execute(
            "INSERT INTO releases_release (id, region_id, service_id, body, created_at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [release.id, region.number, SERVICE, release.to_json().decode(), now],
        )
        open_from = options.first + options.count - options.open
        plan = _Plan(region.number, release.id, options.first, options.count, open_from, now, options.apart)
        _write(connection, plan)
    with psycopg.connect(options.superuser_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE applications_application")
        connection.execute("VACUUM ANALYZE workqueue_item")
    print(json.dumps({"added": options.count, "open": options.open}))


if __name__ == "__main__":
    main()
