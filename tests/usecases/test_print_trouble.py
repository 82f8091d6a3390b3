"""A printer that says nothing: it is asked again, or given up; the card is printed once, the ledger stays right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from adminduk.modules.blanks.types import Balance
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing import queries as line
from adminduk.modules.printing.ports import CardOrder, PrinterSays
from adminduk.modules.printing.types import AlarmKind, JobState, JobView
from adminduk.readmodels import print_floor
from adminduk.usecases import keep_stock, print_cards, print_trouble, printers
from tests.at_once import at_once
from tests.making import make_owner, system
from tests.usecases.approving import make_begun
from tests.usecases.floor import LONG_AGO, Floor, PrinterInHand
from tests.usecases.reviewing import STRICT, staff
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")


def asked(floor: Floor, register: Register) -> tuple[JobView, ProductView]:
    """A card that was given to the printer."""
    owner = make_owner(STRICT)
    register.add(owner.identity, address="JALAN CONTOH 1", occupation="WIRASWASTA")
    _, product = make_begun(owner)
    floor.take_over(product)
    return floor.begin()[-1], product


def told(job: JobView) -> None:
    """The worker tells the printer, and hears nothing."""
    with pytest.raises(Unavailable):
        print_cards.print_card(system(STRICT), job_id=str(job.id))


def silent(floor: Floor, register: Register, printer: PrinterInHand) -> tuple[JobView, ProductView]:
    """A card that was given to a printer which does not answer."""
    job, product = asked(floor, register)
    printer.is_down = True
    told(job)
    return job, product


def give_up(who: Actor, job: JobView, *, key: str = "") -> None:
    clock.move_forward(print_trouble.OVERDUE)
    print_trouble.give_up(who, job.id, key=key, at=clock.now())


def refused(code: str, act: Callable[[], None]) -> None:
    with pytest.raises(DomainError) as why:
        act()
    assert why.value.code == code


def end(floor: Floor, job: JobView, *, is_spoiled: bool) -> None:
    print_trouble.end_jam(floor.budi, job.id, is_spoiled=is_spoiled, key="", at=clock.now())


def test_a_printer_that_comes_back_is_asked_and_has_printed_once(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=2)
    job, _ = silent(floor, register, printer)
    refused("printer_silent", lambda: print_trouble.ask_again(floor.ani, job.id, at=clock.now()))
    printer.is_down = False
    for says, code in ((PrinterSays.EMPTY, "printer_empty"), (PrinterSays.PRINTING, "printer_prints")):
        printer.says = says
        refused(code, lambda: print_trouble.ask_again(floor.ani, job.id, at=clock.now()))
    printer.states[job.id] = PrinterSays.DONE
    for _ in range(2):
        print_trouble.ask_again(floor.ani, job.id, at=clock.now())
    assert [each.state for each in floor.jobs()] == [JobState.PRINTED]
    assert (len(printer.orders), floor.balance()) == (1, Balance(floor.site, stock=1, printed=1))


def test_nobody_gives_up_a_card_that_has_just_been_given_to_the_printer(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=2)
    job, _ = asked(floor, register)
    refused("print_waits_shortly", lambda: print_trouble.give_up(floor.ani, job.id, key="", at=clock.now()))


def test_a_printer_that_was_never_told_gives_the_blank_back(printer: PrinterInHand, register: Register) -> None:
    floor, key = Floor(cards=2), str(uuid4())
    job, product = asked(floor, register)
    give_up(floor.ani, job, key=key)
    print_trouble.give_up(floor.ani, job.id, key=key, at=clock.now())  # pressed twice
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.job_id is None
    assert (floor.jobs(), floor.balance()) == ([], Balance(floor.site, stock=2))
    print_cards.print_card(system(STRICT), job_id=str(job.id))  # the worker comes after all
    assert printer.orders == {}
    floor.begin()
    assert [each.state for each in floor.print_all()] == [JobState.PRINTED]
    assert (len(printer.orders), floor.balance()) == (1, Balance(floor.site, stock=1, printed=1))


def test_the_blank_of_a_dead_printer_is_spoiled_by_two_and_the_card_printed_elsewhere(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=2)
    job, product = silent(floor, register, printer)
    give_up(floor.ani, job)
    assert [each.state for each in floor.jobs()] == [JobState.JAMMED]
    clock.move_forward(timedelta(hours=1))
    refused("print_may_come", lambda: end(floor, job, is_spoiled=False))
    end(floor, job, is_spoiled=True)
    assert floor.balance() == Balance(floor.site, stock=1, spoiled=1)
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.job_id is None
    refused("two_people", lambda: destroy(floor.budi, floor, job))
    destroy(floor.ani, floor, job)
    printer.is_down = False
    floor.printer = floor.add_printer("Pencetak 2")
    floor.begin()
    (made,) = floor.print_all()
    assert (made.state, made.serial != job.serial) == (JobState.PRINTED, True)
    assert list(printer.orders) == [made.id]


def destroy(who: Actor, floor: Floor, job: JobView) -> None:
    keep_stock.destroy(
        who,
        ([job.serial], []),
        site_id=floor.site,
        number=f"BA-{job.serial}",
        method=keep_stock.METHODS[0],
        key="",
        at=clock.now(),
    )


def test_a_printer_that_answers_forgets_the_card_and_the_blank_goes_back(
    printer: PrinterInHand, register: Register
) -> None:
    """What was on its way to it arrives after the cancel, and prints nothing any more."""
    floor, key = Floor(cards=2), str(uuid4())
    job, product = asked(floor, register)
    printer.says = PrinterSays.EMPTY
    told(job)
    give_up(floor.ani, job, key=key)
    print_trouble.give_up(floor.ani, job.id, key=key, at=clock.now())  # pressed twice
    waiting = floor.waiting(product)
    assert waiting is not None and waiting.job_id is None
    assert (floor.jobs(), floor.balance()) == ([], Balance(floor.site, stock=2))
    printer.says = PrinterSays.DONE
    assert printer.print_card(CardOrder(job.id, job.serial, {})) is PrinterSays.CANCELLED
    print_cards.follow(system(STRICT))
    assert printer.orders == {}


def test_what_was_cancelled_but_not_noted_is_found_by_the_next_question(
    printer: PrinterInHand, register: Register
) -> None:
    """Killed between the printer's answer and our own note."""
    floor = Floor(cards=2)
    job, _ = silent(floor, register, printer)
    printer.is_down = False
    printer.cancel(job.id)
    print_cards.follow(system(STRICT))
    assert (floor.jobs(), floor.balance()) == ([], Balance(floor.site, stock=2))


def written_off(floor: Floor, register: Register, printer: PrinterInHand) -> JobView:
    """A printer that was told, says nothing to the cancel, and whose blank is noted as spoiled."""
    job, _ = asked(floor, register)
    told(job)
    printer.is_down = True
    give_up(floor.ani, job)
    end(floor, job, is_spoiled=True)
    return job


def alarms(floor: Floor) -> list[tuple[AlarmKind, int]]:
    with acting_as(system(STRICT)):
        found = line.list_alarms(STRICT, since=LONG_AGO)
    return [(each.kind, each.serial) for each in found if each.site_id == floor.site]


def test_a_printer_that_comes_back_is_told_to_forget_and_prints_nothing_on_a_strange_blank(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=2)
    printer.is_down = True
    job = written_off(floor, register, printer)
    print_trouble.cancel_given_up(system(STRICT))
    assert [each.job.id for each in may_come(floor)] == [job.id], "it may still come as long as nobody answers"
    printer.is_down = False
    print_trouble.cancel_given_up(system(STRICT))
    assert (may_come(floor), printer.states[job.id]) == ([], PrinterSays.CANCELLED)
    assert printer.print_card(CardOrder(job.id, job.serial, {})) is PrinterSays.CANCELLED
    assert (printer.orders, AlarmKind.GIVEN_UP in dict(alarms(floor))) == ({}, False)


def may_come(floor: Floor) -> list[print_floor.OnPrinter]:
    return list(print_floor.floor_of(floor.ani, site_id=floor.site).may_come)


def test_the_head_is_told_when_a_card_came_whose_blank_was_written_off(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=2)
    printer.loses_answers = True
    job = written_off(floor, register, printer)
    printer.is_down = False  # it comes back, and had printed
    for _ in range(2):
        print_trouble.cancel_given_up(system(STRICT))
    assert (AlarmKind.GIVEN_UP, job.serial) in alarms(floor)
    assert (may_come(floor), floor.balance()) == ([], Balance(floor.site, stock=1, spoiled=1))


def test_a_stopped_card_that_was_sent_is_cancelled_before_its_blank_goes_back(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=2)
    job, _ = silent(floor, register, printer)
    printer.is_down = False
    register.people.clear()
    print_cards.follow(system(STRICT))
    assert (floor.jobs(), floor.balance()) == ([], Balance(floor.site, stock=2))
    assert printer.states[job.id] is PrinterSays.CANCELLED


def test_a_stopped_card_that_cannot_be_cancelled_keeps_no_other_from_the_printer(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=2)
    stopped, _ = silent(floor, register, printer)
    register.people.clear()
    other, _ = asked(floor, register)
    printer.is_down, printer.knows_cancel = False, False
    print_cards.follow(system(STRICT))
    states = {each.id: each.state for each in floor.jobs()}
    assert states == {stopped.id: JobState.ASKED, other.id: JobState.PRINTED}


def test_a_card_that_another_worker_has_just_sent_is_not_taken_from_its_printer(
    printer: PrinterInHand, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register denies the person to the one while the other, whom it told of him before, tells the printer."""
    floor = Floor(cards=2)
    job, _ = asked(floor, register)

    def find_person(*_: object, **__: object) -> None:
        with acting_as(system(STRICT)):
            printing.mark_sent(job.id, region_id=STRICT)
        printer.print_card(CardOrder(job.id, job.serial, {}))

    monkeypatch.setattr(register, "find_person", find_person)
    print_cards.follow(system(STRICT))
    print_cards.follow(system(STRICT))
    assert [each.state for each in floor.jobs()] == [JobState.PRINTED]
    assert floor.balance() == Balance(floor.site, stock=1, printed=1)


@pytest.mark.parametrize("says", [PrinterSays.EMPTY, PrinterSays.UNKNOWN])
def test_a_printer_that_answers_a_cancel_with_no_last_word_may_still_print(
    printer: PrinterInHand, register: Register, says: PrinterSays
) -> None:
    floor = Floor(cards=2)
    job, _ = asked(floor, register)
    printer.states[job.id] = says
    told(job)
    give_up(floor.ani, job)
    refused("print_may_come", lambda: end(floor, job, is_spoiled=False))
    end(floor, job, is_spoiled=True)
    print_trouble.cancel_given_up(system(STRICT))
    assert [each.job.id for each in may_come(floor)] == [job.id]
    assert AlarmKind.GIVEN_UP not in dict(alarms(floor))


def test_one_answer_that_cannot_be_noted_keeps_no_other_from_being_heard(
    printer: PrinterInHand, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Floor(cards=1), Floor(cards=1)
    broken, _ = silent(first, register, printer)
    printer.is_down = False
    other, _ = silent(second, register, printer)
    for floor, job in ((first, broken), (second, other)):
        give_up(floor.ani, job)
    note = printing.note_cancel_answer

    def refuse(job_id: UUID, **rest: Any) -> None:
        if job_id == broken.id:
            raise RuntimeError("always")
        note(job_id, **rest)

    monkeypatch.setattr(printing, "note_cancel_answer", refuse)
    printer.is_down = False
    with pytest.raises(RuntimeError, match="always"):
        print_trouble.cancel_given_up(system(STRICT))
    assert [floor.jobs()[0].may_come for floor in (first, second)] == [True, False]


def test_a_silent_register_is_not_called_a_silent_printer(printer: PrinterInHand, register: Register) -> None:
    floor = Floor(cards=1)
    job, _ = asked(floor, register)
    register.is_down = True
    refused("register_silent", lambda: print_trouble.ask_again(floor.ani, job.id, at=clock.now()))


def test_what_a_silent_printer_has_printed_after_all_is_checked_not_printed_anew(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=2)
    job, _ = asked(floor, register)
    printer.loses_answers = True
    told(job)
    give_up(floor.ani, job)  # it answers by now, and has printed
    assert [each.state for each in floor.jobs()] == [JobState.PRINTED]
    assert floor.balance() == Balance(floor.site, stock=1, printed=1)

    late = Floor(cards=2)
    job, _ = asked(late, register)
    told(job)
    printer.is_down = True
    give_up(late.ani, job)
    printer.is_down = False
    refused("print_came", lambda: end(late, job, is_spoiled=False))
    assert [each.state for each in late.jobs()] == [JobState.PRINTED]
    assert late.balance() == Balance(late.site, stock=1, printed=1)


def test_two_who_give_up_and_a_worker_who_tells_at_once_leave_one_card(
    printer: PrinterInHand, register: Register
) -> None:
    floor = Floor(cards=2)
    job, product = asked(floor, register)
    clock.move_forward(print_trouble.OVERDUE)

    def act(number: int) -> None:
        if number:
            print_trouble.give_up(floor.ani, job.id, key=str(uuid4()), at=clock.now())
        else:
            print_cards.print_card(system(STRICT), job_id=str(job.id))

    assert not [each for each in at_once(3, act) if each is not None and not isinstance(each, DomainError)]
    balance = floor.balance()
    if printer.orders:  # the worker was quicker: its card is printed, or somebody has to look at its blank
        (now,) = floor.jobs()
        assert now.state in (JobState.PRINTED, JobState.JAMMED) and balance.stock == 1
    else:
        assert (floor.jobs(), balance) == ([], Balance(floor.site, stock=2))
    with acting_as(system(STRICT)):
        printing.forget(product.id, region_id=STRICT)


def test_a_printer_that_holds_cards_is_not_retired_a_dead_one_is_and_comes_back(
    printer: PrinterInHand, register: Register
) -> None:
    floor, admin = Floor(cards=3), staff(STRICT, "admin")
    job, _ = silent(floor, register, printer)

    def retire(*, is_active: bool = False, by: Actor = admin) -> None:
        printers.set_active(
            by, floor.site, printer_id=floor.printer.id, is_active=is_active, key=str(uuid4()), at=clock.now()
        )

    refused("printer_holds_cards", retire)
    give_up(floor.ani, job)
    refused("printer_holds_cards", retire)  # its blank is still in it
    end(floor, job, is_spoiled=True)
    with pytest.raises(NotFound):
        retire(by=floor.ani)
    retire()
    with pytest.raises(NotFound):
        floor.begin()
    assert (may_come(floor), print_floor.floor_of(floor.ani, site_id=floor.site).printers) == ([], ())
    retire(is_active=True)
    assert [each.job.id for each in may_come(floor)] == [job.id], "it is told again to forget the card"
    printer.is_down = False
    assert floor.begin()


def test_a_printer_is_not_retired_while_a_batch_begins(printer: PrinterInHand, register: Register) -> None:
    floor, admin = Floor(cards=2), staff(STRICT, "admin")
    owner = make_owner(STRICT)
    register.add(owner.identity)
    floor.take_over(make_begun(owner)[1])

    def act(number: int) -> None:
        if number:
            floor.begin()
        else:
            printers.set_active(
                admin, floor.site, printer_id=floor.printer.id, is_active=False, key=str(uuid4()), at=clock.now()
            )

    lost = [each for each in at_once(2, act) if each is not None]
    assert len(lost) == 1 and isinstance(lost[0], DomainError | NotFound)
    is_listed = bool(print_floor.floor_of(floor.ani, site_id=floor.site).printers)
    assert is_listed is bool(floor.jobs())
