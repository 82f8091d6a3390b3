"""Applications whose people have to be recorded, and places of Semarang that record them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import actions as appointment_actions
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Booking, Capacity, FreeSlot, Kind, Need
from adminduk.modules.issuance import actions as issuance
from adminduk.modules.notifications import queries as messages
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices import queries as office_queries
from adminduk.modules.offices.types import ServiceSite
from adminduk.readmodels import appointments
from adminduk.readmodels.appointments import Choice, Window
from adminduk.usecases import appoint, outside
from adminduk.usecases.appoint_setup import seed_capacity
from adminduk.usecases.appoint_slots import HORIZON, NOTICE
from tests.making import SERVICE, Owner, make_owner, system
from tests.usecases.reviewing import STRICT, make_waiting

ZONE = ZoneInfo("Asia/Jakarta")
FAR_CORNER = "33.74.11"  # Banyumanik


def semarang() -> tuple[ServiceSite, ServiceSite]:
    """The main office and a counter in Banyumanik, both with their usual capacity."""
    region = outside.catalogue().region(RegionCode.from_number(STRICT))
    with acting_as(system(STRICT)):
        for code, district in (("pusat", "33.74.01"), ("cabang", FAR_CORNER)):
            offices.add_site(
                STRICT, code=code, name=f"CONTOH {code}", address="CONTOH: Jalan Rekaan 1", district_code=district,
                is_main=code == "pusat", does=("record",),
            )  # fmt: skip
        found = {site.code: site for site in office_queries.list_sites(STRICT)}
        sites = found["pusat"], found["cabang"]
        seed_capacity(region, sites)
    return sites


def one_place_a_week() -> None:
    """Semarang records one person a week, at its main place: eight or nine in sixty days."""
    with acting_as(system(STRICT)):
        for site in office_queries.list_sites(STRICT):
            rows = [Capacity(0, time(8), time(8, 30), 30, 1)] if site.is_main else []
            appointment_actions.replace_capacity(STRICT, site_id=site.id, kind=Kind.RECORDING, rows=rows)


def make_invited(owner: Owner | None = None) -> Case:
    """An application whose person has to come for the recording."""
    case = make_waiting(owner=owner or make_owner(STRICT))
    at = clock.now()
    with acting_as(system(STRICT)):
        product = issuance.create(
            region_id=STRICT, application_id=case.id, owner_id=case.owner_id, subject_index=case.subject_index,
            service_id=SERVICE, output="ktp_el", at=at,
        )  # fmt: skip
        issuance.enter_step(product, step_id="rekam", kind="recording", actor=system(STRICT), at=at)
    return case


def owner_of(case: Case) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, id=case.owner_id, regions=(case.region_id,))


def choice_of(case: Case, *, people: int = 1, site_id: UUID | None = None, month: date | None = None) -> Choice:
    """What the owner of an application is offered."""
    now = clock.now()
    window = Window(after=now + NOTICE, last=now.astimezone(ZONE).date() + HORIZON, people=people, at=now)
    choice = appointments.get_choice(
        owner_of(case), case.id, kind=Kind.RECORDING, catalogue=outside.catalogue(), site_id=site_id, month=month,
        window=window,
    )  # fmt: skip
    assert choice is not None
    return choice


def soonest(case: Case, *, people: int = 1, site_id: UUID | None = None) -> FreeSlot:
    free = choice_of(case, people=people, site_id=site_id).chosen.soonest
    assert free is not None
    return free


def wish_of(free: FreeSlot) -> appoint.Wish:
    return appoint.Wish(free.slot.site_id, free.slot.day, free.slot.starts)


def hold(case: Case, free: FreeSlot, *together_with: UUID) -> UUID:
    return appoint.hold(
        owner_of(case), case.id, wish=wish_of(free), together_with=together_with, key=str(uuid4()), at=clock.now()
    )


def confirm(case: Case, *needs: Need) -> None:
    appoint.confirm(owner_of(case), case.id, needs=frozenset(needs), key=str(uuid4()), at=clock.now())


def booked(case: Case | None = None, *, site_id: UUID | None = None) -> tuple[Case, Booking]:
    """An application with an appointment at the soonest time."""
    case = case or make_invited()
    hold(case, soonest(case, site_id=site_id))
    confirm(case)
    booking = active(case)
    assert booking
    return case, booking


def active(case: Case) -> Booking | None:
    with acting_as(system(STRICT)):
        return book.find_active(case.id, region_id=STRICT)


def history(case: Case) -> list[str]:
    """What became of an application's appointments, oldest first."""
    with acting_as(system(STRICT)):
        return [one.state for one in book.list_of_application(case.id, region_id=STRICT)]


def told(case: Case) -> list[str]:
    """Messages about an application, oldest first."""
    with acting_as(system(STRICT)):
        return [message.event for message in messages.list_of_application(case.id, region_id=STRICT)]


def move_clock_to(moment: datetime) -> None:
    clock.move_forward(max(moment - clock.now(), timedelta(0)))


def await_morning() -> None:
    """It is eight in the office, today or tomorrow: hours that pass now are hours of one day."""
    local = clock.now().astimezone(ZONE)
    eight = datetime.combine(local.date(), time(8), tzinfo=ZONE)
    move_clock_to(eight if local <= eight else eight + timedelta(days=1))
