"""How an office begins: hours and closures of its region's file become rows, and the first admin is invited."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from adminduk.catalogue.region_schema import Region
from adminduk.foundation import jobs, totp
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.audit import actions as audit
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries
from adminduk.modules.offices.types import Opening
from adminduk.usecases.office_staff import invitation_link, refuse_wrong, send_invitation
from adminduk.usecases.outside import catalogue

DEMO_PASSWORD = "contoh-kata-sandi-petugas"  # noqa: S105 - of fictional people; refused outside demo and test
DEMO_STAFF = (
    ("petugas1", "officer", "CONTOH Dian Petugas"),
    ("petugas2", "officer", "CONTOH Bayu Petugas"),
    ("kepala", "head", "CONTOH Ratna Kepala"),
    ("admin", "admin", "CONTOH Agus Admin"),
)


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """One of the demo's staff."""

    email: str
    name: str
    role: str
    region: RegionCode


def first_admin(region: RegionCode, *, email: str, name: str, at: datetime) -> str:
    """Invite the first admin of a joined region and return his link; the message is planned too.

    Raises NotFound for a region that has not joined; DomainError: officer_exists, invitation_wrong (problems).
    """
    place = catalogue().region(region)
    if not place.joined:
        raise NotFound("region")
    refuse_wrong(email=email, name=name, role="admin")
    actor, token = jobs.system_actor(region.number), secrets.token_urlsafe(32)
    with acting_as(actor):
        seed_hours(place)
        invited = offices.invite(
            region_id=region.number, email=email, name=name.strip(), role="admin", token=token, at=at
        )
        send_invitation(invited, email=email, token=token, region_id=region.number, at=at)
        audit.record("staff.first_admin", actor=actor, at=at, region_id=region.number, about=("officer", invited))
    return invitation_link(token)


def seed_hours(region: Region) -> None:
    """Write the opening hours and closures of the region's file as rows, unless the office has rows of its own."""
    number = region.code.number
    if queries.list_openings(number):
        return
    openings = [
        Opening(weekday=day, opens=opens, closes=closes)
        for day, spans in region.hours.items()
        for opens, closes in spans
    ]
    offices.replace_hours(number, openings=tuple(openings))
    for holiday in region.holidays:
        offices.add_closure(number, day=holiday.day, reason=holiday.name[:120])


def demo_officers() -> tuple[DemoOfficer, ...]:
    """The demo's staff of every joined region, by region."""
    return tuple(
        DemoOfficer(f"{user}.{region.code.number}@adminduk.example", name, role, region.code)
        for region in catalogue().joined_regions
        for user, role, name in DEMO_STAFF
    )


def demo_secret(email: str) -> bytes:
    """The authenticator secret of a demo officer: the same in every demo."""
    return hashlib.sha256(f"demo|{email}".encode()).digest()[: totp.SECRET_BYTES]


def demo_staff(*, at: datetime) -> tuple[DemoOfficer, ...]:
    """Make the demo's staff and rows where they lack; again is harmless. Raises NotFound outside demo and test."""
    if settings.ENVIRONMENT.mode not in ("demo", "test"):
        raise NotFound("office")
    for region in catalogue().joined_regions:
        with acting_as(jobs.system_actor(region.code.number)):
            seed_hours(region)
    staff = demo_officers()
    for officer in staff:
        if queries.find_by_email(officer.email) is None:
            _make(officer, at=at)
    return staff


def _make(officer: DemoOfficer, *, at: datetime) -> None:
    token = secrets.token_urlsafe(32)
    with acting_as(jobs.system_actor(officer.region.number)):
        made = offices.invite(
            region_id=officer.region.number,
            email=officer.email,
            name=officer.name,
            role=officer.role,
            token=token,
            at=at,
        )
        offices.accept_invitation(
            made,
            region_id=officer.region.number,
            token=token,
            password=DEMO_PASSWORD,
            totp=(demo_secret(officer.email), 0),
            at=at,
        )
