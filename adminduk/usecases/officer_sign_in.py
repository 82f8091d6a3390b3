"""How people of an office come in: password and one-time code, invitation, and the demo's open door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from adminduk.foundation import clock, limits, totp
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.audit import actions as audit
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries as office_queries
from adminduk.modules.offices.types import KnownOfficer

PER_ADDRESS_AND_CLIENT = limits.Limit("officer_sign_in_pair", 10, timedelta(minutes=15))
PER_ADDRESS = limits.Limit(
    "officer_sign_in_address", 60, timedelta(hours=1)
)  # strangers cannot lock an officer out fast
PER_CLIENT = limits.Limit("officer_sign_in_client", 60, timedelta(minutes=15))  # an office shares one address
PER_INVITATION = limits.Limit("officer_invitation_client", 30, timedelta(minutes=15))
ISSUER = "Adminduk"
_NOBODYS_SECRET = bytes(totp.SECRET_BYTES)
_NOBODYS_HASH = "!"  # Django hashes once for it too, so that unknown addresses take the same time


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a web session of an officer keeps."""

    id: UUID
    epoch: int


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the page of an invitation shows. `secret` is shown once, as QR code and as `manual_key`."""

    email: str
    name: str
    region_id: int
    secret: bytes

    @property
    def manual_key(self) -> str:
        return totp.manual_key(self.secret)

    @property
    def uri(self) -> str:
        return totp.enrolment_uri(self.secret, account=self.email, issuer=ISSUER)


def sign_in(*, email: str, password: str, code: str, client: str, at: datetime) -> SignedIn:
    """Check password and code together. Each time step of the code opens once.

    Raises DomainError: too_often, or officer_sign_in_wrong, the same for an unknown address, a wrong password, a wrong
    or a used code, and an account that is not set up.
    """
    limits.spend(PER_CLIENT, client)
    limits.spend(PER_ADDRESS_AND_CLIENT, f"{email.strip().lower()}|{client}")
    limits.spend(PER_ADDRESS, email.strip().lower())
    officer = office_queries.find_by_email(email)
    is_password = check_password(password, officer.password if officer else _NOBODYS_HASH)
    secret = officer.totp_secret if officer and officer.totp_secret else _NOBODYS_SECRET
    step = totp.matching_step(secret, code, moment=clock.real(at))
    if officer is None or officer.totp_secret is None or not is_password or step is None:
        raise DomainError("officer_sign_in_wrong")
    return _enter(officer, step=step, at=at, act="officer.sign_in")


def sign_out(actor: Actor, *, at: datetime) -> None:
    """Note that somebody left; the channel forgets the session."""
    with acting_as(actor):
        audit.record("officer.sign_out", actor=actor, at=at, region_id=actor.regions[0], about=("officer", actor.id))


def read_invitation(token: str, *, secret: bytes | None, client: str, at: datetime) -> Enrolment:
    """What an invitation opens; `secret` is the one shown before, None at the first look.

    Raises DomainError: too_often, invitation_ended (unknown, used or older than three days).
    """
    limits.spend(PER_INVITATION, client)
    officer = office_queries.find_invited(token, at=at)
    if officer is None:
        raise DomainError("invitation_ended")
    return Enrolment(
        email=officer.email, name=officer.name, region_id=officer.region_id, secret=secret or totp.new_secret()
    )


def accept_invitation(token: str, *, password: str, code: str, secret: bytes, at: datetime) -> SignedIn:
    """Set password and authenticator, and come in. The invitation is used up.

    Raises DomainError: invitation_ended, or invitation_incomplete with problems for the fields password and code.
    """
    officer = office_queries.find_invited(token, at=at)
    if officer is None:
        raise DomainError("invitation_ended")
    step = totp.matching_step(secret, code, moment=clock.real(at))
    problems = _password_problems(password, officer)
    if step is None:
        problems = (*problems, Problem("totp_wrong", "code"))
    if step is None or problems:
        raise DomainError("invitation_incomplete", problems=problems)
    actor = _actor(officer)
    with acting_as(actor):
        offices.accept_invitation(
            officer.id, region_id=officer.region_id, token=token, password=password, totp=(secret, step), at=at
        )
        audit.record(
            "officer.accept_invitation", actor=actor, at=at, region_id=officer.region_id, about=("officer", officer.id)
        )
    return SignedIn(officer.id, officer.session_epoch)


def open_demo_session(email: str, *, at: datetime) -> SignedIn:
    """The demo's one-click sign-in. Raises NotFound in production, whatever the address."""
    if settings.ENVIRONMENT.mode not in ("demo", "test"):
        raise NotFound("officer")
    officer = office_queries.find_by_email(email)
    if officer is None:
        raise NotFound("officer")
    return _enter(officer, step=None, at=at, act="officer.demo_sign_in")


def _enter(officer: KnownOfficer, *, step: int | None, at: datetime, act: str) -> SignedIn:
    actor = _actor(officer)
    with acting_as(actor):
        if step is not None and not offices.spend_totp_step(officer.id, region_id=officer.region_id, step=step):
            raise DomainError("officer_sign_in_wrong")
        offices.note_sign_in(officer.id, region_id=officer.region_id, at=at)
        audit.record(act, actor=actor, at=at, region_id=officer.region_id, about=("officer", officer.id))
    return SignedIn(officer.id, officer.session_epoch)


def _actor(officer: KnownOfficer) -> Actor:
    return Actor(kind=ActorKind(officer.role), id=officer.id, regions=(officer.region_id,))


def _password_problems(password: str, officer: KnownOfficer) -> tuple[Problem, ...]:
    """Django's validators, whose codes are ours, and nothing that is known of the officer inside."""
    plain = password.casefold()
    known = (officer.email.partition("@")[0], *officer.name.split())
    if any(len(part) > 3 and part.casefold() in plain for part in known):
        return (Problem("password_too_similar", "password"),)
    try:
        validate_password(password)
    except ValidationError as error:
        return tuple(Problem(str(each.code), "password") for each in error.error_list)
    return ()
