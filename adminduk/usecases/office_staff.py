"""People of an office: invited, invited again, deactivated; whose family is whose."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import NoKk, RegionCode
from adminduk.kernel.moments import long_moment
from adminduk.modules.accounts.actions import kk_index
from adminduk.modules.audit import actions as audit
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.notifications.types import Recipient
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries as office_queries
from adminduk.modules.offices.types import StaffMember
from adminduk.modules.workqueue import actions as workqueue
from adminduk.usecases.notify import office_name
from adminduk.usecases.outside import catalogue

# Not the inspectorate: whom it sends says who keeps the installation (`adminduk first_inspector`), never the office.
ROLES = ("officer", "operator", "head", "admin")
LONGEST_NAME = 120


def invite(actor: Actor, *, email: str, name: str, role: str, key: str, at: datetime) -> UUID:
    """Invite somebody by e-mail to set password and authenticator within three days.

    Raises NotFound to all but admins; DomainError: officer_exists, and invitation_wrong with problems for name, email
    and role.
    """
    region_id = region_of_admin(actor)
    refuse_wrong(email=email, name=name, role=role)

    def act() -> str:
        token = secrets.token_urlsafe(32)
        invited = offices.invite(region_id=region_id, email=email, name=name.strip(), role=role, token=token, at=at)
        send_invitation(invited, email=email, token=token, region_id=region_id, at=at)
        _record("staff.invite", actor, invited, at, reason=role)
        return str(invited)

    return UUID(once(actor, key, act))


def refuse_wrong(*, email: str, name: str, role: str, roles: tuple[str, ...] = ROLES) -> None:
    """Raise DomainError("invitation_wrong") with what is wrong with name, email and role."""
    problems = []
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        problems.append(Problem("officer_name", "name"))
    user, at_sign, domain = email.strip().rpartition("@")
    if not (user and at_sign and "." in domain) or any(c.isspace() for c in email.strip()) or len(email) > 254:
        problems.append(Problem("officer_email", "email"))
    if role not in roles:
        problems.append(Problem("officer_role", "role"))
    if problems:
        raise DomainError("invitation_wrong", problems=tuple(problems))


def invite_again(actor: Actor, officer_id: UUID, *, key: str, at: datetime) -> None:
    """A new link for a lost authenticator or password; what was before opens nothing, held cases go back.

    Raises NotFound.
    """
    region_id = region_of_admin(actor)

    def act() -> str:
        member = _member_of_office(officer_id, region_id=region_id)
        token = secrets.token_urlsafe(32)
        offices.invite_again(officer_id, region_id=region_id, token=token, at=at)
        workqueue.hand_back_all(officer_id, region_id=region_id)
        send_invitation(officer_id, email=member.email, token=token, region_id=region_id, at=at)
        _record("staff.invite_again", actor, officer_id, at)
        return ""

    once(actor, key, act)


def set_active(actor: Actor, officer_id: UUID, *, is_active: bool, key: str, at: datetime) -> None:
    """Deactivate somebody who left (his sessions end, his cases wait again), or let him back in.

    Raises NotFound, DomainError("not_yourself").
    """
    region_id = region_of_admin(actor)
    if officer_id == actor.id:
        raise DomainError("not_yourself")

    def act() -> str:
        _member_of_office(officer_id, region_id=region_id)
        offices.set_active(officer_id, region_id=region_id, is_active=is_active)
        workqueue.hand_back_all(officer_id, region_id=region_id)
        _record("staff.activate" if is_active else "staff.deactivate", actor, officer_id, at)
        return ""

    once(actor, key, act)


def set_family(actor: Actor, officer_id: UUID, *, no_kk: str, key: str, at: datetime) -> None:
    """Note the No. KK of somebody's own family, whose cases he then never gets; empty text forgets it.

    Raises NotFound, DomainError: no_kk_digits, no_kk_length, no_kk_same.
    """
    region_id = region_of_admin(actor)
    index = kk_index(str(NoKk.parse(no_kk))) if no_kk.strip() else None

    def act() -> str:
        _member_of_office(officer_id, region_id=region_id)
        offices.set_family(officer_id, region_id=region_id, kk_index=index)
        _record("staff.family", actor, officer_id, at)
        return ""

    once(actor, key, act)


def _member_of_office(officer_id: UUID, *, region_id: int) -> StaffMember:
    """Somebody whom the admin may touch: not the inspectorate, which looks at the office. Raises NotFound."""
    member = office_queries.get_member(officer_id, region_id=region_id)
    if member.role == ActorKind.INSPECTOR:
        raise NotFound("officer")
    return member


def region_of_admin(actor: Actor) -> int:
    """The one region of an admin. Raises NotFound for everybody else."""
    if actor.kind is not ActorKind.ADMIN:
        raise NotFound("office")
    (region_id,) = actor.regions
    return region_id


def invitation_link(token: str) -> str:
    """Where an invitation is accepted."""
    return f"{settings.ENVIRONMENT.base_url}/petugas/undangan/{token}"


def send_invitation(officer_id: UUID, *, email: str, token: str, region_id: int, at: datetime) -> None:
    """Plan the message with the link, inside the caller's transaction."""
    region = catalogue().region(RegionCode.from_number(region_id))
    until = (at + offices.INVITATION).astimezone(ZoneInfo(region.time_zone))
    notifications.plan(
        "officer_invite",
        to=Recipient(owner_id=officer_id, channel="email", address=email.strip(), language="id"),
        region_id=region_id,
        application_id=None,
        params={
            "office": office_name(region_id, "id"),
            "link": invitation_link(token),
            "until": long_moment(until, region.time_zone),
        },
        due_at=at,
        at=at,
    )


def _record(act: str, actor: Actor, officer_id: UUID, at: datetime, *, reason: str = "") -> None:
    (region_id,) = actor.regions
    audit.record(act, actor=actor, at=at, region_id=region_id, about=("officer", officer_id), reason=reason)
