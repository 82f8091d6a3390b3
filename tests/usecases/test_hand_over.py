"""At the counter: one card, one code, one hand; a lost code, a wrong print, and cards that nobody fetches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications.states import State
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.types import (
    IdentityPaper,
    OldCard,
    Pickup,
    PickupState,
    Proof,
    Receipt,
    Recipient,
    WrongPrint,
)
from adminduk.readmodels import cards_at_counter
from adminduk.readmodels.collect import collect_of
from adminduk.usecases import clear_place, hand_over, site_setup, uncollected, upkeep_retention
from tests import database as test_database
from tests.at_once import at_once, wait_until_blocked
from tests.making import Owner, make_owner, system
from tests.usecases.approving import make_begun, product_of
from tests.usecases.at_hand_over import card_ready, events_about, passed_to_hand_over, site_of
from tests.usecases.reviewing import STRICT, case_now, staff

SELF = Receipt(Recipient.SELF, IdentityPaper.KTP, OldCard.LOST, Proof.SIGNED)
AGENT = Receipt(
    Recipient.AGENT,
    IdentityPaper.KTP,
    OldCard.LOST,
    Proof.SIGNED,
    name="Wakil Rekaan",
    nik="3374011708909001",
    has_power_of_attorney=True,
)


def test_a_region_without_any_place_hands_nothing_over_and_nothing_is_half_done(database: None) -> None:
    owner, site_id = make_owner(STRICT), site_of("dinas")
    case, before = make_begun(owner)
    with test_database.superuser_connection() as above:
        above.execute("UPDATE offices_site SET is_active = false")
    with pytest.raises(NotFound):
        passed_to_hand_over(case)
    assert product_of(case) == before and before.site_id == site_id


def operator() -> Actor:
    return staff(STRICT, "operator")


def pickup_of(application_id: UUID) -> Pickup:
    with acting_as(system(STRICT)):
        found = pickups.find_of_application(application_id, region_id=STRICT)
    assert found is not None
    return found


def code_of(owner: Owner, application_id: UUID) -> str:
    """As the owner's page shows it."""
    card = collect_of(owner.actor, application_id, region_id=STRICT)
    assert card is not None
    return card.code


def take(who: Actor, pickup: Pickup, code: str, receipt: Receipt = SELF, *, key: str = "") -> None:
    hand_over.hand_over(who, pickup.product_id, code=code, receipt=receipt, key=key or str(uuid4()), at=clock.now())


def test_a_printed_card_waits_at_a_counter_and_its_owner_is_told_the_code(database: None) -> None:
    owner, case = card_ready()
    pickup = pickup_of(case.id)
    assert pickup.state is PickupState.READY and pickup.old_card is OldCard.LOST
    (message,) = events_about(case, "pickup_ready")
    assert message.params["code"] == code_of(owner, case.id)
    assert len(message.params["code"]) == 6 and message.params["place"]


def test_handed_over_completes_the_application_and_tells_the_owner_who_took_it(database: None) -> None:
    owner, case = card_ready()
    who, pickup, code = operator(), pickup_of(case.id), code_of(owner, case.id)
    assert hand_over.find(who, number=case.number, code=code, at=clock.now()) == pickup.product_id
    take(who, pickup, code, AGENT)
    assert case_now(who, case.id).state is State.COMPLETED
    assert pickup_of(case.id).receipt == AGENT
    assert events_about(case, "card_handed_agent")
    assert code_of(owner, case.id) == ""


def test_a_wrong_code_opens_nothing_is_counted_and_stays_in_the_trail(database: None) -> None:
    owner, case = card_ready()
    who, code = operator(), code_of(owner, case.id)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(hand_over.TRIES.times):
        with pytest.raises(DomainError, match="pickup_code_wrong"):
            hand_over.find(who, number=case.number, code=wrong, at=clock.now())
    with pytest.raises(DomainError, match="too_often"):
        hand_over.find(who, number=case.number, code=code, at=clock.now())
    with test_database.superuser_connection() as above:
        tries = above.execute("SELECT count(*) FROM audit_entry WHERE act = 'card.code_wrong'").fetchone()
    assert tries and tries[0] >= hand_over.TRIES.times
    with pytest.raises(DomainError, match="pickup_code_wrong"):
        take(who, pickup_of(case.id), wrong)


def test_the_code_lies_in_no_table(database: None) -> None:
    owner, case = card_ready()
    code = code_of(owner, case.id)
    with test_database.superuser_connection() as above:
        rows = above.execute("SELECT p::text FROM handovers_pickup p WHERE application_id = %s", [case.id]).fetchall()
    assert code not in rows[0][0].replace(str(case.id), "")


def test_a_lost_code_is_replaced_after_a_look_at_papers_and_the_owner_is_told(database: None) -> None:
    owner, case = card_ready()
    who, pickup, old = operator(), pickup_of(case.id), code_of(owner, case.id)
    key = str(uuid4())
    new = hand_over.renew_code(who, number=case.number, identity=IdentityPaper.KK, key=key, at=clock.now())
    again = hand_over.renew_code(who, number=case.number, identity=IdentityPaper.KK, key=key, at=clock.now())
    assert new == again == code_of(owner, case.id) and new != old
    assert [message.params["code"] for message in events_about(case, "pickup_code_new")] == [new]
    with pytest.raises(DomainError, match="pickup_code_wrong"):
        take(who, pickup, old)
    take(who, pickup, new)
    assert case_now(who, case.id).state is State.COMPLETED


def test_a_wrong_print_goes_back_free_and_comes_again_with_another_code(database: None) -> None:
    owner, case = card_ready()
    who, pickup, old = operator(), pickup_of(case.id), code_of(owner, case.id)
    hand_over.wrong_print(who, pickup.product_id, code=old, reason=WrongPrint.PHOTO, key=str(uuid4()), at=clock.now())
    assert pickup_of(case.id).state is PickupState.LEFT
    assert events_about(case, "card_reprint")
    passed_to_hand_over(case)
    assert pickup_of(case.id).state is PickupState.READY
    assert code_of(owner, case.id) != old


def test_pressed_twice_or_by_two_is_handed_over_once(database: None) -> None:
    owner, case = card_ready()
    who, pickup, code, key = operator(), pickup_of(case.id), code_of(owner, case.id), str(uuid4())
    take(who, pickup, code, key=key)
    take(who, pickup, code, key=key)
    with pytest.raises(DomainError, match="card_not_here"):
        take(operator(), pickup, code)
    assert len(events_about(case, "card_handed_self")) == 1


@pytest.mark.parametrize(
    ("receipt", "lacking"),
    [
        (Receipt(Recipient.FAMILY, IdentityPaper.KK, OldCard.LOST, Proof.SIGNED), ["name"]),
        (
            Receipt(Recipient.AGENT, IdentityPaper.KTP, OldCard.LOST, Proof.SIGNED, name="Wakil"),
            ["nik", "has_power_of_attorney"],
        ),
        (Receipt(Recipient.SELF, IdentityPaper.KTP, OldCard.NONE, Proof.SIGNED), ["old_card"]),
    ],
)
def test_what_lacks_is_told(database: None, receipt: Receipt, lacking: list[str]) -> None:
    owner, case = card_ready()
    with pytest.raises(DomainError) as caught:
        take(operator(), pickup_of(case.id), code_of(owner, case.id), receipt)
    assert [problem.field for problem in caught.value.problems] == lacking


@pytest.mark.parametrize("kind", ["officer", "head", "admin", "inspector"])
def test_only_operators_hand_over(database: None, kind: str) -> None:
    owner, case = card_ready()
    pickup, code = pickup_of(case.id), code_of(owner, case.id)
    with pytest.raises(NotFound):
        hand_over.find(staff(STRICT, kind), number=case.number, code=code, at=clock.now())
    with pytest.raises(NotFound):
        take(staff(STRICT, kind), pickup, code)


@pytest.mark.parametrize("is_family", [False, True])
def test_nobody_of_another_region_or_of_the_own_family_hands_over(database: None, is_family: bool) -> None:
    owner, case = card_ready()
    pickup, code = pickup_of(case.id), code_of(owner, case.id)
    who = staff(STRICT, "operator", kk_index=case.kk_index) if is_family else staff(5171, "operator")
    refusal = "own_family" if is_family else "not_found"
    for act in (
        lambda: hand_over.find(who, number=case.number, code=code, at=clock.now()),
        lambda: hand_over.read(who, pickup.product_id, code=code, at=clock.now()),
        lambda: hand_over.renew_code(
            who, number=case.number, identity=IdentityPaper.KTP, key=str(uuid4()), at=clock.now()
        ),
        lambda: hand_over.wrong_print(
            who, pickup.product_id, code=code, reason=WrongPrint.CHIP, key=str(uuid4()), at=clock.now()
        ),
        lambda: take(who, pickup, code),
    ):
        with pytest.raises(DomainError, match=refusal):
            act()
    assert pickup_of(case.id) == pickup


def test_another_citizen_sees_no_code(database: None) -> None:
    _, case = card_ready()
    assert collect_of(make_owner(STRICT).actor, case.id, region_id=STRICT) is None


def test_who_took_it_is_sealed_and_goes_in_time(database: None) -> None:
    owner, case = card_ready()
    take(operator(), pickup_of(case.id), code_of(owner, case.id), AGENT)
    with test_database.superuser_connection() as above:
        row = above.execute("SELECT p::text FROM handovers_pickup p WHERE application_id = %s", [case.id]).fetchone()
        assert row is not None and "Wakil" not in row[0] and AGENT.nik not in row[0]
        above.execute("UPDATE handovers_pickup SET ended_at = ended_at - interval '731 days'")
    upkeep_retention.apply_retention(system(STRICT))
    assert pickup_of(case.id).receipt is None


def test_cards_that_nobody_fetches_are_reminded_of_three_times(database: None) -> None:
    _, case = card_ready()
    with test_database.superuser_connection() as above:
        for days, expected in ((6, 0), (8, 1), (8, 1), (22, 2), (61, 3), (90, 3)):
            above.execute(
                "UPDATE handovers_pickup SET ready_at = %s WHERE application_id = %s",
                [clock.now() - timedelta(days=days), case.id],
            )
            above.commit()
            uncollected.remind(system(STRICT))
            assert len(events_about(case, "pickup_reminder")) == expected


def test_after_a_month_a_card_may_go_to_the_main_place(database: None) -> None:
    owner, case = card_ready(site="banyumanik")
    who, pickup = operator(), pickup_of(case.id)
    with pytest.raises(DomainError, match="card_waits_shortly"):
        uncollected.take_to_main(who, pickup.product_id, key=str(uuid4()), at=clock.now())
    later = clock.now() + timedelta(days=31)
    code = code_of(owner, case.id)
    uncollected.take_to_main(who, pickup.product_id, key=str(uuid4()), at=later)
    with pytest.raises(DomainError, match="card_is_at_main"):
        uncollected.take_to_main(who, pickup.product_id, key=str(uuid4()), at=later)
    assert code_of(owner, case.id) == code and events_about(case, "pickup_moved")


def test_after_a_long_silence_one_reminder_leaves_not_three(database: None) -> None:
    _, case = card_ready()
    with test_database.superuser_connection() as above:
        above.execute(
            "UPDATE handovers_pickup SET ready_at = %s WHERE application_id = %s",
            [clock.now() - timedelta(days=61), case.id],
        )
    for _ in range(2):
        uncollected.remind(system(STRICT))
    assert len(events_about(case, "pickup_reminder")) == 1


def _counts(who: Actor) -> dict[UUID, int]:
    return {site.id: count for site, count in cards_at_counter.count_cards(who)}


def test_cards_are_counted_however_many_lie_there(database: None) -> None:
    site_id, at = site_of("banyumanik"), clock.now()
    who = operator()
    before = _counts(who)[site_id]
    with acting_as(system(STRICT)):
        for _ in range(cards_at_counter.MOST + 3):
            handovers.put_ready(
                uuid4(), region_id=STRICT, application_id=uuid4(), owner_id=uuid4(), site_id=site_id,
                old_card=OldCard.NONE, at=at,
            )  # fmt: skip
    assert _counts(who)[site_id] == before + cards_at_counter.MOST + 3


def test_the_list_of_cards_not_fetched_says_how_many_there_are(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards_at_counter, "MOST", 1)
    for _ in range(2):
        card_ready()
    later = clock.now() + timedelta(days=31)
    cards = cards_at_counter.cards_of(operator(), at=later, before=later - uncollected.UNCOLLECTED_AFTER)
    assert len(cards.cards) == 1 and cards.count >= 2


def test_a_place_that_is_to_close_gives_its_cards_to_another_counter_and_closes(database: None) -> None:
    corner, main = site_of("banyumanik"), site_of("dinas")
    people = [card_ready(site="banyumanik") for _ in range(2)]
    codes = [code_of(owner, case.id) for owner, case in people]
    head, key = staff(STRICT, "head"), str(uuid4())
    with pytest.raises(DomainError, match="place_in_use"):
        site_setup.close(head, corner, key="", at=clock.now())
    with pytest.raises(NotFound):
        clear_place.take_cards_elsewhere(operator(), corner, key="", at=clock.now())
    for _ in range(2):  # pressed twice
        assert clear_place.take_cards_elsewhere(head, corner, key=key, at=clock.now()) == 2
    for (owner, case), code in zip(people, codes, strict=True):
        assert pickup_of(case.id).site_id == main and code_of(owner, case.id) == code
        assert len(events_about(case, "pickup_moved")) == 1
    site_setup.close(head, corner, key="", at=clock.now())
    (_, case), code = people[0], codes[0]
    take(operator(), pickup_of(case.id), code)
    assert case_now(system(STRICT), case.id).state is State.COMPLETED


def test_cards_go_where_cards_are_handed_over_and_nowhere_else(database: None) -> None:
    """The main place records only: an owner who is sent there finds nobody who hands over."""
    corner, main = site_of("banyumanik"), site_of("dinas")
    _, case = card_ready(site="dinas")
    head = staff(STRICT, "head")
    with test_database.superuser_connection() as above:
        above.execute("UPDATE offices_site SET hands_over = (id = %s)", [corner])
    assert main in _counts(operator()), "cards are counted also where no counter is any more"
    later = clock.now() + timedelta(days=31)
    uncollected.take_to_main(operator(), pickup_of(case.id).product_id, key="", at=later)
    assert pickup_of(case.id).site_id == corner
    with pytest.raises(DomainError, match="no_other_counter"):
        clear_place.take_cards_elsewhere(head, corner, key="", at=clock.now())


def test_a_card_is_not_taken_to_a_counter_that_closes_meanwhile(database: None) -> None:
    corner = site_of("banyumanik")
    _, case = card_ready(site="dinas")
    later, who, product_id = clock.now() + timedelta(days=31), operator(), pickup_of(case.id).product_id
    with test_database.superuser_connection() as above, ThreadPoolExecutor(1) as pool:
        above.execute("UPDATE offices_site SET hands_over = (id = %s)", [corner])
        with above.transaction():
            above.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sites|{STRICT}"])
            above.execute("UPDATE offices_site SET is_active = false WHERE id = %s", [corner])
            taken = pool.submit(at_once, 1, lambda _: uncollected.take_to_main(who, product_id, key="", at=later))
            wait_until_blocked()
        (refused,) = taken.result()
    assert isinstance(refused, DomainError) and refused.code == "no_other_counter"
    assert pickup_of(case.id).site_id == site_of("dinas")


def test_a_card_is_not_ready_at_a_place_that_hands_over_no_more_meanwhile(database: None) -> None:
    corner, main = site_of("banyumanik"), site_of("dinas")
    case, product = make_begun(make_owner(STRICT))
    with test_database.superuser_connection() as above, ThreadPoolExecutor(1) as pool:
        above.execute("UPDATE issuance_product SET site_id = %s WHERE id = %s", [corner, product.id])
        with above.transaction():
            above.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sites|{STRICT}"])
            above.execute("UPDATE offices_site SET hands_over = false WHERE id = %s", [corner])
            ready = pool.submit(at_once, 1, lambda _: passed_to_hand_over(case))
            wait_until_blocked()
        assert ready.result() == [None]
    assert pickup_of(case.id).site_id == main


def test_a_place_does_not_stop_handing_over_while_a_card_becomes_ready_there(database: None) -> None:
    corner, head = site_of("banyumanik"), staff(STRICT, "head")
    case, product = make_begun(make_owner(STRICT))
    with test_database.superuser_connection() as above:
        above.execute("UPDATE issuance_product SET site_id = %s WHERE id = %s", [corner, product.id])
    with ThreadPoolExecutor(1) as pool:
        with acting_as(system(STRICT)):
            passed_to_hand_over(case)
            closed = pool.submit(at_once, 1, lambda _: site_setup.close(head, corner, key="", at=clock.now()))
            wait_until_blocked()
        (refused,) = closed.result()
    assert isinstance(refused, DomainError) and refused.code == "place_in_use"
    assert pickup_of(case.id).site_id == corner


def test_cards_carried_away_and_handed_over_at_once_are_lost_to_nobody(database: None) -> None:
    corner = site_of("banyumanik")
    people = [card_ready(site="banyumanik") for _ in range(4)]
    codes = [code_of(owner, case.id) for owner, case in people]
    head, counter = staff(STRICT, "head"), operator()
    cards = [pickup_of(case.id) for _, case in people]

    def act(number: int) -> None:
        if number == 4:
            clear_place.take_cards_elsewhere(head, corner, key="", at=clock.now())
        else:
            take(counter, cards[number], codes[number])

    assert at_once(5, act) == [None] * 5
    assert {pickup_of(case.id).state for _, case in people} == {PickupState.HANDED_OVER}
