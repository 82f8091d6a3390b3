"""The courier: only to the address on the KK, at a cost told before, twice at most, and then to the counter."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import ParcelAct, ParcelState
from adminduk.modules.deliveries.types import Parcel
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.types import OldCard, PickupState
from adminduk.readmodels.collect import collect_of
from adminduk.usecases import choose_delivery, courier_report, send_cards
from adminduk.usecases.courier_report import Reported
from tests import database as test_database
from tests.making import Owner, make_owner, system
from tests.usecases.approving import make_begun
from tests.usecases.at_hand_over import card_ready, events_about, site_of
from tests.usecases.reviewing import STRICT, case_now, staff

FIRST, SECOND = date(2026, 11, 20), date(2026, 11, 22)


def operator() -> Actor:
    return staff(STRICT, "operator")


def parcel_of(case: Case) -> Parcel:
    with acting_as(system(STRICT)):
        return parcels.get_parcel(case.id, region_id=STRICT)


def choose(owner: Owner, case: Case) -> None:
    choose_delivery.choose(owner.actor, case.id, key=str(uuid4()), at=clock.now())


def listed(who: Actor, *, site: str = "dinas") -> UUID:
    return send_cards.list_waiting(who, site_id=site_of(site), key=str(uuid4()), at=clock.now())


def sent(*, site: str = "dinas") -> tuple[Owner, Case, Actor]:
    """A card that the courier has."""
    (owner, case), who = card_ready(site=site, delivery=True), operator()
    send_cards.mark_sent(who, listed(who, site=site), key=str(uuid4()), at=clock.now())
    return owner, case, who


def say(who: Actor, case: Case, act: ParcelAct | None, day: date = FIRST, **more: object) -> bool:
    said = Reported(act, day, **more)  # type: ignore[arg-type]
    return courier_report.report(who, case.id, said, key=str(uuid4()), at=clock.now())


def test_the_cost_and_the_address_are_told_before_the_choice(database: None) -> None:
    owner, _ = make_owner(STRICT), site_of("dinas")
    case, _ = make_begun(owner)
    offer = choose_delivery.offer_of(owner.actor, case.id, at=clock.now())
    assert offer is not None and not offer.is_chosen
    assert offer.cost_rupiah == 10_000 and offer.address[0] == "JALAN CONTOH 1"
    choose(owner, case)
    assert parcel_of(case).cost_rupiah == 10_000 and parcel_of(case).state is ParcelState.WANTED


def test_without_an_address_of_the_register_nothing_is_offered(database: None) -> None:
    owner, _ = make_owner(STRICT), site_of("dinas")
    case, _ = make_begun(owner)
    assert choose_delivery.address_of(case)
    from dataclasses import replace

    assert choose_delivery.address_of(replace(case, facts={**case.facts, "address": ""})) == ()


def test_delivered_after_one_failed_attempt(database: None) -> None:
    _, case, who = sent()
    assert events_about(case, "delivery_waiting") and events_about(case, "delivery_sent")
    assert not events_about(case, "pickup_ready")
    assert say(who, case, ParcelAct.FAIL)
    assert parcel_of(case).state is ParcelState.FAILED and events_about(case, "delivery_failed")
    assert say(who, case, ParcelAct.DELIVER, SECOND)
    assert case_now(who, case.id).state is State.COMPLETED
    assert events_about(case, "delivery_done")


def test_twice_nobody_at_home_makes_it_a_card_to_collect(database: None) -> None:
    owner, case, who = sent()
    say(who, case, ParcelAct.FAIL)
    say(who, case, ParcelAct.FAIL, SECOND)
    assert parcel_of(case).state is ParcelState.RETURNING and events_about(case, "delivery_returning")
    assert case_now(who, case.id).state is State.APPROVED
    say(who, case, ParcelAct.RETURN, SECOND)
    (message,) = events_about(case, "delivery_back")
    card = collect_of(owner.actor, case.id, region_id=STRICT)
    assert card is not None and message.params["code"] == card.code


def test_a_third_attempt_does_not_exist(database: None) -> None:
    _, case, who = sent()
    say(who, case, ParcelAct.FAIL)
    say(who, case, ParcelAct.FAIL, SECOND)
    with pytest.raises(DomainError, match="parcel_not_possible"):
        say(who, case, ParcelAct.FAIL, date(2026, 11, 24))


def test_a_card_at_the_counter_may_still_be_sent_and_fetched_back(database: None) -> None:
    owner, case = card_ready()
    choose(owner, case)
    assert parcel_of(case).state is ParcelState.WAITING
    card = collect_of(owner.actor, case.id, region_id=STRICT)
    assert card is not None and card.code == ""
    choose_delivery.drop(owner.actor, case.id, key=str(uuid4()), at=clock.now())
    card = collect_of(owner.actor, case.id, region_id=STRICT)
    assert card is not None and card.code
    assert len(events_about(case, "pickup_ready")) == 2


def test_once_listed_it_is_not_taken_back(database: None) -> None:
    owner, case = card_ready(delivery=True)
    listed(operator())
    with pytest.raises(DomainError, match="parcel_not_possible"):
        choose_delivery.drop(owner.actor, case.id, key=str(uuid4()), at=clock.now())


def test_nobody_chooses_for_another(database: None) -> None:
    _, case = card_ready()
    with pytest.raises(NotFound):
        choose_delivery.choose(make_owner(STRICT).actor, case.id, key=str(uuid4()), at=clock.now())


def test_where_the_region_does_not_deliver_nothing_is_offered() -> None:
    from adminduk.kernel.identifiers import RegionCode
    from adminduk.usecases.outside import catalogue

    assert not catalogue().region(RegionCode.parse("51.71")).offers_delivery()


def test_the_courier_file_holds_the_kk_address_and_no_formula(database: None) -> None:
    (_, case), who = card_ready(site="ngaliyan", delivery=True), operator()
    opened = send_cards.open_manifest(who, listed(who, site="ngaliyan"), at=clock.now())
    rows = list(csv.DictReader(io.StringIO(send_cards.as_csv(opened))))
    row = next(row for row in rows if row["nomor"] == case.number)
    assert row["alamat"].startswith("JALAN CONTOH 1") and row["ongkos_dibayar_ke_kurir"] == "10000"
    assert case.subject["nik"] not in send_cards.as_csv(opened)


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_is_never_a_formula(cell: str) -> None:
    assert send_cards.harmless(cell) == f"'{cell}"
    assert send_cards.harmless("JALAN 1") == "JALAN 1"


def test_each_look_at_a_list_stands_in_the_trail(database: None) -> None:
    (_, case), who = card_ready(delivery=True), operator()
    manifest_id = listed(who)
    for act in ("delivery.read", "delivery.file", "delivery.label"):
        send_cards.open_manifest(who, manifest_id, at=clock.now(), act=act)
    with test_database.superuser_connection() as above:
        acts = above.execute("SELECT act FROM audit_entry WHERE object_id = %s", [case.id]).fetchall()
    assert {"delivery.read", "delivery.file", "delivery.label"} <= {act for (act,) in acts}


def test_what_waits_is_listed_once(database: None) -> None:
    card_ready(delivery=True)
    who, key = operator(), str(uuid4())
    first = send_cards.list_waiting(who, site_id=site_of("dinas"), key=key, at=clock.now())
    assert send_cards.list_waiting(who, site_id=site_of("dinas"), key=key, at=clock.now()) == first
    with pytest.raises(DomainError, match="no_parcels"):
        listed(who)
    send_cards.mark_sent(who, first, key=str(uuid4()), at=clock.now())
    with pytest.raises(DomainError, match="manifest_is_sent"):
        send_cards.mark_sent(who, first, key=str(uuid4()), at=clock.now())


def test_the_couriers_file_is_taken_over_line_by_line_and_twice_is_once(database: None) -> None:
    (_, one, who), (_, other, _) = sent(), sent()
    day = clock.now().date()
    content = (
        "nomor;resi;status;tanggal\r\n"
        f"{one.number};RS1-{one.number};Gagal antar;{day - timedelta(2):%d-%m-%Y}\r\n"
        f"{one.number};;terkirim;{day - timedelta(1)}\r\n"
        f"{other.number};RS2-{other.number};dikirim;{day}\r\n"
        f"KTP-2611-000000-00;;terkirim;{day}\r\n"
        f"{other.number};;hilang;{day}\r\n"
        f"{other.number};;gagal;besok\r\n"
    ).encode("utf-8-sig")
    first = courier_report.import_file(who, content, today=day, at=clock.now())
    assert (first.changed, first.known) == (3, 0)
    assert [(problem.line, problem.code) for problem in first.problems] == [
        (5, "number_check"),
        (6, "courier_status"),
        (7, "date_format"),
    ]
    assert case_now(who, one.id).state is State.COMPLETED
    assert parcel_of(other).tracking == f"RS2-{other.number}"
    second = courier_report.import_file(who, content, today=day, at=clock.now())
    assert (second.changed, second.known) == (0, 3)
    assert len(events_about(one, "delivery_done")) == 1


def test_a_tracking_number_finds_its_parcel_and_belongs_to_one(database: None) -> None:
    (_, one, who), (_, other, _) = sent(), sent()
    tracking = f"RS-{one.number}"
    say(who, one, None, tracking=tracking)
    with pytest.raises(DomainError, match="tracking_taken"):
        say(who, other, None, tracking=tracking)
    day = clock.now().date()
    content = f"resi,status,tanggal\n{tracking},diterima,{day}\n".encode()
    assert courier_report.import_file(who, content, today=day, at=clock.now()).changed == 1
    assert case_now(who, one.id).state is State.COMPLETED


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"nama,alamat\nx,y\n", b"nomor,status\n" + b"x" * 500_001])
def test_a_file_that_is_none_is_refused_in_words(database: None, content: bytes) -> None:
    with pytest.raises(DomainError, match="courier_file"):
        courier_report.import_file(operator(), content, today=FIRST, at=clock.now())


@pytest.mark.parametrize("kind", ["officer", "head", "admin", "inspector"])
def test_only_operators_deal_with_couriers(database: None, kind: str) -> None:
    _, case, _ = sent()
    who = staff(STRICT, kind)
    with pytest.raises(NotFound):
        say(who, case, ParcelAct.DELIVER)
    with pytest.raises(NotFound):
        listed(who)
    with pytest.raises(NotFound):
        courier_report.import_file(who, b"", today=FIRST, at=clock.now())


def test_a_courier_of_another_region_changes_nothing(database: None) -> None:
    _, case, _ = sent()
    with pytest.raises(NotFound):
        say(staff(5171, "operator"), case, ParcelAct.DELIVER)
    assert parcel_of(case).state is ParcelState.SENT


def test_an_old_card_that_the_courier_took_is_not_asked_for_again(database: None) -> None:
    owner, case = card_ready()
    with test_database.superuser_connection() as above:
        above.execute("UPDATE handovers_pickup SET old_card = 'taken_in' WHERE application_id = %s", [case.id])
    choose(owner, case)
    who = operator()
    send_cards.mark_sent(who, listed(who), key=str(uuid4()), at=clock.now())
    say(who, case, ParcelAct.FAIL, old_card_taken=True)
    say(who, case, ParcelAct.FAIL, SECOND)
    say(who, case, ParcelAct.RETURN, SECOND)
    with acting_as(system(STRICT)):
        pickup = pickups.find_of_application(case.id, region_id=STRICT)
    assert pickup is not None
    assert (pickup.state, pickup.old_card) == (PickupState.READY, OldCard.NONE)


def test_a_list_carries_the_month_of_its_office(database: None) -> None:
    card_ready(site="ngaliyan", delivery=True)
    evening = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)  # half past five on New Year's Day in Semarang
    who = operator()
    made = send_cards.list_waiting(who, site_id=site_of("ngaliyan"), key=str(uuid4()), at=evening)
    opened = send_cards.open_manifest(who, made, at=evening)
    assert opened.manifest.number.startswith("KRM-2701-")


def test_a_list_that_no_courier_has_taken_stands_first_however_old_it_is(database: None) -> None:
    who, site = operator(), site_of("ngaliyan")
    card_ready(site="ngaliyan", delivery=True)
    forgotten = listed(who, site="ngaliyan")
    card_ready(site="ngaliyan", delivery=True)
    at = clock.now() + timedelta(days=30)
    later = send_cards.list_waiting(who, site_id=site, key=str(uuid4()), at=at)
    send_cards.mark_sent(who, later, key=str(uuid4()), at=at)
    with acting_as(who):
        ids = [manifest.id for manifest in parcels.list_manifests(STRICT)]
    assert ids.index(forgotten) < ids.index(later)


def test_each_courier_has_a_list_of_his_own(database: None) -> None:
    cases = [card_ready(site="ngaliyan", delivery=True)[1] for _ in range(2)]
    with test_database.superuser_connection() as above:
        above.execute("UPDATE deliveries_parcel SET courier = 'CONTOH Dulu' WHERE application_id = %s", [cases[0].id])
    who = operator()
    lists = [send_cards.open_manifest(who, listed(who, site="ngaliyan"), at=clock.now()) for _ in range(2)]
    assert [[label.case.id for label in one.labels] for one in lists] == [[case.id] for case in cases]
    assert lists[0].manifest.courier == "CONTOH Dulu" != lists[1].manifest.courier
