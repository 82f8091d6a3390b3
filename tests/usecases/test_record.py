"""At the station and after it: checked, approved, told to the centre, and followed until the card can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.database.statements import fetch_all
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.states import Result, State
from adminduk.modules.visits import queries as visits
from adminduk.readmodels import recording_lists
from adminduk.usecases import check_in, fulfil, outside, queue_at_counter, record, recording_ask, recording_statuses
from tests.at_once import at_once
from tests.making import make_owner, system
from tests.usecases import recording_stage as stage
from tests.usecases.appointing import active, booked, history, semarang, told
from tests.usecases.approving import pass_time
from tests.usecases.halls import Hall
from tests.usecases.reviewing import STRICT, staff
from tests.usecases.stand_ins import Register

BY_HAND = 9171
pytestmark = pytest.mark.usefixtures("database", "register")


@pytest.fixture
def centre(monkeypatch: pytest.MonkeyPatch) -> Iterator[stage.Centre]:
    """A centre that answers what the test says."""
    from django.conf import settings

    monkeypatch.setattr(settings, "RECORDING_CENTRE", "tests.usecases.recording_stage.centre")
    stage.the_centre = stage.Centre()
    outside.forget()
    yield stage.the_centre
    outside.forget()


@pytest.fixture
def operator() -> Actor:
    return staff(STRICT, "operator")


def _ask(product: ProductView) -> None:
    """The pause is over."""
    clock.move_forward(timedelta(days=1))
    recording_ask.ask(system(product.region_id), product_id=str(product.id))


def _report(product: ProductView) -> None:
    with acting_as(system(product.region_id)):
        (attempt, *_) = queries.list_attempts(product.id, region_id=product.region_id)
    recording_ask.report(system(product.region_id), attempt_id=str(attempt.id))


def test_from_the_station_to_the_print_queue(centre: stage.Centre) -> None:
    case, product = stage.make_approved()
    recording = stage.recorded(product)
    _report(product)
    assert recording.state is State.AT_CENTRE and centre.told == [recording.reference]
    for raw in ("SENT_FOR_ENROLLMENT", "SENT_FOR_ENROLLMENT", "RECEIVED_AT_CENTRAL", "PRINT_READY_RECORD"):
        centre.says[recording.reference] = raw
        _ask(product)
    assert stage.heard_of(product) == [
        "BIO_CAPTURED",
        "SENT_FOR_ENROLLMENT",
        "RECEIVED_AT_CENTRAL",
        "PRINT_READY_RECORD",
    ]
    assert stage.recording_now(product).state is State.DONE
    assert stage.product_now(product).step_kind == "printing"
    assert stage.events_of(case) == ["recording_done", "recording_ready"]


def test_nothing_begins_before_everything_is_checked(operator: Actor) -> None:
    _, product = stage.make_approved()
    with pytest.raises(DomainError, match="recording_checks_open") as refused:
        record.begin(operator, product.id, checks=["told"], exceptions=(), site_id=None, key="", at=clock.now())
    assert [problem.field for problem in refused.value.problems] == ["cek-identity", "cek-eyes_free"]
    assert stage.recording_now(product).state is State.WANTED


def _begin(operator: Actor, product: ProductView, site_id: UUID | None = None) -> UUID | None:
    """The place that is kept with the attempt."""
    record.begin(
        operator, product.id, checks=stage.CHECKS, exceptions=(), site_id=site_id, key=str(uuid4()), at=clock.now()
    )
    with acting_as(system(STRICT)):
        return queries.get_attempt(stage.open_attempt(product), region_id=STRICT).site_id


def test_the_place_of_a_recording_is_kept(operator: Actor) -> None:
    """Where the operator sits; else where the person was let in; else the operator is asked."""
    hall, _ = Hall(), Hall()
    _, product = stage.make_approved()
    with pytest.raises(DomainError, match="recording_place"):
        _begin(operator, product, uuid4())
    assert stage.recording_now(product).state is State.WANTED
    assert _begin(operator, product, stage.recording_site()) == stage.recording_site()

    case, product = stage.make_approved()
    booking, _ = hall.book_at(clock.now().replace(second=0, microsecond=0), case)
    check_in.check_in_oneself(STRICT, booking.id, at=clock.now())
    assert _begin(operator, product) == hall.site

    _, product = stage.make_approved()
    queue_at_counter.sit_down(operator, hall.counter(), key=str(uuid4()), at=clock.now())
    assert record.open_person(operator, product.id, at=clock.now()).place == hall.site
    assert _begin(operator, product, stage.recording_site()) == hall.site


def test_a_recording_needs_an_approved_photograph(operator: Actor) -> None:
    _, product = stage.make_approved()
    attempt = stage.begin(operator, product)
    with pytest.raises(DomainError, match="photo_not_approved"):
        record.finish(
            operator,
            attempt,
            result=Result.RECORDED,
            photographs=3,
            is_photo_approved=False,
            key="",
            at=clock.now(),
        )
    stage.finish(operator, attempt, Result.NOT_APPROVED)
    assert stage.recording_now(product).state is State.WANTED
    assert stage.recorded(product).attempts == 2


def test_two_operators_never_record_one_person_at_once() -> None:
    _, product = stage.make_approved()
    operators = [staff(STRICT, "operator") for _ in range(4)]
    done = at_once(4, lambda number: stage.begin(operators[number], product))
    assert sum(isinstance(one, DomainError) for one in done) == 3


def test_the_same_button_twice_records_once(operator: Actor) -> None:
    case, product = stage.make_approved()
    attempt = stage.begin(operator, product)
    for _ in range(2):
        stage.finish(operator, attempt, key="one and the same")
    assert stage.heard_of(product) == ["BIO_CAPTURED"] and stage.events_of(case) == ["recording_done"]


def test_whoever_does_not_record_learns_nothing() -> None:
    _, product = stage.make_approved()
    for other in (staff(STRICT), staff(5171, "operator"), staff(STRICT, "admin"), make_owner(STRICT).actor):
        with pytest.raises(NotFound):
            record.open_person(other, product.id, at=clock.now())


def test_a_centre_that_is_down_loses_nothing(centre: stage.Centre) -> None:
    _, product = stage.make_approved()
    centre.is_down = True
    recording = stage.recorded(product)
    with pytest.raises(Unavailable):
        _report(product)
    _ask(product)
    assert stage.recording_now(product).state is State.AT_CENTRE and not centre.told
    centre.is_down, centre.says = False, {recording.reference: "PRINT_READY_RECORD"}
    _report(product)
    _report(product)
    _ask(product)
    assert centre.told == [recording.reference]
    assert stage.product_now(product).step_kind == "printing"


def test_what_the_centre_refused_is_told_no_more_once_it_was_recorded_again(centre: stage.Centre) -> None:
    _, product = stage.make_approved()
    stage.recorded(product)
    centre.refuses = True
    _report(product)
    assert stage.recording_now(product).attention == "office"
    recording_statuses.settle(staff(STRICT), product.id, how="repeat", words="ditolak pusat", key="", at=clock.now())
    second = stage.recorded(product)
    _report(product)  # the first one's job, which a sweep had found once more
    assert (stage.recording_now(product).attention, centre.told) == ("", [])
    clock.move_forward(timedelta(hours=2))
    with acting_as(system(STRICT)):
        (unsent,) = queries.list_unsent_ids(STRICT, before=clock.now())
    centre.refuses = False
    recording_ask.report(system(STRICT), attempt_id=str(unsent))
    assert centre.told == [second.reference]


def test_a_recording_that_nobody_ended_is_shown_until_somebody_does(operator: Actor) -> None:
    case, product = stage.make_approved()
    attempt = stage.begin(operator, product)
    assert recording_lists.unfinished(operator, at=clock.now()) == ()
    clock.move_forward(timedelta(days=2))
    colleague = staff(STRICT, "operator")
    (shown,) = recording_lists.unfinished(colleague, at=clock.now())
    assert (shown.product_id, shown.number) == (product.id, case.number)
    assert recording_lists.unfinished(staff(5171, "operator"), at=clock.now()) == ()
    stage.finish(colleague, attempt, Result.GONE)
    assert recording_lists.unfinished(operator, at=clock.now()) == ()
    assert stage.recording_now(product).state is State.WANTED


def test_an_unknown_word_stops_nothing(centre: stage.Centre) -> None:
    _, product = stage.make_approved()
    recording = stage.recorded(product)
    centre.says[recording.reference] = "STATUS_91_PUSAT"
    _ask(product)
    now = stage.recording_now(product)
    assert (now.state, now.attention, now.raw) == (State.AT_CENTRE, "unknown", "STATUS_91_PUSAT")
    centre.says[recording.reference] = "PRINT_READY_RECORD"
    _ask(product)
    assert stage.recording_now(product).attention == "" and stage.product_now(product).step_kind == "printing"


def test_a_failed_recording_is_repeated_and_the_old_word_does_not_count_again(centre: stage.Centre) -> None:
    case, product = stage.make_approved()
    first = stage.recorded(product)
    centre.says[first.reference] = "ENROLL_FAILURE_AT_CENTRAL"
    _ask(product)
    assert stage.recording_now(product).state is State.AGAIN
    assert stage.events_of(case)[-1] == "recording_failed"
    second = stage.recorded(product)
    assert second.reference != first.reference and second.state is State.AT_CENTRE
    operator = staff(STRICT, "operator")
    file = f"REFERENSI;STATUS\n{first.reference};ENROLL_FAILURE_AT_CENTRAL\n{second.reference};PRINT_READY_RECORD\n"
    imported = recording_statuses.import_file(operator, file.encode(), key=str(uuid4()), at=clock.now())
    assert (imported.news, imported.strangers) == (1, 1)
    assert stage.product_now(product).step_kind == "printing"


def test_a_double_record_is_never_printed_until_an_officer_has_settled_it(centre: stage.Centre) -> None:
    case, product = stage.make_approved()
    recording, officer = stage.recorded(product), staff(STRICT)
    centre.says[recording.reference] = "DUPLICATE_RECORD"
    for _ in range(2):
        _ask(product)
    now = stage.recording_now(product)
    assert (now.state, now.attention) == (State.HELD, "duplicate")
    assert stage.events_of(case).count("recording_duplicate") == 1
    recording_statuses.settle(officer, product.id, how="note", words="tiket 12", key="", at=clock.now())
    assert stage.recording_now(product).attention == "duplicate"
    centre.says[recording.reference] = "PRINT_READY_RECORD"
    _ask(product)
    assert stage.product_now(product).step_kind == "printing"


def test_an_officer_can_stop_what_is_double(centre: stage.Centre) -> None:
    case, product = stage.make_approved()
    recording, officer = stage.recorded(product), staff(STRICT)
    centre.says[recording.reference] = "DUPLICATE_RECORD"
    _ask(product)
    recording_statuses.settle(officer, product.id, how="stop", words="punya NIK lain", key="", at=clock.now())
    assert stage.product_now(product).state == "stopped"
    assert stage.recording_now(product).state is State.LEFT
    assert stage.events_of(case)[-1] == "recording_stopped"


def test_what_has_gone_to_the_printers_is_not_stopped_from_a_page_of_before(centre: stage.Centre) -> None:
    _, product = stage.make_approved()
    recording, officer = stage.recorded(product), staff(STRICT)
    centre.says[recording.reference] = "DUPLICATE_RECORD"
    _ask(product)
    centre.says[recording.reference] = "PRINT_READY_RECORD"
    _ask(product)
    for how in recording_statuses.HOWS:
        with pytest.raises(DomainError, match="recording_elsewhere"):
            recording_statuses.settle(officer, product.id, how=how, words="ganda", key="", at=clock.now())
    now = stage.product_now(product)
    assert (now.state, now.step_kind) == ("open", "printing")


def test_an_officer_can_have_it_recorded_again(centre: stage.Centre) -> None:
    _, product = stage.make_approved()
    recording, officer = stage.recorded(product), staff(STRICT)
    centre.says[recording.reference] = "SEARCH_FAILURE_AT_CENTRAL"
    _ask(product)
    assert stage.recording_now(product).attention == "office"
    recording_statuses.settle(officer, product.id, how="repeat", words="mutu buruk", key="", at=clock.now())
    now = stage.recording_now(product)
    assert (now.state, now.attention) == (State.AGAIN, "")


@pytest.mark.parametrize("role", ["operator", "head"])
def test_nobody_records_his_own_family(role: str) -> None:
    case, product = stage.make_approved()
    attempt, who = stage.begin(staff(STRICT, "operator"), product), staff(STRICT, role, kk_index=case.kk_index)
    for act in (
        lambda: record.find(who, number=case.number),
        lambda: record.open_person(who, product.id, at=clock.now()),
        lambda: stage.begin(who, product),
        lambda: stage.finish(who, attempt),
        lambda: recording_statuses.enter_typed(who, product.id, text="PRINT_READY_RECORD", key="", at=clock.now()),
    ):
        with pytest.raises(DomainError, match="own_family"):
            act()
    assert stage.open_attempt(product) == attempt
    assert (stage.heard_of(product), stage.product_now(product).step_kind) == ([], "recording")


def test_nobody_settles_his_own_family(centre: stage.Centre) -> None:
    case, product = stage.make_approved()
    recording, officer = stage.recorded(product), staff(STRICT, kk_index=case.kk_index)
    centre.says[recording.reference] = "DUPLICATE_RECORD"
    _ask(product)
    with pytest.raises(NotFound):
        recording_statuses.settle(officer, product.id, how="note", words="x", key="", at=clock.now())
    with pytest.raises(NotFound):
        recording_statuses.open_attended(officer, product.id, at=clock.now())


def test_a_list_by_nik_is_taken_over_once() -> None:
    owner = make_owner(BY_HAND)
    case, product = stage.make_approved(owner, region=BY_HAND)
    stage.recorded(product)
    operator, today = staff(BY_HAND, "operator"), clock.today("Asia/Jayapura")
    ready = f"{owner.identity.nik};PRINT_READY_RECORD;{today:%d-%m-%Y}"
    file = f"NIK;STATUS;TANGGAL\n{ready}\n3374000000000000;X;\n".encode()
    done = [recording_statuses.import_file(operator, file, key=str(uuid4()), at=clock.now()) for _ in range(2)]
    assert [(one.news, one.known) for one in done] == [(1, 0), (0, 0)]
    assert done[0].unreadable == (3,)
    assert stage.product_now(product).step_kind == "printing"
    assert stage.events_of(case) == ["recording_done", "recording_ready"]


@pytest.mark.parametrize("role", ["operator", "officer", "head"])
def test_a_list_leaves_out_the_family_of_whoever_brings_it(role: str) -> None:
    owners = [make_owner(BY_HAND), make_owner(BY_HAND)]
    (case, own), (_, other) = (stage.make_approved(owner, region=BY_HAND) for owner in owners)
    for product in (own, other):
        stage.recorded(product)
    file = "NIK;STATUS\n" + "".join(f"{owner.identity.nik};PRINT_READY_RECORD\n" for owner in owners)
    relative, colleague = staff(BY_HAND, role, kk_index=case.kk_index), staff(BY_HAND, role)
    told = []
    for who in (relative, relative, colleague):
        done = recording_statuses.import_file(who, file.encode(), key=str(uuid4()), at=clock.now())
        told.append((done.news, done.known, done.own_family, stage.product_now(own).step_kind))
    assert told[0] == (1, 0, 1, "recording")
    assert told[1] == (0, 0, 1, "recording"), "whoever is done waits here no more"
    assert told[2] == (1, 0, 0, "printing")
    assert stage.product_now(other).step_kind == "printing"


def test_a_list_of_before_the_second_recording_sends_nobody_back_a_third_time() -> None:
    owner = make_owner(BY_HAND)
    case, product = stage.make_approved(owner, region=BY_HAND)
    stage.recorded(product)
    operator, today = staff(BY_HAND, "operator"), clock.today("Asia/Jayapura")
    file = f"NIK;STATUS;TANGGAL\n{owner.identity.nik};ENROLL_FAILURE_AT_CENTRAL;{today:%d-%m-%Y}\n".encode()
    recording_statuses.import_file(operator, file, key=str(uuid4()), at=clock.now())
    assert stage.recording_now(product).state is State.AGAIN
    clock.move_forward(timedelta(days=1))
    stage.recorded(product)
    again = recording_statuses.import_file(operator, file, key=str(uuid4()), at=clock.now())
    assert (again.news, again.known) == (0, 1)
    assert stage.recording_now(product).state is State.AT_CENTRE
    assert stage.events_of(case).count("recording_failed") == 1


def test_who_was_recorded_in_vain_elsewhere_is_given_a_time_and_not_asked_to_choose() -> None:
    semarang()
    case, _ = stage.make_approved(biometrics="failed", card_status="ENROLL_FAILURE_AT_REGIONAL")
    assert told(case) == ["recording_failed", "appointment_booked"]


def test_a_typed_status_does_the_same() -> None:
    _, product = stage.make_approved(region=BY_HAND)
    stage.recorded(product)
    operator = staff(BY_HAND, "operator")
    recording_statuses.enter_typed(operator, product.id, text=" print_ready_record ", key="", at=clock.now())
    assert stage.recording_now(product).raw == "print_ready_record"
    assert stage.product_now(product).step_kind == "printing"


def _waits_for_its_birthday(centre: stage.Centre) -> tuple[Case, ProductView]:
    owner = make_owner(STRICT)
    born = stage.born_years_ago(17, days=-30)
    young = replace(owner, identity=replace(owner.identity, birth_date=born))
    case, product = stage.make_approved(young)
    recording = stage.recorded(product)
    centre.says[recording.reference] = "PRINT_READY_RECORD"
    _ask(product)
    assert stage.product_now(product).step_kind == "age"
    return case, product


def test_at_sixteen_the_card_waits_for_the_birthday(centre: stage.Centre) -> None:
    case, product = _waits_for_its_birthday(centre)
    assert stage.events_of(case)[-1] == "recording_ready_waits"
    pass_time(timedelta(days=31))
    fulfil.wake(system(STRICT), product_id=str(product.id), step_id=stage.product_now(product).step_id)
    assert stage.product_now(product).step_kind == "printing"


def test_each_birthday_has_a_job_of_its_own(centre: stage.Centre) -> None:
    waiting = {str(_waits_for_its_birthday(centre)[1].id) for _ in range(2)}
    fulfil.look(system(STRICT))
    assert _waking() == []
    pass_time(timedelta(days=31))
    for _ in range(2):  # the second look finds the first one's jobs
        fulfil.look(system(STRICT))
        assert len(_waking()) == 2
    assert set(_waking()) == waiting


def _waking() -> list[str]:
    of_this_name = "SELECT args->'ids'->>'product_id' FROM procrastinate_jobs WHERE task_name LIKE %s"
    rows = fetch_all(of_this_name, ["%fulfil.wake"])
    return [product_id for (product_id,) in rows]


def test_whoever_was_recorded_elsewhere_need_not_come(register: Register) -> None:
    owner = make_owner(STRICT)
    _, product = stage.make_approved(owner, biometrics="in_progress", card_status="SENT_FOR_ENROLLMENT")
    assert stage.recording_now(product).state is State.AT_CENTRE
    register.add(owner.identity, card_status="PRINT_READY_RECORD")
    _ask(product)
    assert stage.product_now(product).step_kind == "printing"


@pytest.mark.parametrize("word", ["SENT_FOR_ENROLLMENT", "PRINT_READY_RECORD", "DUPLICATE_RECORD"])
def test_whoever_had_a_time_and_was_recorded_elsewhere_gives_it_back_and_is_told(word: str, operator: Actor) -> None:
    case, product = stage.make_approved()
    booked(case)
    recording_statuses.enter_typed(operator, product.id, text=word, key="", at=clock.now())
    assert (active(case), history(case)) == (None, ["cancelled"])
    assert told(case).count("appointment_not_needed") == 1


def test_a_word_that_nobody_knows_takes_no_time_away(operator: Actor) -> None:
    case, product = stage.make_approved()
    _, booking = booked(case)
    recording_statuses.enter_typed(operator, product.id, text="STATUS_91_PUSAT", key="", at=clock.now())
    assert active(case) == booking


def test_what_the_register_calls_double_is_held_at_once() -> None:
    case, product = stage.make_approved(biometrics="duplicate", card_status="DUPLICATE_RECORD")
    assert stage.recording_now(product).attention == "duplicate"
    assert stage.events_of(case) == ["recording_duplicate"]


def test_whoever_cannot_come_stands_on_the_list_of_visits() -> None:
    _, product = stage.make_approved(answers={"bantuan": "tidak_bisa_datang"})
    with acting_as(system(STRICT)):
        assert visits.find_open(product.id, region_id=STRICT) is not None
    stage.recorded(product)
    with acting_as(system(STRICT)):
        assert visits.find_open(product.id, region_id=STRICT) is None


def test_three_weeks_without_a_word_reach_an_officer(centre: stage.Centre) -> None:
    _, product = stage.make_approved()
    recording = stage.recorded(product)
    clock.move_forward(timedelta(days=22))
    recording_ask.sweep(system(STRICT))
    assert stage.recording_now(product).attention == "late"
    assert not centre.says and recording.state is State.AT_CENTRE


def test_who_was_asked_about_after_three_weeks_comes_back_to_the_list_in_a_week_not_in_ten_minutes(
    centre: stage.Centre,
) -> None:
    _, product = stage.make_approved()
    stage.recorded(product)
    clock.move_forward(timedelta(days=22))
    recording_ask.sweep(system(STRICT))
    recording_statuses.settle(staff(STRICT), product.id, how="note", words="tiket 12", key="", at=clock.now())
    for days, attention in ((1, ""), (7, "late")):
        clock.move_forward(timedelta(days=days))
        recording_ask.sweep(system(STRICT))
        assert stage.recording_now(product).attention == attention
