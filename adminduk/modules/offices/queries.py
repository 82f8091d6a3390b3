"""Read staff, hours, closures and incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.prepared import Question
from adminduk.foundation.database.statements import fetch, fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.offices.actions import invite_index, totp_context
from adminduk.modules.offices.models import Officer
from adminduk.modules.offices.types import ClosedDay, KnownOfficer, OpenIncident, Opening, ServiceSite, StaffMember

_MEMBER = """
SELECT email, name, role, is_active, totp_secret IS NOT NULL, kk_index, session_epoch, last_login
FROM offices_officer WHERE id = %s AND region_id = %s"""
_OPENINGS = "SELECT weekday, opens, closes FROM offices_openinginterval WHERE region_id = %s ORDER BY weekday, opens"
_CLOSURES = "SELECT day, reason, is_lifted FROM offices_closure WHERE region_id = %s ORDER BY day"
_SITE = "id, region_id, code, name, address, district_code, is_main, records, prints, hands_over, is_active"
_SITES = f"SELECT {_SITE} FROM offices_site WHERE region_id = %s ORDER BY NOT is_main, name"  # noqa: S608 - constant
SESSION_OF: Final = "SELECT session_epoch, region_id, role FROM sec.find_officer(%s)"

_INCIDENT = """
SELECT id, text, began_at FROM offices_incident WHERE region_id = %s AND ended_at IS NULL ORDER BY id LIMIT 1"""


def _member(officer: Officer) -> StaffMember:
    return StaffMember(
        id=officer.id,
        region_id=officer.region_id,
        email=officer.email,
        name=officer.name,
        role=officer.role,
        is_active=officer.is_active,
        has_totp=officer.totp_secret is not None,
        kk_index=bytes(officer.kk_index) if officer.kk_index else None,
        session_epoch=officer.session_epoch,
        last_login=officer.last_login,
    )


def _known(officer: Officer) -> KnownOfficer:
    secret = officer.totp_secret
    return KnownOfficer(
        id=officer.id,
        region_id=officer.region_id,
        email=officer.email,
        name=officer.name,
        role=officer.role,
        session_epoch=officer.session_epoch,
        password=officer.password,
        totp_secret=crypto.decrypt(secret, context=totp_context(officer.id)) if secret else None,
    )


def find_by_email(email: str) -> KnownOfficer | None:
    """The officer who wants to sign in, whatever his region: a narrow function by e-mail address."""
    found = list(Officer.objects.raw("SELECT * FROM sec.find_officer_by_email(%s)", [email.strip().lower()]))
    return _known(found[0]) if found else None


def session_of(officer_id: UUID, *, told: tuple[Any, ...] | None = None) -> tuple[int, int, str] | None:
    """Session epoch, region and role of an officer, for each of his requests; None if he was deactivated.

    `told` is the answer to SESSION_OF, where it came along with another question.
    """
    row = told or fetch_one(SESSION_OF, [officer_id])
    return (int(row[0]), int(row[1]), str(row[2])) if row else None


def find_invited(token: str, *, at: datetime) -> KnownOfficer | None:
    """The officer who holds a valid invitation."""
    found = list(Officer.objects.raw("SELECT * FROM sec.find_invited_officer(%s)", [invite_index(token)]))
    return _known(found[0]) if found and found[0].invite_ends_at and found[0].invite_ends_at > at else None


def get_member(officer_id: UUID, *, region_id: int) -> StaffMember:
    """One person of the office. Raises NotFound."""
    row = fetch_one(_MEMBER, [officer_id, region_id])
    if row is None:
        raise NotFound("officer")
    return StaffMember(officer_id, region_id, *row)


def list_staff(region_id: int) -> tuple[StaffMember, ...]:
    """Everybody of the office, by name."""
    return tuple(_member(officer) for officer in Officer.objects.filter(region_id=region_id).order_by("name"))


def list_openings(region_id: int) -> tuple[Opening, ...]:
    """The week's opening hours."""
    return fetch(openings_of(region_id))


def openings_of(region_id: int) -> Question[tuple[Opening, ...]]:
    """`list_openings`, to be asked with others."""
    return Question(_OPENINGS, [region_id], lambda rows: tuple(Opening(*row) for row in rows))


def list_closures(region_id: int) -> tuple[ClosedDay, ...]:
    """All closed days and those that were lifted, oldest first."""
    return fetch(closures_of(region_id))


def closures_of(region_id: int) -> Question[tuple[ClosedDay, ...]]:
    """`list_closures`, to be asked with others."""
    return Question(_CLOSURES, [region_id], lambda rows: tuple(ClosedDay(*row) for row in rows))


def find_incident(region_id: int) -> OpenIncident | None:
    """The banner that is shown now, or None."""
    return fetch(incident_of(region_id))


def incident_of(region_id: int) -> Question[OpenIncident | None]:
    """`find_incident`, to be asked with others."""
    return Question(_INCIDENT, [region_id], lambda rows: OpenIncident(*rows[0]) if rows else None)


def list_sites(region_id: int, *, is_active: bool = True) -> tuple[ServiceSite, ...]:
    """The places where the office serves people, the main one first; with `is_active` False closed ones too."""
    sites = (ServiceSite(*row) for row in fetch_all(_SITES, [region_id]))
    return tuple(site for site in sites if site.is_active or not is_active)


def find_counter(region_id: int, *, but: UUID | None = None) -> ServiceSite | None:
    """Where cards are taken: the main place if cards are handed over there, else the first that does; None if none."""
    return next((site for site in list_sites(region_id) if site.hands_over and site.id != but), None)


def get_site(site_id: UUID, *, region_id: int) -> ServiceSite:
    """One place, closed or not. Raises NotFound."""
    for site in list_sites(region_id, is_active=False):
        if site.id == site_id:
            return site
    raise NotFound("site")
