"""Fill the book of appointments, and invite people who want one: `python -m benchmarks.fill_slots`.

Places are those that the product computes, taken from the soonest on (COPY by the superuser, under the capacity's
trigger). Invited people have an account, an approved application at its recording, and an open session.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import django
import psycopg

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode

SERVICE = "ktp_el_baru"
PLACES, PLACES_OF_MAIN = 30, 40  # every quarter of an hour
BORN = date(1990, 8, 17)
_APPOINTMENT = (
    "id region_id owner_id application_id subject_index site_id kind day starts minutes place starts_at state group_id"
    " reason made_at changed_at reminded_at"
).split()
_SQL = Path(__file__).parent / "sql" / "invite.sql"


def _system(region: int) -> Actor:
    return Actor(kind=ActorKind.SYSTEM, id=NOBODY, regions=(region,))


def _free(region: RegionCode, at: datetime) -> list[Any]:
    """Times with room, soonest first, as the product offers them; places get their capacity at the first look."""
    from adminduk.modules.appointments import actions, queries
    from adminduk.modules.appointments.types import Capacity, Kind
    from adminduk.modules.offices import queries as offices
    from adminduk.usecases.appoint_slots import HORIZON, NOTICE, free_between, recording_sites
    from adminduk.usecases.outside import catalogue

    known, kind = catalogue().region(region), Kind.RECORDING
    with acting_as(_system(region.number)):
        site_ids = recording_sites(known)
        main = {site.id for site in offices.list_sites(region.number) if site.is_main}
        for site_id in site_ids:
            places = PLACES_OF_MAIN if site_id in main else PLACES
            if {row.places for row in queries.list_capacity(region.number, site_id=site_id, kind=kind)} != {places}:
                week = [
                    Capacity(weekday, opens, closes, 15, places)
                    for weekday, spans in known.hours.items()
                    for opens, closes in spans
                ]
                actions.replace_capacity(region.number, site_id=site_id, kind=kind, rows=week)
        today = at.astimezone(ZoneInfo(known.time_zone)).date()
        found = free_between(
            known, site_ids=site_ids, kind=kind, days=(today, today + HORIZON), after=at + NOTICE, at=at
        )
    return sorted((one for slots in found.values() for one in slots), key=lambda one: (one.starts_at, one.slot.site_id))


def _book(url: str, region: int, free: list[Any], count: int, at: datetime) -> None:
    """Take the first `count` places of these times for people whom nobody knows."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY appointments_appointment ({', '.join(_APPOINTMENT)}) FROM STDIN") as copy:
            for one in free:
                slot = one.slot
                for place in range(slot.places - one.free + 1, slot.places + 1):
                    if not count:
                        break
                    count -= 1
                    copy.write_row((
                        uuid7(), region, uuid7(), uuid7(), os.urandom(32), slot.site_id, str(slot.kind), slot.day,
                        slot.starts, slot.minutes, place, one.starts_at, "booked", uuid7(), "", at, at, at,
                    ))  # fmt: skip
        assert not count, f"{count} bookings find no place"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE appointments_appointment")


def _invite(url: str, region: RegionCode, first: int, count: int, at: datetime) -> list[tuple[str, str]]:
    """So many people from serial `first` on: application and session of each."""
    from adminduk.modules.releases import actions as releases
    from adminduk.usecases.outside import catalogue

    release = catalogue().release(SERVICE, region, at.date())
    with acting_as(_system(region.number)):
        releases.keep(release.id, region_id=region.number, service_id=SERVICE, body=release.to_json(), at=at)
    people = [_person(region.number, serial, release.id, at) for serial in range(first, first + count)]
    with psycopg.connect(url) as connection:
        applications = [UUID(application) for application, _ in people]
        values = {"nobody": NOBODY, "region": region.number, "applications": applications}
        connection.execute(_SQL.read_bytes(), values)
    with psycopg.connect(url, autocommit=True) as connection:
        for table in ("accounts_account", "applications_application", "issuance_product"):
            connection.execute(f"VACUUM ANALYZE {table}")
    return people


def _person(region: int, serial: int, release_id: str, at: datetime) -> tuple[str, str]:
    from adminduk.foundation.sessions import SessionStore
    from adminduk.modules.accounts import actions as accounts
    from adminduk.modules.accounts.types import Address, Identity
    from adminduk.modules.applications import actions as applications

    nik, no_kk = f"337401170890{serial:04d}", f"3374{secrets.randbelow(10**12):012d}"
    who = Identity(Nik.parse(nik), NoKk.parse(no_kk), "CONTOH REKAAN", BORN)
    account, case = uuid7(), uuid7()
    actor = Actor(kind=ActorKind.CITIZEN, id=account, regions=(region,))
    with acting_as(actor):
        accounts.create_account(
            account, identity=who, address=Address("email", f"slot{serial}@contoh.example"), region_id=region,
            is_matched=True, language="id", at=at,
        )  # fmt: skip
        applications.create_draft(
            case, actor=actor, region_id=region, number=f"BMK-2611-S{serial:05d}-00", service_id=SERVICE,
            release_id=release_id, subject=who.to_json(), indexes=(accounts.nik_index(nik), accounts.kk_index(no_kk)),
            facts={"name": who.name}, answers={}, is_matched=True, needs_consent=False, ends_at=at, at=at,
        )  # fmt: skip
    session = SessionStore()
    session["citizen"] = {"id": str(account), "epoch": 0}
    session.save()
    assert session.session_key
    return str(case), session.session_key


def main() -> None:
    """Invite `--people`, then take `--bookings` places, or all but the last `--leave`; print what is there then."""
    parser = argparse.ArgumentParser(description="Fill the book of appointments of DATABASE_URL")
    parser.add_argument("--superuser-url", required=True)
    parser.add_argument("--region", default="33.74")
    parser.add_argument("--first", type=int, default=1, help="serial of the first person")
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--bookings", type=int, default=0)
    parser.add_argument("--leave", type=int, help="instead of --bookings")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adminduk.config.settings")
    django.setup()
    region, at = RegionCode.parse(options.region), clock.now()
    people = _invite(options.superuser_url, region, options.first, options.people, at)
    free = _free(region, at)
    room = sum(one.free for one in free)
    wanted = options.bookings if options.leave is None else room - options.leave
    _book(options.superuser_url, region.number, free, wanted, at)
    times = [
        (str(one.slot.site_id), one.slot.day.isoformat(), one.slot.starts.isoformat("minutes"), one.free)
        for one in _free(region, at)
    ]
    print(json.dumps({"people": people, "free": times, "booked": wanted}))


if __name__ == "__main__":
    main()
