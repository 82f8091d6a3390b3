"""Change staff, hours, closures and incidents."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_one
from adminduk.foundation.ids import uuid7
from adminduk.kernel.errors import DomainError
from adminduk.modules.offices.models import Closure, Incident, Officer, OpeningInterval, Site
from adminduk.modules.offices.types import Opening, PlaceWritten

INVITATION = timedelta(days=3)


def totp_context(officer_id: UUID) -> str:
    """The place that a TOTP secret is bound to."""
    return f"offices_officer|totp_secret|{officer_id}|"


def invite_index(token: str) -> bytes:
    """Blind index of an invitation's token."""
    return crypto.blind_index(token, purpose="invitation")


def invite(*, region_id: int, email: str, name: str, role: str, token: str, at: datetime) -> UUID:
    """Make an officer who sets his password and TOTP by a link. Raises DomainError("officer_exists")."""
    officer = Officer(
        id=uuid7(),
        region_id=region_id,
        email=email.strip().lower(),
        name=name,
        role=role,
        invite_index=invite_index(token),
        invite_ends_at=at + INVITATION,
        created_at=at,
    )
    officer.set_unusable_password()
    try:
        with transaction.atomic():
            officer.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError("officer_exists") from error
    return officer.id


def invite_again(officer_id: UUID, *, region_id: int, token: str, at: datetime) -> None:
    """A new link (lost TOTP, forgotten password): what was before no longer opens anything."""
    changed = Officer.objects.filter(id=officer_id, region_id=region_id, is_active=True).update(
        invite_index=invite_index(token),
        invite_ends_at=at + INVITATION,
        totp_secret=None,
        password=make_password(None),
        session_epoch=F("session_epoch") + 1,
    )
    if not changed:
        raise DomainError("not_found", what="officer")


def accept_invitation(
    officer_id: UUID, *, region_id: int, token: str, password: str, totp: tuple[bytes, int], at: datetime
) -> None:
    """Set password and TOTP = (secret, step just used); the link is used up. Raises DomainError("invitation_ended")."""
    changed = Officer.objects.filter(
        id=officer_id, region_id=region_id, invite_index=invite_index(token), invite_ends_at__gt=at, is_active=True
    ).update(
        password=make_password(password),
        totp_secret=crypto.encrypt(totp[0], context=totp_context(officer_id)),
        totp_last_step=totp[1],
        invite_index=None,
        invite_ends_at=None,
        last_login=at,
    )
    if not changed:
        raise DomainError("invitation_ended")


def spend_totp_step(officer_id: UUID, *, region_id: int, step: int) -> bool:
    """Use a TOTP time step once; False if it or a later one was used."""
    return bool(
        Officer.objects.filter(id=officer_id, region_id=region_id, totp_last_step__lt=step).update(totp_last_step=step)
    )


def note_sign_in(officer_id: UUID, *, region_id: int, at: datetime) -> None:
    """Remember when somebody was last here."""
    Officer.objects.filter(id=officer_id, region_id=region_id).update(last_login=at)


def set_active(officer_id: UUID, *, region_id: int, is_active: bool) -> None:
    """Deactivate or activate. Sessions that began before are over. Raises DomainError("not_found")."""
    changed = Officer.objects.filter(id=officer_id, region_id=region_id).update(
        is_active=is_active, session_epoch=F("session_epoch") + 1
    )
    if not changed:
        raise DomainError("not_found", what="officer")


def set_family(officer_id: UUID, *, region_id: int, kk_index: bytes | None) -> None:
    """Note the officer's own family, whose cases he never gets."""
    Officer.objects.filter(id=officer_id, region_id=region_id).update(kk_index=kk_index)


def replace_hours(region_id: int, *, openings: tuple[Opening, ...]) -> None:
    """Set the week's opening hours. Running deadlines stay as they were promised.

    Of two who save at the same moment the second one waits for the first, and his week holds.
    """
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hours|{region_id}"])
    OpeningInterval.objects.filter(region_id=region_id).delete()
    OpeningInterval.objects.bulk_create(
        OpeningInterval(region_id=region_id, weekday=o.weekday, opens=o.opens, closes=o.closes) for o in openings
    )


def add_site(
    region_id: int, *, code: str, name: str, address: str, district_code: str, is_main: bool, does: Collection[str]
) -> None:
    """Open a place, unless its code is there. `does`: "record", "print", "hand_over"."""
    Site.objects.get_or_create(
        region_id=region_id,
        code=code,
        defaults={
            "name": name,
            "address": address,
            "district_code": district_code,
            "is_main": is_main,
            "records": "record" in does,
            "prints": "print" in does,
            "hands_over": "hand_over" in does,
        },
    )


def lock_sites(region_id: int) -> None:
    """Whoever adds or changes a place of the region at the same moment waits until the transaction ends."""
    fetch_one("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sites|{region_id}"])


def hold_sites(region_id: int) -> None:
    """No place of the region is added or changed until the transaction ends; others may hold them too."""
    fetch_one("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [f"sites|{region_id}"])


def open_site(region_id: int, *, written: PlaceWritten) -> UUID:
    """A further place, never the main one; its code is made here."""
    site = Site(id=uuid7(), region_id=region_id, is_main=False, **_columns(written))
    site.code = f"tempat-{site.id.hex[-12:]}"
    site.save(force_insert=True)
    return site.id


def change_site(site_id: UUID, *, region_id: int, written: PlaceWritten) -> None:
    """What it is called, where it is and what is done there."""
    Site.objects.filter(id=site_id, region_id=region_id).update(**_columns(written))


def _columns(written: PlaceWritten) -> dict[str, Any]:
    return {
        "name": written.name,
        "address": written.address,
        "district_code": written.district_code,
        "records": "record" in written.does,
        "prints": "print" in written.does,
        "hands_over": "hand_over" in written.does,
    }


def set_site_active(site_id: UUID, *, region_id: int, is_active: bool) -> None:
    """Close a place or open it again. Whoever calls has looked that it is not the main one."""
    Site.objects.filter(id=site_id, region_id=region_id).update(is_active=is_active)


def set_main_site(site_id: UUID, *, region_id: int) -> None:
    """The main one from now on, instead of the one before."""
    Site.objects.filter(region_id=region_id, is_main=True).exclude(id=site_id).update(is_main=False)
    Site.objects.filter(id=site_id, region_id=region_id).update(is_main=True)


def add_closure(region_id: int, *, day: date, reason: str) -> None:
    """Close the office on a day; a second time changes the reason."""
    Closure.objects.update_or_create(region_id=region_id, day=day, defaults={"reason": reason, "is_lifted": False})


def lift_closure(region_id: int, *, day: date) -> None:
    """Open the office on a day again, also where its region's file closes it."""
    Closure.objects.filter(region_id=region_id, day=day).update(is_lifted=True)


def begin_incident(region_id: int, *, text: str, at: datetime) -> None:
    """Show a banner to everybody in the region; it replaces the one before."""
    end_incidents(region_id, at=at)
    Incident(region_id=region_id, text=text, began_at=at).save(force_insert=True)


def end_incidents(region_id: int, *, at: datetime) -> None:
    """Take the banner down."""
    Incident.objects.filter(region_id=region_id, ended_at__isnull=True).update(ended_at=at)
