"""What we hold about a person, for himself: everything as a file, and who looked at it."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.accounts import queries as account_queries
from adminduk.modules.accounts.types import Person
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import queries as appointments
from adminduk.modules.audit import actions as audit
from adminduk.modules.audit import queries as audit_queries
from adminduk.modules.audit.queries import Look
from adminduk.modules.counters import queries as counters
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents import readings
from adminduk.modules.documents.types import StoredPage
from adminduk.modules.draws import queries as draws
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.recordings import queries as recordings
from adminduk.modules.uploads import queries as uploads
from adminduk.modules.visits import queries as visits
from adminduk.usecases import attach

log = logging.getLogger(__name__)
_MOST_LOOKS = 1000
_LISTED_LOOKS = 200
_NOT_FOR_EXPORT = frozenset({"subject_index", "kk_index", "object_key", "preview_key", "decided_by", "actor_id"})
_ABOUT_THE_SUBJECT = frozenset({"subject", "facts"})


def list_looks(actor: Actor) -> tuple[Look, ...]:
    """Who looked at or changed the actor's data, newest first, over all regions.

    Raises DomainError("not_matched"): the list belongs to the NIK, and who is not compared has not shown it is his.
    """
    with acting_as(actor):
        person = account_queries.get_person(actor.id)
        if not person.is_matched:
            raise DomainError("not_matched")
        return audit_queries.list_looks(_index(person), limit=_LISTED_LOOKS)


def export(actor: Actor) -> Iterator[str]:
    """Everything about the actor as JSON, piece by piece, with the pictures of documents (JPEG in base64).

    Each application and each picture is read when it is its turn, so that the size does not matter.
    """
    now = clock.now()
    with acting_as(actor):
        person = account_queries.get_person(actor.id)
        own = cases.list_of_owner(actor.id, regions=actor.regions, limit=1000)
        looks = audit_queries.list_looks(_index(person), limit=_MOST_LOOKS) if person.is_matched else ()
        audit.record(
            "account.export",
            actor=actor,
            at=now,
            region_id=person.region_id,
            about=("account", person.id),
            subject_index=_index(person),
        )
    return _written(actor, person, own, looks, now)


def _written(
    actor: Actor, person: Person, own: tuple[Case, ...], looks: tuple[Look, ...], now: datetime
) -> Iterator[str]:
    yield f'{{"made_at": {_json(now)},\n"account": {_json(_account(person))},\n"applications": ['
    for number, case in enumerate(own):
        yield ",\n" if number else "\n"
        yield from _application(actor, case)
    yield '],\n"looks": ['
    for number, look in enumerate(looks):
        yield ",\n" if number else "\n"
        yield _json(asdict(look))
    yield "]}\n"


def _account(person: Person) -> dict[str, Any]:
    return {
        "identity": person.identity.to_json(),
        "is_matched": person.is_matched,
        "address": asdict(person.address),
        "language": person.language,
        "is_undeliverable": person.is_undeliverable,
    }


def _application(actor: Actor, case: Case) -> Iterator[str]:
    region_id = case.region_id
    with acting_as(actor):
        pages = documents.list_pages(case.id, region_id=region_id)
        read = readings.list_of_application(case.id, region_id=region_id)
        under_way = uploads.list_under_way(case.id, region_id=region_id)
        events = cases.list_events(case.id, region_id=region_id, internal=False)
        messages = notifications.list_of_application(case.id, region_id=region_id)
        recording = recordings.find_of_application(case.id, region_id=region_id)
        heard = recordings.list_heard(recording.product_id, region_id=region_id) if recording else ()
        visited = visits.list_of_application(case.id, region_id=region_id)
        times = appointments.list_of_application(case.id, region_id=region_id)
        wishes = draws.list_of_application(case.id, region_id=region_id)
        pickup = pickups.find_of_application(case.id, region_id=region_id)
        parcel = parcels.find_parcel(case.id, region_id=region_id)
    with acting_as(jobs.system_actor(region_id)):  # numbers of the hall are the staff's rows; the case is his own
        tickets = counters.list_of_application(case.id, region_id=region_id)
    told = _told(case)
    if case.needs_consent:  # another adult's: four answers from a copy of the KK must not fetch his register data
        told = {name: part for name, part in told.items() if name not in _ABOUT_THE_SUBJECT}
    told["events"] = [_told(event) for event in events]
    told["messages"] = [_told(message) for message in messages]
    told["recording"] = [_told(one) for one in heard]
    told["visits"] = [_told(one) for one in visited]
    told["appointments"] = [_told(one) | {"needs": sorted(one.needs)} for one in times]
    told["tickets"] = [_told(ticket) for ticket in tickets]
    told["draws"] = [_told(wish) for wish in wishes]
    told["pickup"] = _told(pickup) if pickup else None
    told["delivery"] = _told(parcel) if parcel else None
    told["uploads_under_way"] = [_told(upload) for upload in under_way]
    yield f'{_json(told)[:-1]}, "documents": ['
    for number, page in enumerate(pages):
        text = {"text": asdict(read[page.id])} if page.id in read else {}
        yield ", " if number else ""
        yield _json(_told(page) | text | {"picture": _picture(actor, page)})
    yield "]}"


def _picture(actor: Actor, page: StoredPage) -> str | None:
    """None where the storage cannot give it: the rest of the file is worth having without it."""
    try:
        return b64encode(attach.read_page(actor, page.application_id, page_id=page.id)).decode()
    except (NotFound, Unavailable):
        log.warning("an export lacks a picture")
        return None


def _told(value: Any) -> dict[str, Any]:
    """A frozen value without what is ours alone: indexes, places in the storage, who of the staff it was."""
    return {name: part for name, part in asdict(value).items() if name not in _NOT_FOR_EXPORT}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, UUID | Enum):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an export")


def _index(person: Person) -> bytes:
    return accounts.nik_index(str(person.identity.nik))
