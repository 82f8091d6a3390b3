"""From the line to the good card: each card once, whatever the printer, the register or the worker do meanwhile."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.kernel.identifiers import Nik
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.blanks.types import Balance
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.ports import PrinterSays
from adminduk.modules.printing.types import AlarmKind, JobState, Rank
from adminduk.usecases import fulfil, print_cards, print_jobs, print_trouble, print_watch
from tests.at_once import at_once
from tests.making import Owner, make_owner, system
from tests.usecases import floor as floors
from tests.usecases.approving import make_begun, product_of
from tests.usecases.at_hand_over import events_about
from tests.usecases.floor import Floor, PrinterInHand
from tests.usecases.reviewing import STRICT, case_now, staff
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")


def put(floor: Floor, register: Register, owner: Owner | None = None) -> tuple[Case, ProductView]:
    """An approved case in the line of `floor`; the register knows its person as it did."""
    owner = owner or make_owner(STRICT)
    register.add(owner.identity, address="JALAN CONTOH 1", occupation="WIRASWASTA")
    case, product = make_begun(owner)
    floor.take_over(product)
    return case, product


def test_a_card_is_printed_checked_and_goes_on(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=3)
    case, product = put(floor, register)
    (asked,) = floor.begin(5)
    assert (asked.state, floor.balance()) == (JobState.ASKED, Balance(floor.site, stock=2, printer=1))
    (printed,) = floor.print_all()
    assert (printed.state, floor.balance()) == (JobState.PRINTED, Balance(floor.site, stock=2, printed=1))
    words = {mark["text"] for mark in printer.orders[printed.id].drawing["front"] if mark["kind"] == "text"}
    assert f"NIK : {case.subject['nik']}" in words
    floor.accept(printed)
    after = product_of(case)
    assert after is not None and after.step_kind == "hand_over"
    assert (floor.waiting(product), floor.jobs()) == (None, [])


def test_a_spoiled_card_is_printed_anew_with_another_blank(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=3)
    put(floor, register)
    floor.begin()
    (first,) = floor.print_all()
    floor.reject(first)
    assert floor.balance() == Balance(floor.site, stock=2, spoiled=1)
    floor.begin()
    (second,) = floor.print_all()
    assert second.serial != first.serial
    floor.accept(second)
    assert floor.balance() == Balance(floor.site, stock=1, spoiled=1, printed=1)


def test_a_lost_answer_prints_nothing_twice(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=3)
    put(floor, register)
    (job,) = floor.begin()
    printer.loses_answers = True
    with pytest.raises(Unavailable):
        print_cards.print_card(system(STRICT), job_id=str(job.id))
    for _ in range(2):
        print_cards.print_card(system(STRICT), job_id=str(job.id))
    assert (len(printer.orders), floor.balance().printed) == (1, 1)


@pytest.mark.parametrize("says", [PrinterSays.PRINTING, PrinterSays.EMPTY])
def test_a_printer_that_is_not_ready_is_asked_later(
    printer: PrinterInHand, register: Register, says: PrinterSays
) -> None:
    floor = Floor(cards=3)
    put(floor, register)
    (job,) = floor.begin()
    printer.says = says
    with pytest.raises(Unavailable):
        print_cards.print_card(system(STRICT), job_id=str(job.id))
    printer.says = PrinterSays.DONE
    printer.states = dict.fromkeys(printer.states, PrinterSays.DONE)
    (printed,) = floor.print_all()
    assert (printed.state, len(printer.orders)) == (JobState.PRINTED, 1)


@pytest.mark.parametrize(
    ("is_spoiled", "left"),
    [(True, Balance(floors.NOWHERE, stock=2, spoiled=1)), (False, Balance(floors.NOWHERE, stock=3))],
)
def test_after_a_jam_somebody_looks(
    printer: PrinterInHand, register: Register, is_spoiled: bool, left: Balance
) -> None:
    floor = Floor(cards=3)
    _, product = put(floor, register)
    floor.begin()
    printer.says = PrinterSays.JAMMED
    (jammed,) = floor.print_all()
    assert jammed.state is JobState.JAMMED
    print_trouble.end_jam(floor.ani, jammed.id, is_spoiled=is_spoiled, key="", at=clock.now())
    assert floor.balance() == floors.replace(left, site_id=floor.site)
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.job_id is None


@pytest.mark.parametrize(
    ("reason", "change"),
    [("data_changed", {"address": "JALAN BARU 2"}), ("moved", {"region": floors.ELSEWHERE}), ("not_in_register", None)],
)
def test_the_register_is_asked_again_before_printing(
    printer: PrinterInHand, register: Register, reason: str, change: dict[str, object] | None
) -> None:
    floor, owner = Floor(cards=3), make_owner(STRICT)
    _, product = put(floor, register, owner)
    if change is None:
        register.people.clear()
    else:
        register.add(owner.identity, **{"address": "JALAN CONTOH 1", "occupation": "WIRASWASTA", **change})
    floor.begin()
    floor.print_all()
    waiting = floor.waiting(product)
    assert waiting is not None and (waiting.stopped_reason, waiting.job_id) == (reason, None)
    assert (printer.orders, floor.balance()) == ({}, Balance(floor.site, stock=3))


def test_an_officer_lets_changed_data_be_printed(printer: PrinterInHand, register: Register) -> None:
    floor, owner = Floor(cards=3), make_owner(STRICT)
    case, product = put(floor, register, owner)
    register.add(owner.identity, address="JALAN BARU 2", occupation="WIRASWASTA")
    floor.begin()
    floor.print_all()
    print_cards.resume(floor.head, product.id, key="", at=clock.now())
    assert case_now(system(STRICT), case.id).facts["address"] == "JALAN BARU 2"
    floor.begin()
    assert [job.state for job in floor.print_all()] == [JobState.PRINTED]


def test_nobody_decides_on_the_card_of_his_own_family(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=3)
    case, product = put(floor, register)
    relative = staff(STRICT, "head", kk_index=case.kk_index)
    with pytest.raises(DomainError, match="own_family"):
        print_cards.move_ahead(relative, product.id, reason="medical", key="", at=clock.now())
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.rank is not Rank.AHEAD
    with acting_as(system(STRICT)):
        printing.stop(product.id, region_id=STRICT, reason="refused_by_printer")
    for decide in (print_cards.resume, print_cards.end_stopped):
        with pytest.raises(DomainError, match="own_family"):
            decide(relative, product.id, key="", at=clock.now())
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.stopped_reason == "refused_by_printer"
    print_cards.resume(staff(STRICT, "head"), product.id, key="", at=clock.now())


def test_the_dead_get_no_card(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=3)
    case, product = put(floor, register)
    register.people.clear()
    floor.begin()
    floor.print_all()
    print_cards.end_stopped(floor.head, product.id, key="", at=clock.now())
    now = case_now(system(STRICT), case.id)
    assert (now.state, now.reason, floor.waiting(product)) == (State.CLOSED, "died", None)
    assert events_about(case, "print_stopped"), "nobody waits for a card that does not come"


def test_a_register_that_is_silent_prints_nothing(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=3)
    put(floor, register)
    (job,) = floor.begin()
    register.is_down = True
    with pytest.raises(Unavailable):
        print_cards.print_card(system(STRICT), job_id=str(job.id))
    assert (printer.orders, [each.state for each in floor.jobs()]) == ({}, [JobState.ASKED])


def test_what_is_stopped_while_it_prints_can_only_be_spoiled(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=3)
    _, product = put(floor, register)
    floor.begin()
    (printed,) = floor.print_all()
    with acting_as(floor.head):
        fulfil.stop(product.id, region_id=STRICT, reason="moved", actor=floor.head, at=clock.now())
    with pytest.raises(DomainError, match="print_not_possible"):
        floor.accept(printed)
    floor.reject(printed, "wrong_data")
    assert floor.balance() == Balance(floor.site, stock=2, spoiled=1)


def test_a_card_found_wrong_at_the_counter_is_printed_anew_for_nothing(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=3)
    case, product = put(floor, register)
    floor.begin()
    (job,) = floor.print_all()
    floor.accept(job)
    with acting_as(floor.ani):
        print_jobs.spoil_passed(floor.ani, product.id, region_id=STRICT, reason="chip", at=clock.now())
        fulfil.back_to(product.id, region_id=STRICT, kind="printing", reason="chip", actor=floor.ani, at=clock.now())
    after = product_of(case)
    assert after is not None and after.step_kind == "printing"
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.queued_at == product.created_at
    assert floor.balance() == Balance(floor.site, stock=2, spoiled=1)


def test_a_button_pressed_twice_begins_one_batch(printer: PrinterInHand, register: Register) -> None:
    floor, key = Floor(cards=9), str(uuid4())
    put(floor, register)
    put(floor, register)
    for _ in range(2):
        print_cards.begin_batch(floor.ani, printer_id=floor.printer.id, count=1, key=key, at=clock.now())
    assert len(floor.jobs()) == 1


def test_no_more_is_begun_than_there_are_cards(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=1)
    put(floor, register)
    put(floor, register)
    assert len(floor.begin(5)) == 1
    with pytest.raises(DomainError, match="stock_empty"):
        floor.begin(1)


def test_eight_printers_take_from_one_line(
    printer: PrinterInHand, register: Register, request: pytest.FixtureRequest
) -> None:
    cards, people = (50, 60) if request.config.getoption("full") else (10, 12)
    floor = Floor(cards=cards)
    products = {put(floor, register)[1].id for _ in range(people)}
    printers = [floor.printer, *(floor.add_printer(f"Pencetak {number}") for number in range(2, 9))]

    def work(number: int) -> None:
        for _ in range(people * len(printers)):
            if not floor.balance().stock:
                return
            with suppress(DomainError):  # others were quicker: nothing has been begun
                begin(number)
            for job in floor.jobs():
                if job.printer_id == printers[number].id and job.state is JobState.ASKED:
                    print_cards.print_card(system(STRICT), job_id=str(job.id))

    def begin(number: int) -> None:
        print_cards.begin_batch(floor.ani, printer_id=printers[number].id, count=3, key=str(uuid4()), at=clock.now())

    assert at_once(len(printers), work) == [None] * len(printers)
    made = floor.print_all()
    assert len({job.serial for job in made}) == len({job.product_id for job in made}) == len(made) == cards
    assert {job.product_id for job in made} < products
    assert (len(printer.orders), floor.balance()) == (cards, Balance(floor.site, printed=cards))


def test_outside_office_hours_is_an_alarm(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=1)
    put(floor, register)
    sunday = floors.next_sunday(clock.now())
    print_cards.begin_batch(floor.ani, printer_id=floor.printer.id, count=1, key="", at=sunday)
    (job,) = floor.jobs()
    with acting_as(floor.head):
        kinds = {alarm.kind for alarm in line.list_alarms(STRICT, since=sunday) if alarm.job_id == job.id}
    assert kinds == {AlarmKind.OUTSIDE_HOURS}


@pytest.mark.parametrize("has_reason", [True, False])
def test_whoever_is_printed_before_others_without_a_reason_is_an_alarm(
    printer: PrinterInHand, register: Register, monkeypatch: pytest.MonkeyPatch, has_reason: bool
) -> None:
    floor = Floor(cards=2)
    put(floor, register)
    _, second = put(floor, register)
    if has_reason:
        print_cards.move_ahead(floor.head, second.id, reason="medical", key="", at=clock.now())
    else:  # no act of ours takes anybody else than the first: as if the line were read wrongly
        take = printing.take_next
        monkeypatch.setattr(printing, "take_next", lambda region, **more: take(region, **more | {"most": 2})[1:])
    (job,) = floor.begin()
    assert job.product_id == second.id
    with acting_as(floor.head):
        kinds = {alarm.kind for alarm in line.list_alarms(STRICT, since=floors.LONG_AGO) if alarm.job_id == job.id}
    assert (AlarmKind.OUT_OF_ORDER in kinds) is not has_reason


def test_who_was_moved_ahead_stays_ahead_when_his_card_is_printed_anew(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=3)
    _, product = put(floor, register)
    print_cards.move_ahead(floor.head, product.id, reason="medical", key="", at=clock.now())
    floor.begin()
    (printed,) = floor.print_all()
    floor.accept(printed)
    with acting_as(floor.ani):
        fulfil.back_to(product.id, region_id=STRICT, kind="printing", reason="photo", actor=floor.ani, at=clock.now())
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.rank is Rank.AHEAD
    with pytest.raises(DomainError, match="print_not_possible"):  # once is enough, and counted once
        print_cards.move_ahead(floor.head, product.id, reason="travel", key="", at=clock.now())


def test_a_card_of_the_ledger_without_a_case_is_an_alarm(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=2)
    stray = floors.print_without_a_case(floor)
    print_watch.look_for_strays(system(STRICT))
    print_watch.look_for_strays(system(STRICT))
    with acting_as(floor.head):
        alarms = [a for a in line.list_alarms(STRICT, since=floors.LONG_AGO) if a.job_id == stray]
    assert [alarm.kind for alarm in alarms] == [AlarmKind.NO_CASE]


def test_an_empty_printer_keeps_the_others_from_nothing(printer: PrinterInHand, register: Register) -> None:
    empty, other = Floor(cards=2), Floor(cards=2)
    put(empty, register)
    put(other, register)
    printer.says = PrinterSays.EMPTY
    empty.begin()
    printer.says = PrinterSays.PRINTING
    (job,) = other.begin()
    with pytest.raises(Unavailable):
        print_cards.print_card(system(STRICT), job_id=str(job.id))
    printer.says = PrinterSays.EMPTY
    printer.states[job.id] = PrinterSays.DONE
    print_cards.follow(system(STRICT))
    assert [each.state for each in (*empty.jobs(), *other.jobs())] == [JobState.ASKED, JobState.PRINTED]


def test_a_person_of_whom_the_register_tells_nonsense_keeps_nobody_from_his_card(
    printer: PrinterInHand, register: Register
) -> None:
    first, other = Floor(cards=1), Floor(cards=1)
    odd, _ = put(first, register)
    put(other, register)
    register.garbled.add(Nik.parse(odd.subject["nik"]))
    first.begin()
    other.begin()
    print_cards.follow(system(STRICT))
    assert [each.state for each in (*first.jobs(), *other.jobs())] == [JobState.ASKED, JobState.PRINTED]
