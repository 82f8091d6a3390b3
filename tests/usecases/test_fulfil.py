"""After approval: from step to step, each once, until the card is in the person's hands."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications.states import State
from adminduk.modules.issuance import queries as products
from adminduk.modules.issuance.types import ProductView
from adminduk.usecases import fulfil, office_setup, outside, review, review_decisions, review_undo
from tests.at_once import at_once
from tests.database import superuser_connection
from tests.making import SERVICE, make_owner, system
from tests.usecases.appointing import told
from tests.usecases.approving import events_of, make_approved, make_begun, pass_time, product_of
from tests.usecases.reviewing import STRICT, case_now, every_tick, make_waiting, staff
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database", "down")


@pytest.fixture
def down(register: Register) -> Register:
    """A register that does not answer: what it said when the case began holds."""
    register.is_down = True
    with acting_as(system(STRICT)):
        office_setup.seed_office(outside.catalogue().region(RegionCode.from_number(STRICT)))
    return register


def advance(product: ProductView, step_id: str) -> ProductView:
    operator = staff(role="operator")
    with acting_as(operator):
        return fulfil.advance(product.id, region_id=STRICT, step_id=step_id, actor=operator, at=clock.now())


def test_stored_recording_goes_straight_to_printing() -> None:
    _, product = make_begun()
    assert (product.step_kind, product.state, product.output) == ("printing", "open", "ktp_el")


@pytest.mark.parametrize(
    ("card_status", "help_wanted", "told_events"),
    [
        ("CARD_ISSUED", "", ["approved_printing"]),
        ("UNREGISTERED", "tidak", ["approved_recording", "appointment_invitation"]),
        ("UNREGISTERED", "tidak_bisa_datang", ["approved_recording"]),
        ("SENT_FOR_ENROLLMENT", "tidak", ["approved_checking"]),
        ("DUPLICATE_RECORD", "tidak", ["approved_checking", "recording_duplicate"]),
        ("STATUS_BARU", "tidak", ["approved_checking", "appointment_invitation"]),
    ],
)
def test_the_word_of_the_approval_is_true_of_what_follows(
    register: Register, card_status: str, help_wanted: str, told_events: list[str]
) -> None:
    """Whoever may be invited is told so at once; whoever is not reads what else comes, and nobody just waits."""
    owner, officer = make_owner(STRICT), staff()
    case = make_waiting(owner=owner, answers={"bantuan": help_wanted} if help_wanted else None)
    register.is_down = False
    register.add(owner.identity, card_status=card_status)
    assert review.take_next(officer, at=clock.now()) == case.id
    review_decisions.approve(officer, case.id, ticked=every_tick(case), key=str(uuid4()), at=clock.now())
    pass_time(review_decisions.UNDO + 2 * review_decisions.MESSAGE_MARGIN)
    fulfil.begin(system(STRICT), application_id=str(case.id))
    assert told(case) == told_events
    body = outside.catalogue().message(told_events[0], "id").body
    is_recorded_anew = told_events[0] != "approved_printing"
    assert ("ndangan" in body) == is_recorded_anew
    assert ("kunjungan" in body) == is_recorded_anew
    assert "kabar itu" not in body


def test_what_follows_is_left_in_the_outbox_with_the_approval() -> None:
    case = make_approved()
    with superuser_connection() as connection:
        names = connection.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE args->'ids'->>'application_id' = %s", [str(case.id)]
        ).fetchall()
    assert ("adminduk:fulfil.begin",) in [tuple(row) for row in names]


def test_all_steps_done_complete_the_application_and_free_the_claim() -> None:
    case, product = make_begun()
    assert advance(product, "cetak").step_kind == "hand_over"
    assert advance(product, "serah").state == "done"
    assert case_now(system(STRICT), case.id).state is State.COMPLETED
    assert [(e.step_kind, e.act) for e in events_of(product)] == [
        ("printing", "entered"), ("printing", "done"), ("hand_over", "entered"), ("hand_over", "done"),
    ]  # fmt: skip
    with acting_as(system(STRICT)):  # he loses it again next year
        applications.claim(
            case.id, service_id=SERVICE, subject_index=case.subject_index, region_id=STRICT, owner_id=case.owner_id
        )


def test_a_step_is_done_once_however_often_it_is_said() -> None:
    _, product = make_begun()
    reached = at_once(8, lambda _: advance(product, "cetak").step_kind)
    assert reached == ["hand_over"] * 8
    assert [e.act for e in events_of(product)] == ["entered", "done", "entered"]


def test_an_approval_that_is_undone_begins_nothing() -> None:
    case, officer = make_waiting(), staff()
    assert review.take_next(officer, at=clock.now()) == case.id
    review_decisions.approve(officer, case.id, ticked=every_tick(case), key=str(uuid4()), at=clock.now())
    review_undo.undo(officer, case.id, key=str(uuid4()), at=clock.now())
    pass_time(timedelta(minutes=1))
    fulfil.begin(system(STRICT), application_id=str(case.id))
    assert product_of(case) is None


def test_beginning_twice_makes_one_product() -> None:
    case = make_approved()
    at_once(4, lambda _: fulfil.begin(system(STRICT), application_id=str(case.id)))
    product = product_of(case)
    assert product is not None
    assert [e.act for e in events_of(product)] == ["entered"]


def test_an_approval_that_can_still_be_undone_begins_nothing_yet() -> None:
    case, officer = make_waiting(), staff()
    assert review.take_next(officer, at=clock.now()) == case.id
    review_decisions.approve(officer, case.id, ticked=every_tick(case), key=str(uuid4()), at=clock.now())
    fulfil.begin(system(STRICT), application_id=str(case.id))
    assert product_of(case) is None


def test_a_wrong_print_goes_back_to_the_printer() -> None:
    _, product = make_begun()
    advance(product, "cetak")
    operator = staff(role="operator")
    with acting_as(operator):
        again = fulfil.back_to(
            product.id, region_id=STRICT, kind="printing", reason="wrong_print", actor=operator, at=clock.now()
        )
    assert again.step_kind == "printing"
    assert [(e.act, e.reason) for e in events_of(product)][-2:] == [("sent_back", "wrong_print"), ("entered", "")]


def test_stopped_ends_the_application_with_its_reason() -> None:
    case, product = make_begun()
    operator = staff(role="operator")
    with acting_as(operator):
        fulfil.stop(product.id, region_id=STRICT, reason="died", actor=operator, at=clock.now())
    now = case_now(system(STRICT), case.id)
    assert (now.state, now.reason) == (State.CLOSED, "died")
    with acting_as(operator), pytest.raises(DomainError, match="not_possible"):
        fulfil.stop(product.id, region_id=STRICT, reason="died", actor=operator, at=clock.now())


def test_nobody_of_another_region_and_no_other_citizen_sees_a_product() -> None:
    case, product = make_begun()
    for stranger in (staff(5171, role="operator"), make_owner(STRICT).actor):
        with acting_as(stranger), pytest.raises(NotFound):
            products.get_product(product.id, region_id=STRICT)
    assert products_of_owner(case.owner_id) == [product.id]


def products_of_owner(owner_id: object) -> list[object]:
    with acting_as(system(STRICT)):
        return [p.id for p in products.list_at_step("printing", region_id=STRICT) if p.owner_id == owner_id]
