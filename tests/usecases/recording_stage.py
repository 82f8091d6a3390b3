"""Somebody whose approved application waits for a recording, and a centre in the test's own process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from adminduk.catalogue.release import Release
from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance import queries as products
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.offices import queries as offices
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.ports import Heard, Listing, Order
from adminduk.modules.recordings.states import Result
from adminduk.modules.recordings.types import Recording
from adminduk.modules.releases import actions as releases
from adminduk.usecases import fulfil, office_setup, outside, record, trip
from tests.making import Owner, make_owner, system
from tests.usecases.reviewing import STRICT, facts_of, staff

FIRST_CARD = "ktp_el_baru"
CHECKS = ("identity", "eyes_free", "told")


@dataclass
class Centre:
    """What was told to it, and what it says; `is_down`: nothing; `refuses`: what it is told."""

    told: list[str] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    is_down: bool = False
    refuses: bool = False

    def report(self, order: Order) -> None:
        if self.is_down:
            raise Unavailable("recording: no_connection")
        if self.refuses:
            raise RefusedByOutside("recording: 422")
        self.told.append(order.reference)

    def hear(self, references: Sequence[str], given: bytes = b"") -> Listing:
        if self.is_down:
            raise Unavailable("recording: no_connection")
        return Listing(tuple(Heard(self.says[one], reference=one) for one in references if one in self.says))


the_centre = Centre()


def centre() -> Centre:
    """Named in the settings of the tests."""
    return the_centre


def release_of(region: int = STRICT) -> Release:
    return outside.catalogue().release(FIRST_CARD, RegionCode.from_number(region))


def make_approved(owner: Owner | None = None, *, region: int = STRICT, **known: Any) -> tuple[Case, ProductView]:
    """An approved application for a first card; its recording step has been entered. `known`: facts and answers."""
    owner = owner or make_owner(region)
    at, case_id, release = clock.now(), uuid7(), release_of(region)
    answers = {"benar": True} | known.pop("answers", {})
    facts = facts_of(owner) | {"biometrics": "missing", "card": "none", "marital_status": "BELUM KAWIN"} | known
    index = accounts.nik_index(str(owner.identity.nik))
    with acting_as(owner.actor):
        releases.keep(release.id, region_id=region, service_id=FIRST_CARD, body=release.to_json(), at=at)
        applications.create_draft(
            case_id,
            actor=owner.actor,
            region_id=region,
            number=ApplicationNumber.new("KTP", today=at.date()).text,
            service_id=FIRST_CARD,
            release_id=release.id,
            subject=owner.identity.to_json(),
            indexes=(index, accounts.kk_index(str(owner.identity.no_kk))),
            facts=facts,
            answers=answers,
            is_matched=True,
            needs_consent=False,
            ends_at=at,
            at=at,
        )
        applications.transition(
            case_id, Act.SUBMIT, actor=owner.actor, region_id=region, at=at, submitted_at=at, due_at=at, ends_at=None
        )
    officer = staff(region)
    with acting_as(officer):
        applications.transition(
            case_id,
            Act.APPROVE,
            actor=officer,
            region_id=region,
            at=at,
            decided_at=at,
            decided_by=officer.id,
            settles_at=at,
        )
    with acting_as(system(region)):
        if not offices.list_sites(region):
            office_setup.seed_office(outside.catalogue().region(RegionCode.from_number(region)))
    fulfil.begin(system(region), application_id=str(case_id))
    with acting_as(system(region)):
        product = products.find_of_application(case_id, region_id=region)
        assert product is not None
        return cases.get_case(case_id), product


def make_trip(operator: Actor) -> UUID:
    """A trip of a team in three days, still without anybody to visit."""
    at = clock.now()
    return trip.make(
        operator,
        day=at.date() + timedelta(days=3),
        departs=time(8),
        title="Koya Timur",
        team="Contoh Operator, mobil, satu alat",
        today=at.date(),
        key=str(uuid4()),
        at=at,
    )


def begin(operator: Actor, product: ProductView) -> UUID:
    """All is checked; the operator names the first place that records."""
    site_id = recording_site(product.region_id)
    return record.begin(
        operator, product.id, checks=CHECKS, exceptions=("fingers",), site_id=site_id, key=str(uuid4()), at=clock.now()
    )


def recording_site(region: int = STRICT) -> UUID:
    with acting_as(system(region)):
        return next(site.id for site in offices.list_sites(region) if site.records)


def finish(operator: Actor, attempt_id: UUID, result: Result = Result.RECORDED, *, key: str | None = None) -> None:
    """The operator reports."""
    record.finish(
        operator,
        attempt_id,
        result=result,
        photographs=1,
        is_photo_approved=result is Result.RECORDED,
        key=key or str(uuid4()),
        at=clock.now(),
    )


def recorded(product: ProductView) -> Recording:
    """Record somebody, from check to result."""
    operator = staff(product.region_id, "operator")
    finish(operator, begin(operator, product))
    return recording_now(product)


def recording_now(product: ProductView) -> Recording:
    with acting_as(system(product.region_id)):
        return queries.get(product.id, region_id=product.region_id)


def product_now(product: ProductView) -> ProductView:
    with acting_as(system(product.region_id)):
        return products.get_product(product.id, region_id=product.region_id)


def open_attempt(product: ProductView) -> UUID:
    """The attempt that goes on now."""
    with acting_as(system(product.region_id)):
        attempt = queries.find_open_attempt(product.id, region_id=product.region_id)
    assert attempt is not None
    return attempt.id


def product_of_number(number: str, region: int) -> ProductView:
    """What the application with this number yields."""
    with acting_as(system(region)):
        case = cases.find_by_number(number, region_id=region)
        assert case is not None
        found = products.find_of_application(case.id, region_id=region)
        assert found is not None
        return found


def heard_of(product: ProductView) -> list[str]:
    """What was said, word for word."""
    with acting_as(system(product.region_id)):
        return [one.raw for one in queries.list_heard(product.id, region_id=product.region_id)]


def events_of(case: Case) -> list[str]:
    """The messages about a case, those about its appointment left out."""
    with acting_as(system(case.region_id)):
        events = [m.event for m in notifications.list_of_application(case.id, region_id=case.region_id)]
    return [event for event in events if not event.startswith("appointment_")]


def born_years_ago(years: int, *, days: int = 0) -> date:
    """A birth date by the portal's clock."""
    today = clock.now().date()
    born = today.replace(year=today.year - years)
    return date.fromordinal(born.toordinal() - days)
