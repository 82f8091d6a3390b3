"""Jobs leave with their transaction, are tried again, and outlive the worker that was doing them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.audit.models import Entry
from tests import making
from tests.foundation import jobs_of_tests  # noqa: F401 - registers them

ROOT = Path(__file__).resolve().parents[2]
REGION = making.fresh_region()
WITHIN = 120.0  # seconds until something that takes two is called missing


@contextmanager
def worker(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that is killed at the end, if it still runs."""
    process = subprocess.Popen([sys.executable, "-m", "tests.foundation.worker_of_tests", *words], cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def work_off() -> None:
    """Do everything that is due now."""
    with worker("--no-wait") as process:
        assert process.wait(WITHIN) == 0


def wait_until(has_happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not has_happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)  # another process does it


def enqueue(name: str, **more: object) -> UUID:
    """In a transaction of its own; returns the object by which its traces are found."""
    object_id = uuid4()
    with acting_as(making.system(REGION)):
        jobs.enqueue(name, region=REGION, object_id=str(object_id), **more)  # type: ignore[arg-type]
    return object_id


def traces(object_id: UUID) -> list[str]:
    with acting_as(making.system(REGION)):
        return list(Entry.objects.filter(object_id=object_id).values_list("act", flat=True))


def stored() -> list[tuple[str, str, int]]:
    """(name, status, attempts) of the jobs of tests."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status, attempts FROM procrastinate_jobs WHERE task_name LIKE '%%:test.%%' ORDER BY id"
        )
        return [(name.partition(":")[2], status, attempts) for name, status, attempts in cursor.fetchall()]


def let_all_fall_due() -> None:
    jobs.follow_clock(timedelta(hours=2))


def test_a_job_of_a_transaction_that_failed_does_not_exist(database: None) -> None:
    with pytest.raises(DomainError), acting_as(making.system(REGION)):
        jobs.enqueue("test.leave_trace", region=REGION, object_id=str(uuid4()))
        raise DomainError("not_possible")
    assert stored() == []


def test_a_committed_job_is_done_and_told_for_which_region(database: None) -> None:
    object_id = enqueue("test.leave_trace")
    assert traces(object_id) == []
    work_off()
    assert traces(object_id) == ["trace"]
    assert stored() == [("test.leave_trace", "succeeded", 1)]


def test_what_a_failing_job_enqueued_in_its_transaction_does_not_exist_either(database: None) -> None:
    object_id = enqueue("test.fail_late")
    work_off()
    assert stored() == [("test.fail_late", "todo", 1)]
    assert traces(object_id) == []


def test_failures_are_tried_again_after_growing_pauses_and_then_stay_visible(database: None) -> None:
    object_id = enqueue("test.fail")
    for number in (1, 2):
        work_off()
        assert stored() == [("test.fail", "todo", number)]
        assert jobs.count_dead_letters() == 0
        let_all_fall_due()
    work_off()
    assert stored() == [("test.fail", "failed", 3)]
    assert traces(object_id) == ["try"] * 3
    assert jobs.count_dead_letters() == 1


def test_one_of_several_who_fails_keeps_nobody_from_his_turn_and_is_not_hidden() -> None:
    done = []

    def act(number: int) -> None:
        if number in (1, 3):
            raise DomainError("not_possible")
        done.append(number)

    with pytest.raises(DomainError, match="not_possible"):
        jobs.each_alone(range(5), act)
    assert done == [0, 2, 4]
    jobs.each_alone([0, 2], act)


def test_a_dead_letter_may_be_tried_again_once_its_cause_is_gone(database: None) -> None:
    object_id = enqueue("test.leave_trace")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 20")
    assert jobs.list_dead_letters() == {"test.leave_trace": 1}
    assert jobs.retry_dead_letters() == 1
    work_off()
    assert traces(object_id) == ["trace"]
    assert jobs.list_dead_letters() == {}


def test_finished_jobs_are_forgotten_after_a_week_and_dead_letters_after_three_months(database: None) -> None:
    for _ in range(4):
        enqueue("test.leave_trace")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE id > (SELECT min(id) FROM procrastinate_jobs)"
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = (SELECT max(id) FROM procrastinate_jobs)"
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = (SELECT max(id) - 1 FROM procrastinate_jobs)"
        )

    def left_after(days: int) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_events SET at = now() - make_interval(days => %s)", [days])
        jobs.forget_finished()
        return [status for _, status, _ in stored()]

    assert left_after(6) == ["todo", "doing", "failed", "succeeded"]
    assert left_after(8) == ["todo", "doing", "failed"]
    assert left_after(91) == ["todo", "doing"]


def test_pauses_double_up_to_an_hour() -> None:
    pauses = []
    for attempts in range(14):
        stored_job = type("Stored", (), {"attempts": attempts})
        decision = jobs.GrowingPause(max_attempts=20).get_retry_decision(exception=ValueError(), job=stored_job)  # type: ignore[arg-type]
        assert decision is not None and decision.retry_at is not None
        pauses.append(round((decision.retry_at - clock.now()).total_seconds()))
    assert pauses == [min(2**n, 3600) for n in range(1, 15)]


def test_a_job_for_later_waits_for_the_portals_clock(database: None) -> None:
    object_id = enqueue("test.leave_trace", at=clock.now() + timedelta(hours=1))
    work_off()
    assert traces(object_id) == []
    clock.move_forward(timedelta(hours=2))
    jobs.follow_clock(timedelta(hours=2))
    work_off()
    assert traces(object_id) == ["trace"]


def test_a_named_job_waits_once(database: None) -> None:
    enqueue("test.leave_trace", once="this")
    enqueue("test.leave_trace", once="this")
    enqueue("test.leave_trace", once="that")
    assert len(stored()) == 2


def test_each_minute_the_periodic_jobs_are_put_once_for_each_region(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def each_minute(actor: Actor) -> None: ...

    entry = jobs.Job(name="test.each_minute", function=each_minute, every_minutes=1)
    monkeypatch.setattr(jobs, "registry", {"test.each_minute": entry})
    monkeypatch.setattr(jobs, "_regions", lambda: (3374, 5171))
    jobs.tick.func(timestamp=120)
    jobs.tick.func(timestamp=180)  # nobody has done the first ones yet
    assert [name for name, _, _ in stored()] == ["test.each_minute"] * 2


def test_the_system_looks_around_each_minute_and_for_killed_workers_each_quarter_of_it() -> None:
    periodic = {task.periodic_id: task for task in app.periodic_registry.periodic_tasks.values()}
    moments = {}
    for name in ("tick", "rescue"):
        cron = periodic[name].croniter
        cron.set_current(1_800_000_000)
        moments[name] = [round(cron.get_next(float)) - 1_800_000_000 for _ in range(5)]
    assert moments == {"tick": [60, 120, 180, 240, 300], "rescue": [15, 30, 45, 60, 75]}


def test_a_job_whose_worker_was_killed_is_done_by_the_next_and_seen_once(database: None) -> None:
    object_id = enqueue("test.wait_for_file")
    folder = settings.ENVIRONMENT.data_dir
    with worker() as first:
        wait_until((folder / f"began-{object_id}").exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert traces(object_id) == []
    assert stored() == [("test.wait_for_file", "doing", 0)]
    (folder / f"go-{object_id}").touch()
    with worker():
        wait_until(lambda: stored() == [("test.wait_for_file", "succeeded", 2)])
    assert traces(object_id) == ["waited"]


def test_a_worker_that_is_told_to_stop_finishes_what_it_does(database: None) -> None:
    object_id = enqueue("test.wait_for_file")
    folder = settings.ENVIRONMENT.data_dir
    with worker() as process:
        wait_until((folder / f"began-{object_id}").exists)
        process.send_signal(signal.SIGTERM)
        (folder / f"go-{object_id}").touch()
        assert process.wait(WITHIN) == 0
    assert traces(object_id) == ["waited"]
    assert stored() == [("test.wait_for_file", "succeeded", 1)]


def test_a_job_that_took_every_worker_with_it_ends_as_a_dead_letter(database: None) -> None:
    enqueue("test.leave_trace")
    with connection.cursor() as cursor:  # as the last of many killed workers left it
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = %s", [jobs.MOST_RESCUES])
    with worker():
        wait_until(lambda: jobs.count_dead_letters() == 1)
    assert [status for name, status, _ in stored()] == ["failed"]
