"""The queue: oldest first, nobody picks, two officers never hold one case, a held case comes back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.workqueue import queries as queue
from adminduk.usecases import office_staff, review
from tests.at_once import at_once
from tests.usecases.reviewing import STRICT, make_waiting, staff

pytestmark = pytest.mark.usefixtures("database")
LEAN = 5171


def take(actor: object, **later: int) -> UUID | None:
    return review.take_next(actor, at=clock.now() + timedelta(**later))  # type: ignore[arg-type]


def test_oldest_first() -> None:
    now = clock.now()
    newer = make_waiting(queued_at=now - timedelta(hours=1))
    older = make_waiting(queued_at=now - timedelta(hours=2))
    assert take(staff()) == older.id
    assert take(staff()) == newer.id
    assert take(staff()) is None


def test_asking_again_gives_the_case_that_is_held() -> None:
    make_waiting()
    make_waiting()
    officer = staff()
    assert take(officer) == take(officer)


def test_asking_again_at_the_same_moment_gives_one_case() -> None:
    for _ in range(8):
        make_waiting()
    officer = staff()
    assert len(set(at_once(8, lambda _: take(officer)))) == 1


def test_a_case_that_was_given_away_meanwhile_does_not_come_again() -> None:
    now = clock.now()
    make_waiting(queued_at=now - timedelta(hours=1))
    make_waiting(queued_at=now - timedelta(hours=2))
    officer = staff()
    first = take(officer)
    assert first is not None
    review.escalate(officer, first, words="Ragu", key="", at=now)
    second = take(officer)
    assert second not in (None, first)
    assert review.open_case(officer, second, at=now).is_mine


def test_a_hundred_at_once_get_a_hundred_cases() -> None:
    now = clock.now()
    made = {make_waiting(queued_at=now + timedelta(seconds=n)).id for n in range(100)}
    officers = [staff() for _ in range(100)]
    got = at_once(100, lambda n: take(officers[n]))
    assert set(got) == made


def test_a_held_case_comes_back_after_absence() -> None:
    case = make_waiting()
    absent, other = staff(), staff()
    assert take(absent) == case.id
    assert take(other, minutes=29) is None
    assert take(other, minutes=31) == case.id
    with pytest.raises(DomainError, match="not_holding"):
        review.open_case(absent, case.id, at=clock.now() + timedelta(minutes=31))


def test_who_is_still_there_keeps_the_case() -> None:
    case = make_waiting()
    officer, other = staff(), staff()
    take(officer)
    review.hold_on(officer, case.id, at=clock.now() + timedelta(minutes=20))
    assert take(other, minutes=40) is None


def test_nobody_gets_his_own_familys_case() -> None:
    case = make_waiting()
    relative = staff(kk_index=case.kk_index)
    assert take(relative) is None
    assert take(staff()) == case.id


def test_the_head_does_not_read_his_own_familys_case() -> None:
    case = make_waiting()
    with pytest.raises(NotFound):
        review.open_case(staff(role="head", kk_index=case.kk_index), case.id, at=clock.now())


def test_handed_back_waits_for_whoever_asks() -> None:
    case = make_waiting()
    officer = staff()
    take(officer)
    review.hand_back(officer, case.id, key=str(uuid4()), at=clock.now())
    assert take(staff()) == case.id


def test_escalated_goes_to_the_head_alone_and_first() -> None:
    now = clock.now()
    make_waiting(queued_at=now - timedelta(hours=2))
    officer, head = staff(), staff(role="head")
    first = take(officer)
    assert first is not None
    make_waiting(queued_at=now - timedelta(hours=3))
    review.escalate(officer, first, words="Dua NIK", key=str(uuid4()), at=clock.now())
    assert take(officer) != first
    assert take(head) == first


def test_escalating_needs_words() -> None:
    case = make_waiting()
    officer = staff()
    take(officer)
    with pytest.raises(DomainError, match="words_missing"):
        review.escalate(officer, case.id, words="  ", key=str(uuid4()), at=clock.now())


def test_deactivation_gives_back_what_was_held() -> None:
    case = make_waiting()
    leaving, admin = staff(), staff(role="admin")
    take(leaving)
    office_staff.set_active(admin, leaving.id, is_active=False, key=str(uuid4()), at=clock.now())
    assert take(staff()) == case.id


def test_another_region_sees_nothing() -> None:
    case = make_waiting(STRICT)
    stranger, strange_head = staff(LEAN), staff(LEAN, role="head")
    assert take(stranger) is None
    for actor in (stranger, strange_head):
        with pytest.raises(NotFound):
            review.open_case(actor, case.id, at=clock.now())


def test_an_admin_sees_no_case() -> None:
    case = make_waiting()
    admin = staff(role="admin")
    with pytest.raises(NotFound):
        take(admin)
    with pytest.raises(NotFound):
        review.open_case(admin, case.id, at=clock.now())


def test_who_does_not_hold_does_not_read() -> None:
    case = make_waiting()
    take(staff())
    with pytest.raises(DomainError, match="not_holding"):
        review.open_case(staff(), case.id, at=clock.now())


def test_reading_lengthens_the_hold_and_the_head_may_look_on() -> None:
    case = make_waiting()
    officer, head = staff(), staff(role="head")
    take(officer)
    later = clock.now() + timedelta(minutes=25)
    assert review.open_case(officer, case.id, at=later).is_mine
    assert not review.open_case(head, case.id, at=later).is_mine
    with acting_as(head):
        waiting = queue.find_waiting(case.id, region_id=STRICT)
    assert waiting is not None and waiting.holder_id == officer.id
    assert waiting.held_until == later + timedelta(minutes=30)
