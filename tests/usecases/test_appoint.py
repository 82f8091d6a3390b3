"""A citizen and his appointment: soonest, near places, hold, confirm, change, cancel, with the family."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import actions as applications
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments.actions import HOLD
from adminduk.modules.appointments.types import FreeSlot, Kind, Need
from adminduk.modules.issuance import actions as issuance
from adminduk.modules.issuance import queries as products
from adminduk.usecases import appoint, appoint_slots, outside
from tests.at_once import at_once
from tests.making import fresh_identity, make_owner, system
from tests.usecases.appointing import (
    active,
    booked,
    choice_of,
    confirm,
    history,
    hold,
    make_invited,
    owner_of,
    semarang,
    soonest,
    told,
    wish_of,
)
from tests.usecases.reviewing import STRICT

pytestmark = pytest.mark.usefixtures("database")


def test_the_soonest_time_becomes_an_appointment() -> None:
    main, _ = semarang()
    case = make_invited()
    free = soonest(case)
    hold(case, free)
    assert active(case) is None
    confirm(case, Need.WHEELCHAIR)
    booking = active(case)
    assert booking
    assert (booking.site_id, booking.starts_at, booking.needs) == (
        main.id,
        free.starts_at,
        frozenset({Need.WHEELCHAIR}),
    )
    assert told(case) == ["appointment_booked"]


def test_a_place_in_ones_own_kecamatan_comes_first() -> None:
    _, corner = semarang()
    case = make_invited()
    with acting_as(system(STRICT)):
        applications.store_facts(case.id, region_id=STRICT, facts={**case.facts, "district_name": "BANYUMANIK"})
    choice = choice_of(case)
    assert [place.site.code for place in choice.places] == ["cabang", "pusat"]
    assert (choice.chosen.site.id, choice.chosen.is_near) == (corner.id, True)


def test_nobody_books_for_today_without_notice_or_beyond_the_horizon() -> None:
    semarang()
    case = make_invited()
    free = soonest(case)
    assert free.starts_at >= clock.now() + timedelta(hours=1)
    far = wish_of(free)
    late = appoint.Wish(far.site_id, free.slot.day + timedelta(days=365), far.starts)
    with pytest.raises(DomainError):
        appoint.hold(owner_of(case), case.id, wish=late, key=str(uuid4()), at=clock.now())


def test_one_press_sent_twice_is_one_appointment_and_one_message() -> None:
    semarang()
    case = make_invited()
    free, key = soonest(case), str(uuid4())
    for _ in range(2):
        appoint.hold(owner_of(case), case.id, wish=wish_of(free), key=key, at=clock.now())
    key = str(uuid4())
    for _ in range(2):
        appoint.confirm(owner_of(case), case.id, needs=frozenset(), key=key, at=clock.now())
    assert (history(case), told(case)) == (["booked"], ["appointment_booked"])


def test_after_ten_minutes_a_hold_cannot_be_confirmed() -> None:
    semarang()
    case = make_invited()
    hold(case, soonest(case))
    clock.move_forward(HOLD)
    with pytest.raises(DomainError, match="hold_ended"):
        confirm(case)
    assert active(case) is None


def test_a_change_replaces_only_when_it_is_confirmed() -> None:
    _, corner = semarang()
    case, before = booked()
    free = soonest(case, site_id=corner.id)
    hold(case, free)
    assert active(case) == before
    confirm(case)
    after = active(case)
    assert after and after.site_id == corner.id
    assert history(case) == ["changed", "booked"]


def test_letting_go_keeps_what_was_booked() -> None:
    _, corner = semarang()
    case, before = booked()
    hold(case, soonest(case, site_id=corner.id))
    appoint.let_go(owner_of(case), case.id, key=str(uuid4()), at=clock.now())
    with pytest.raises(DomainError, match="hold_ended"):
        confirm(case)
    assert active(case) == before


def test_cancelled_is_cancelled_once_and_the_place_is_free_again() -> None:
    semarang()
    case, booking = booked()
    for _ in range(2):
        appoint.cancel(owner_of(case), case.id, key=str(uuid4()), at=clock.now())
    assert (history(case), told(case)) == (["cancelled"], ["appointment_booked", "appointment_cancelled"])
    assert soonest(case).starts_at <= booking.starts_at


def test_somebody_else_has_no_part_in_it() -> None:
    semarang()
    case, _ = booked()
    stranger = owner_of(make_invited())
    with pytest.raises(NotFound):
        appoint.cancel(stranger, case.id, key="", at=clock.now())
    with pytest.raises(NotFound):
        appoint.hold(stranger, case.id, wish=wish_of(soonest(case)), key="", at=clock.now())
    with pytest.raises(NotFound):
        appoint.confirm(stranger, case.id, needs=frozenset(), key="", at=clock.now())


def test_an_application_that_needs_nobody_to_come_gets_no_time() -> None:
    semarang()
    case = make_invited()
    free = soonest(case)
    with acting_as(system(STRICT)):
        product = products.find_of_application(case.id, region_id=STRICT)
        assert product
        issuance.enter_step(product, step_id="cetak", kind="printing", actor=system(STRICT), at=clock.now())
    with pytest.raises(DomainError, match="appointment_not_needed"):
        hold(case, free)


def test_who_has_a_time_for_another_application_is_not_offered_every_other_one(monkeypatch: pytest.MonkeyPatch) -> None:
    semarang()
    case, region = make_invited(), outside.catalogue().region(RegionCode.from_number(STRICT))
    other = replace(appoint_slots.holder_of(case), application_id=uuid4())
    tried: list[FreeSlot] = []
    with acting_as(system(STRICT)):
        appointments.book(soonest(case), holder=other, needs=frozenset(), at=clock.now())
        monkeypatch.setattr(appointments, "book", lambda free, **more: tried.append(free))
        given = appoint_slots.book_soonest(
            region, case, kind=Kind.RECORDING, before=None, after=clock.now(), at=clock.now()
        )
    assert (given, tried) == (None, [])


def test_a_family_comes_at_one_time() -> None:
    semarang()
    parent = make_owner(STRICT)
    first = make_invited(parent)
    others = [make_invited(type(parent)(parent.actor, fresh_identity(), parent.address)) for _ in range(2)]
    assert {member.application_id for member in choice_of(first).family} == {other.id for other in others}
    hold(first, soonest(first, people=3), *(other.id for other in others))
    confirm(first)
    times = {booking.starts_at for case in (first, *others) if (booking := active(case))}
    assert len(times) == 1
    assert told(others[0]) == ["appointment_booked"]
    assert choice_of(first).family == ()


def test_a_family_that_does_not_fit_is_told_so() -> None:
    _, corner = semarang()
    parent = make_owner(STRICT)
    family = [make_invited(type(parent)(parent.actor, fresh_identity(), parent.address)) for _ in range(6)]
    last_of_a_day = choice_of(family[0], site_id=corner.id).days[-1].times[-1]
    with pytest.raises(DomainError, match="slot_too_small"):
        hold(family[0], last_of_a_day, *(case.id for case in family[1:]))


def test_many_people_for_the_last_places_through_the_use_case(request: pytest.FixtureRequest) -> None:
    main, _ = semarang()
    people = [make_invited() for _ in range(24)]
    free = soonest(people[0], site_id=main.id)
    assert free.free == 4

    def take(number: int) -> None:
        hold(people[number], free)
        confirm(people[number])

    answers = at_once(len(people), take)
    refused = [answer for answer in answers if answer is not None]
    assert {str(refusal) for refusal in refused} == {"slot_taken"}
    assert len(people) - len(refused) == 4
    assert sum(active(case) is not None for case in people) == 4


def test_a_month_is_told_day_by_day() -> None:
    main, _ = semarang()
    case = make_invited()
    choice = choice_of(case, site_id=main.id)
    assert choice.days
    assert {one.day.month for one in choice.days} == {choice.month.month}
    assert all(one.day.weekday() < 5 for one in choice.days)
    assert date(2026, 12, 25) not in {one.day for one in choice_of(case, month=date(2026, 12, 1)).days}
