"""Read staff, hours, closures and incidents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_all, fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.offices.actions import invite_index, totp_context
from adminduk.modules.offices.models import Incident, Officer
from adminduk.modules.offices.types import ClosedDay, KnownOfficer, OpenIncident, Opening, StaffMember

_MEMBER = """
SELECT email, name, role, is_active, totp_secret IS NOT NULL, kk_index, session_epoch, last_login
FROM offices_officer WHERE id = %s AND region_id = %s"""


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


def find_officer(officer_id: UUID) -> KnownOfficer | None:
    """The officer of a session, whatever his region: a narrow function by id."""
    row = fetch_one(
        "SELECT region_id, email, name, role, session_epoch, password, totp_secret FROM sec.find_officer(%s)",
        [officer_id],
    )
    if row is None:
        return None
    region_id, email, name, role, epoch, password, secret = row
    return KnownOfficer(
        id=officer_id,
        region_id=region_id,
        email=email,
        name=name,
        role=role,
        session_epoch=epoch,
        password=password,
        totp_secret=crypto.decrypt(secret, context=totp_context(officer_id)) if secret else None,
    )


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
    rows = fetch_all(
        "SELECT weekday, opens, closes FROM offices_openinginterval WHERE region_id = %s ORDER BY weekday, opens",
        [region_id],
    )
    return tuple(Opening(weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in rows)


def list_closures(region_id: int) -> tuple[ClosedDay, ...]:
    """All closed days and those that were lifted, oldest first."""
    rows = fetch_all(
        "SELECT day, reason, is_lifted FROM offices_closure WHERE region_id = %s ORDER BY day", [region_id]
    )
    return tuple(ClosedDay(day=day, reason=reason, is_lifted=is_lifted) for day, reason, is_lifted in rows)


def find_incident(region_id: int) -> OpenIncident | None:
    """The banner that is shown now, or None."""
    row = Incident.objects.filter(region_id=region_id, ended_at__isnull=True).first()
    return OpenIncident(id=row.id, text=row.text, began_at=row.began_at) if row else None
