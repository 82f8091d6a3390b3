"""How an office begins: hours, closures and places become rows with counters, and the first admin is invited."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from adminduk.catalogue.region_schema import Region, SiteOfRegion
from adminduk.foundation import jobs, totp
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.audit import actions as audit
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries
from adminduk.modules.offices.types import Opening
from adminduk.usecases import counter_setup
from adminduk.usecases.appoint_setup import seed_capacity
from adminduk.usecases.office_staff import invitation_link, refuse_wrong, send_invitation
from adminduk.usecases.outside import catalogue

DEMO_PASSWORD = "contoh-kata-sandi-petugas"  # noqa: S105 - of fictional people; refused outside demo and test
DEMO_STAFF = (
    ("petugas1", "officer", "CONTOH Dian Petugas"),
    ("petugas2", "officer", "CONTOH Bayu Petugas"),
    ("kepala", "head", "CONTOH Ratna Kepala"),
    ("admin", "admin", "CONTOH Agus Admin"),
    ("operator1", "operator", "CONTOH Sari Operator"),
    ("operator2", "operator", "CONTOH Made Operator"),
    ("inspektur", "inspector", "CONTOH Tri Inspektur"),
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
    return _invite_first(region, email=email, name=name, role="admin", at=at)


def _invite_first(region: RegionCode, *, email: str, name: str, role: str, at: datetime) -> str:
    place = catalogue().region(region)
    if not place.joined:
        raise NotFound("region")
    refuse_wrong(email=email, name=name, role=role, roles=(role,))
    actor, token = jobs.system_actor(region.number), secrets.token_urlsafe(32)
    with acting_as(actor):
        seed_office(place)
        invited = offices.invite(region_id=region.number, email=email, name=name.strip(), role=role, token=token, at=at)
        send_invitation(invited, email=email, token=token, region_id=region.number, at=at)
        audit.record(f"staff.first_{role}", actor=actor, at=at, region_id=region.number, about=("officer", invited))
    return invitation_link(token)


def first_inspector(region: RegionCode, *, email: str, name: str, at: datetime) -> str:
    """Invite somebody of the inspectorate, which no admin of the office can do; returns his link.

    Raises NotFound for a region that has not joined; DomainError: officer_exists, invitation_wrong (problems).
    """
    return _invite_first(region, email=email, name=name, role="inspector", at=at)


def seed_office(region: Region) -> None:
    """Write what the region's file says as rows: places with counters, hours, closures; an office's own rows stay."""
    number = region.code.number
    _seed_sites(region)
    counter_setup.seed_counters(number, queries.list_sites(number))
    seed_capacity(region, queries.list_sites(number))
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


def _seed_sites(region: Region) -> None:
    if queries.list_sites(region.code.number, is_active=False):
        return
    for site in region.sites or (_office_alone(region),):
        offices.add_site(
            region.code.number,
            code=site.code,
            name=site.name,
            address=site.address,
            district_code=site.district,
            is_main=site.is_main,
            does=site.does,
        )


def _office_alone(region: Region) -> SiteOfRegion:
    """The one place of an office whose file names none: the office, where everything is done."""
    assert region.office is not None, "a joined region has an office"
    return SiteOfRegion(
        code="dinas",
        name=region.office.name,
        address=region.office.address,
        is_main=True,
        does=("record", "print", "hand_over"),
    )


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
    demo_offices()
    staff = demo_officers()
    for officer in staff:
        demo_officer(officer, at=at)
    return staff


def demo_offices() -> None:
    """The rows of every joined region's office. Raises NotFound outside demo and test."""
    _refuse_real()
    for region in catalogue().joined_regions:
        with acting_as(jobs.system_actor(region.code.number)):
            seed_office(region)


def demo_officer(officer: DemoOfficer, *, at: datetime) -> None:
    """Make one of the staff unless he is there. Raises NotFound outside demo and test."""
    _refuse_real()
    if queries.find_by_email(officer.email) is None:
        _make(officer, at=at)


def _refuse_real() -> None:
    if settings.ENVIRONMENT.mode not in ("demo", "test"):
        raise NotFound("office")


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
