"""The office's places on its own screen: added, changed, closed and opened again; what is in the way is told."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Kind
from adminduk.modules.counters import queries as counters
from adminduk.modules.counters.types import Service
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import PlaceWritten, ServiceSite
from adminduk.modules.printing.types import Waiting
from adminduk.usecases import appoint_moves, print_watch, site_setup, take_number
from tests.at_once import at_once
from tests.database import superuser_connection
from tests.making import system
from tests.usecases.appointing import active, booked, confirm, history, hold, make_invited, semarang, soonest, told
from tests.usecases.approving import make_begun, product_of
from tests.usecases.at_hand_over import card_ready, site_of
from tests.usecases.floor import Floor
from tests.usecases.halls import Hall
from tests.usecases.recording_stage import make_approved
from tests.usecases.reviewing import STRICT, staff

pytestmark = pytest.mark.usefixtures("database")
NEW = PlaceWritten("CONTOH  Loket Tembalang ", "CONTOH: Jalan Rekaan 9", "33.74.10", ("record", "hand_over"))
ELSEWHERE = 5171


def _add(actor: Actor, written: PlaceWritten = NEW, *, key: str = "") -> UUID:
    return site_setup.add(actor, written=written, key=key, at=clock.now())


def _change(actor: Actor, site: ServiceSite, key: str = "", **new: object) -> None:
    before = PlaceWritten(site.name, site.address, site.district_code, site.does)
    written = replace(before, **new)  # type: ignore[arg-type]
    site_setup.change(actor, site.id, written=written, seen=site_setup.seen_of(site), key=key, at=clock.now())


def _close(actor: Actor, site_id: UUID) -> None:
    site_setup.close(actor, site_id, key="", at=clock.now())


def _site(site_id: UUID) -> ServiceSite:
    with acting_as(system(STRICT)):
        return offices.get_site(site_id, region_id=STRICT)


def _in_the_way(act: object, *given: object, **more: object) -> dict[str, object]:
    """What a refusal names, each with its number."""
    assert callable(act)
    with pytest.raises(DomainError) as refused:
        act(*given, **more)
    return {one.code: one.params.get("n") for one in refused.value.problems}


def _wrong(written: PlaceWritten) -> dict[str | None, str]:
    with pytest.raises(DomainError) as refused:
        _add(staff(role="admin"), written)
    return {one.field: one.code for one in refused.value.problems}


def test_a_place_is_added_once_with_the_usual_counters_and_capacity_and_is_written_down() -> None:
    admin, key = staff(role="admin"), str(uuid4())
    site_id = _add(admin, key=key)
    assert _add(admin, key=key) == site_id
    site = _site(site_id)
    assert (site.name, site.district_code, site.does) == ("CONTOH Loket Tembalang", "33.74.10", NEW.does)
    assert site.code and not site.is_main and site.is_active
    with acting_as(system(STRICT)):
        assert book.list_capacity(STRICT, site_id=site_id, kind=Kind.RECORDING)
        assert counters.list_counters(STRICT, site_id=site_id)
    with superuser_connection() as above:
        trail = above.execute("SELECT act, actor_id FROM audit_entry WHERE object_id = %s", [site_id]).fetchall()
    assert trail == [("site.add", admin.id)]


def test_each_field_that_lacks_or_is_wrong_is_told_by_itself() -> None:
    assert _wrong(PlaceWritten(" ", "", "", ())) == {
        "name": "place_name", "address": "place_address", "does": "place_does",
    }  # fmt: skip
    long = PlaceWritten("n" * 121, "a" * 201, "51.71.01", ("parties",))
    assert _wrong(long) == {
        "name": "words_long", "address": "words_long", "district": "place_district", "does": "place_does",
    }  # fmt: skip
    assert _site(_add(staff(role="admin"), replace(NEW, name="n" * 120, address="a" * 200, district_code=""))).is_active


def test_two_admins_who_add_the_same_place_at_once_make_one() -> None:
    admins = [staff(role="admin"), staff(role="head")]
    done = at_once(2, lambda n: _add(admins[n], replace(NEW, name=NEW.name.upper() if n else NEW.name)))
    refused = [one for one in done if isinstance(one, DomainError)]
    assert [one.problems[0].code for one in refused] == ["place_exists"]
    with acting_as(system(STRICT)):
        assert len(offices.list_sites(STRICT)) == 1


def test_nobody_overwrites_what_a_colleague_has_just_changed() -> None:
    admin = staff(role="admin")
    seen = _site(_add(admin))
    _change(admin, seen, address="CONTOH: Jalan Rekaan 10")
    with pytest.raises(DomainError, match="place_changed"):
        _change(staff(role="head"), seen, name="CONTOH Lain")
    assert (_site(seen.id).name, _site(seen.id).address) == (seen.name, "CONTOH: Jalan Rekaan 10")


def test_a_place_that_begins_to_record_gets_capacity_and_what_was_set_stays() -> None:
    admin = staff(role="admin")
    site = _site(_add(admin, replace(NEW, does=("hand_over",))))
    with acting_as(system(STRICT)):
        assert not book.list_capacity(STRICT, site_id=site.id, kind=Kind.RECORDING)
    _change(admin, site, does=("record", "hand_over"))
    with acting_as(system(STRICT)):
        assert book.list_capacity(STRICT, site_id=site.id, kind=Kind.RECORDING)


def test_there_is_one_main_place_and_it_is_not_closed() -> None:
    main, corner = semarang()
    admin = staff(role="admin")
    site_setup.make_main(admin, corner.id, key="", at=clock.now())
    assert (_site(main.id).is_main, _site(corner.id).is_main) == (False, True)
    assert _in_the_way(_close, admin, corner.id) == {"place_is_main": None}
    _close(admin, main.id)
    with pytest.raises(DomainError, match="place_is_closed"):
        site_setup.make_main(admin, main.id, key="", at=clock.now())
    site_setup.reopen(admin, main.id, key="", at=clock.now())
    assert _site(main.id).is_active


def test_two_who_choose_another_main_place_at_once_leave_one() -> None:
    main, corner = semarang()
    third = _add(staff(role="admin"))
    admins = [staff(role="admin") for _ in range(6)]
    wanted = [main.id, corner.id, third] * 2
    done = at_once(6, lambda n: site_setup.make_main(admins[n], wanted[n], key="", at=clock.now()))
    assert done == [None] * 6
    with acting_as(system(STRICT)):
        assert [site.is_main for site in offices.list_sites(STRICT)].count(True) == 1


def test_who_has_an_appointment_at_a_place_that_closes_is_moved_to_another_and_told() -> None:
    _, corner = semarang()
    case, before = booked(site_id=corner.id)
    held = make_invited()
    hold(held, soonest(held, site_id=corner.id))
    _close(staff(role="admin"), corner.id)
    appoint_moves.move_affected(system(STRICT))
    after = active(case)
    assert after and after.site_id != corner.id
    assert (history(case), told(case)) == (["moved", "booked"], ["appointment_booked", "appointment_moved"])
    with acting_as(system(STRICT)):
        assert "tidak lagi melayani" in book.get_booking(before.id, region_id=STRICT).reason
    with pytest.raises(DomainError, match="slot_taken"):
        confirm(held)


def test_the_only_place_that_records_does_not_stop_while_people_are_booked() -> None:
    main, corner = semarang()
    admin = staff(role="admin")
    _change(admin, main, does=("hand_over",))
    booked(site_id=corner.id)
    assert _in_the_way(_close, admin, corner.id) == {"place_only_recorder": 1}
    assert _in_the_way(_change, admin, corner, does=("hand_over",)) == {"place_only_recorder": 1}
    assert _site(corner.id).is_active and _site(corner.id).records


def test_the_only_place_that_records_does_not_stop_while_anybody_has_still_to_choose_a_time() -> None:
    main, corner = semarang()
    admin = staff(role="admin")
    _close(admin, corner.id)
    make_approved()
    assert _in_the_way(_change, admin, main, does=("hand_over",)) == {"place_only_recorder": 1}
    assert _site(main.id).records


def test_a_place_where_cards_wait_goes_on_handing_them_over() -> None:
    card_ready(site="banyumanik")
    site = _site(site_of("banyumanik"))
    does = tuple(one for one in site.does if one != "hand_over") or ("record",)
    assert _in_the_way(_change, staff(role="admin"), site, does=does) == {"place_cards_ready": 1}


def test_who_stands_in_the_hall_is_in_the_way_and_a_closed_place_gives_no_number() -> None:
    hall, admin = Hall(), staff(role="admin")
    hall.counter()
    ticket = hall.walk_in_now()
    assert _in_the_way(_close, admin, hall.site) == {"place_in_hall": 1}
    take_number.leave_queue(staff(role="operator"), ticket, key="", at=clock.now())
    _close(admin, hall.site)
    with pytest.raises(DomainError, match="transfer_nowhere"):
        hall.walk_in_now()
    assert Service.RECORDING in counters_of(hall.site)


def counters_of(site_id: UUID) -> list[Service]:
    with acting_as(system(STRICT)):
        return [service for one in counters.list_counters(STRICT, site_id=site_id) for service in one.services]


@pytest.mark.parametrize(("delivery", "code"), [(False, "place_cards_ready"), (True, "place_parcels")])
def test_cards_that_are_ready_are_in_the_way(delivery: bool, code: str) -> None:
    card_ready(site="banyumanik", delivery=delivery)
    assert _in_the_way(_close, staff(role="admin"), site_of("banyumanik")) == {code: 1}


def test_blank_cards_are_in_the_way_and_so_is_being_the_only_printer() -> None:
    floor, admin = Floor(cards=3), staff(role="admin")
    _, product = make_begun()
    waiting = floor.waiting(product)
    assert waiting and waiting.site_id == floor.site
    assert _in_the_way(_close, admin, floor.site) == {"place_only_printer": 1, "place_blanks": 3}
    assert _in_the_way(_change, admin, _site(floor.site), does=("hand_over",)) == {"place_only_printer": 1}


def test_waiting_cards_of_a_place_that_prints_no_longer_go_into_another_line_at_their_turn() -> None:
    old, admin = Floor(), staff(role="admin")
    (first, one), (_, other) = make_begun(), make_begun()
    new = Floor()
    assert [waits.site_id for waits in _lines(old, one, other)] == [old.site] * 2
    _close(admin, old.site)
    for _ in range(2):
        print_watch.begin_placeless(system(STRICT))
    moved = _lines(new, one, other)
    assert [waits.site_id for waits in moved] == [new.site] * 2
    assert moved[0].queued_at < moved[1].queued_at
    now = product_of(first)
    assert now and now.site_id == new.site


def _lines(floor: Floor, *products: object) -> list[Waiting]:
    found = [floor.waiting(product) for product in products]  # type: ignore[arg-type]
    return [waits for waits in found if waits is not None]


def test_a_card_in_a_printer_keeps_its_place_printing_and_is_not_moved() -> None:
    floor, admin = Floor(cards=2), staff(role="admin")
    first, product = make_begun()
    Floor()
    (job,) = floor.begin()
    assert _in_the_way(_change, admin, _site(floor.site), does=("hand_over",)) == {"place_on_printer": 1}
    with superuser_connection() as above:  # as if the batch had begun in the very moment of the change
        above.execute("UPDATE offices_site SET prints = false WHERE id = %s", [floor.site])
    print_watch.begin_placeless(system(STRICT))
    waits, now = floor.waiting(product), product_of(first)
    assert waits and now and (waits.site_id, waits.job_id, now.site_id) == (floor.site, job.id, floor.site)


def test_places_are_kept_by_head_and_admin_of_their_own_region_alone() -> None:
    site = _site(_add(staff(role="head")))
    for stranger in (staff(role="operator"), staff(), staff(ELSEWHERE, "admin")):
        with pytest.raises(NotFound):
            _close(stranger, site.id)
    with pytest.raises(NotFound):
        _add(staff(role="operator"))
