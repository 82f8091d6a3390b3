"""Tell the owner of a case what happened: planned in the business transaction, sent by a job after it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from adminduk.catalogue.text import Text
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.moments import long_day, long_moment
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.applications.types import Case
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.notifications.types import Recipient
from adminduk.usecases.outside import catalogue


def recipient_of(account_id: UUID) -> Recipient:
    """Where an account's messages go. Raises NotFound when the actor may not see the account."""
    person = accounts.get_person(account_id)
    return Recipient(
        owner_id=person.id, channel=person.address.channel, address=person.address.value, language=person.language
    )


def status_link(number: str) -> str:
    """Where a status can be seen with number and birth date."""
    return f"{settings.ENVIRONMENT.base_url}/s/{number}"


def office_name(region_id: int, lang: str) -> str:
    """How messages name the office of a region."""
    region = catalogue().region(RegionCode.from_number(region_id))
    return Text(f"Disdukcapil {region.name}", f"the Disdukcapil of {region.name}").get(lang)


def tell(event: str, *, case: Case, at: datetime, due_at: datetime | None = None, **params: str | date) -> UUID:
    """Plan one message about `case` to its owner; number, service, office and link are filled in.

    Days and moments among `params` are told in the owner's language, on the clocks of the office.
    `due_at` lets it leave later than `at` (ten seconds after a decision that may be undone). Returns the message's id.
    """
    to = recipient_of(case.owner_id)
    values = {
        "number": case.number,
        "service": catalogue().service(case.service_id).title.get(to.language),
        "office": office_name(case.region_id, to.language),
        "link": status_link(case.number),
        **{name: _words(value, region_id=case.region_id, language=to.language) for name, value in params.items()},
    }
    return notifications.plan(
        event,
        to=to,
        region_id=case.region_id,
        application_id=case.id,
        params=values,
        due_at=due_at or at,
        at=at,
    )


def _words(value: str | date, *, region_id: int, language: str) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, datetime):
        return long_day(value, language)
    return long_moment(value, catalogue().region(RegionCode.from_number(region_id)).time_zone, language)
