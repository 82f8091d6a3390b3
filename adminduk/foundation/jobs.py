"""Jobs that leave with the business transaction: the job table is the outbox (procrastinate behind a small facade).

A job carries ids only, never personal data. It runs as the system for one region, at least once; every job function
must therefore be harmless when repeated. What fails is retried with growing pauses; what keeps failing stays in the
table as `failed`, where the head of office and `/health` see it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import attr
import procrastinate
from django.db import connection, transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as StoredJob
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.tasks import configure_task
from procrastinate.types import JSONDict

from adminduk.foundation import clock
from adminduk.foundation.database.statements import run_later
from adminduk.kernel.actor import NOBODY, Actor, ActorKind

log = logging.getLogger(__name__)
JobFunction = Callable[..., None]
_T = TypeVar("_T")
blueprint = procrastinate.Blueprint()
NAMESPACE = "adminduk"
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2, 3600
STALLED_AFTER_SECONDS = 30  # the heart of a worker beats every ten
PICTURES = "pictures"
OWN_WORKER = frozenset({PICTURES})  # queues whose jobs would keep everything else waiting
FINISHED_KEPT_DAYS, DEAD_LETTERS_KEPT_DAYS = 7, 90
MOST_RESCUES = 20  # a job that takes its worker with it each time must end some day
# In a worker the app's own connector is a pool beside Django's connection; a job that enqueues must not leave its
# transaction, so that enqueueing always goes through this one.
_outbox = JobManager(DjangoConnector())
# What procrastinate's own defer() says, without what it does around it: four times as quick.
_DEFER = """
SELECT procrastinate_defer_jobs_v1(ARRAY[
    ROW(%s::text, %s::text, 0, NULL, NULL, %s::jsonb, %s::timestamptz)::procrastinate_job_to_defer_v1])"""


@dataclass(frozen=True, slots=True)
class Job:
    """A registered job: `function(actor, **ids)`, periodic if `every_minutes` is set."""

    name: str
    function: JobFunction
    every_minutes: int | None
    queue: str = "default"
    is_for_each_region: bool = True


registry: dict[str, Job] = {}
_regions: Callable[[], Sequence[int]] = tuple


@attr.dataclass(kw_only=True)
class GrowingPause(BaseRetryStrategy):
    """Pauses of 2, 4, 8 … seconds, at most an hour; 20 attempts last about nine hours."""

    max_attempts: int

    def get_retry_decision(self, *, exception: BaseException, job: StoredJob) -> RetryDecision | None:
        """None after the last attempt: the job stays as failed, a dead letter."""
        if job.attempts >= self.max_attempts:
            return None
        return RetryDecision(retry_in={"seconds": min(FIRST_PAUSE_SECONDS * 2**job.attempts, LONGEST_PAUSE_SECONDS)})


def configure(regions: Callable[[], Sequence[int]]) -> None:
    """Tell which regions periodic jobs run for; asked anew at each tick."""
    global _regions  # noqa: PLW0603 - set once at start
    _regions = regions


def system_actor(region: int) -> Actor:
    """The system acting for one region."""
    return Actor(kind=ActorKind.SYSTEM, id=NOBODY, regions=(region,))


def job(
    name: str,
    *,
    attempts: int = 20,
    every_minutes: int | None = None,
    queue: str = "default",
    is_for_each_region: bool = True,
) -> Callable[[JobFunction], JobFunction]:
    """Register `function(actor, **ids)` under the topic `name`.

    `queue` keeps slow work from delaying messages; those of `OWN_WORKER` have worker processes of their own.
    `every_minutes` makes it periodic, for each region, or for the whole installation (as the system in one of the
    regions) where `is_for_each_region` is False.
    """

    def register(function: JobFunction) -> JobFunction:
        registry[name] = Job(
            name=name,
            function=function,
            every_minutes=every_minutes,
            queue=queue,
            is_for_each_region=is_for_each_region,
        )

        def act(region: int, ids: dict[str, str]) -> None:
            function(system_actor(region), **ids)

        blueprint.task(name=name, queue=queue, retry=GrowingPause(max_attempts=attempts))(act)
        return function

    return register


def enqueue(name: str, *, region: int, at: datetime | None = None, once: str | None = None, **ids: str) -> None:
    """Put a job into the present transaction; it exists only if that commits.

    `at` is a moment of the portal's clock. `once` names the job so that a second one is not put beside a waiting one.
    """
    assert name in registry, f"no job is registered as {name}"
    stored: JSONDict = {"region": region, "ids": dict(ids)}
    if once is None:
        run_later(
            _DEFER, [registry[name].queue, f"{NAMESPACE}:{name}", json.dumps(stored), clock.real(at) if at else None]
        )
        return
    task = configure_task(
        name=f"{NAMESPACE}:{name}",
        job_manager=_outbox,
        queue=registry[name].queue,
        schedule_at=clock.real(at) if at else None,
        queueing_lock=f"{name}:{once}",
    )
    try:
        with transaction.atomic():
            task.defer(**stored)
    except AlreadyEnqueued:
        log.debug("job already waiting", extra={"job": name})


def each_alone(found: Iterable[_T], act: Callable[[_T], object]) -> None:
    """Do `act` for each of those that a job has found, each in a transaction that `act` opens.

    One that fails keeps nobody behind him from his turn. What failed is logged at once and raised after the last, so
    that the job counts as failed: it is tried again, and stays as a dead letter where that does not help.
    """

    def do(one: _T) -> None:
        try:
            act(one)
        except Exception:
            log.exception("one of several failed, the others go on")
            raise

    with ExitStack() as stack:  # it does everything that stands in it, and then raises what was raised
        for one in reversed(tuple(found)):
            stack.callback(do, one)


def follow_clock(by: timedelta) -> None:
    """After the clock moved forward: waiting jobs fall due earlier by the same distance."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - make_interval(secs => %s)"
            " WHERE status = 'todo' AND scheduled_at IS NOT NULL",
            [by.total_seconds()],
        )


def shared_queues() -> list[str]:
    """The queues of the worker that does everything but what has workers of its own."""
    return sorted({"default", *(entry.queue for entry in registry.values())} - OWN_WORKER)


def count_waiting(queue: str) -> int:
    """How many jobs wait in a queue (capped at 1,000)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs WHERE queue_name = %s AND status = 'todo'"
            " LIMIT 1000) w",
            [queue],
        )
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def count_dead_letters() -> int:
    """How many jobs have given up (capped at 1,000)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs WHERE status = 'failed' LIMIT 1000) f")
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def list_dead_letters() -> dict[str, int]:
    """How many jobs have given up, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1")
        return {str(name).removeprefix(f"{NAMESPACE}:"): int(count) for name, count in cursor.fetchall()}


def retry_dead_letters() -> int:
    """Let all jobs that gave up begin anew, with all their attempts; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL, worker_id = NULL"
            " WHERE status = 'failed' AND (queueing_lock IS NULL OR queueing_lock NOT IN"
            " (SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock IS NOT NULL))"
        )
        return int(cursor.rowcount)


def forget_finished() -> int:
    """Delete jobs that ended well a week ago, and dead letters of three months; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs j WHERE j.status NOT IN ('todo', 'doing', 'aborting') AND (SELECT max(e.at)"
            " FROM procrastinate_events e WHERE e.job_id = j.id) < now() -"
            " make_interval(days => CASE j.status WHEN 'failed' THEN %s ELSE %s END)",
            [DEAD_LETTERS_KEPT_DAYS, FINISHED_KEPT_DAYS],
        )
        return int(cursor.rowcount)


@blueprint.periodic(cron="* * * * *", periodic_id="tick")
@blueprint.task(name="foundation.tick", queueing_lock="foundation.tick")
def tick(timestamp: int) -> None:
    """Each minute: put the periodic jobs that are due, once per region."""
    minute = timestamp // 60
    for entry in registry.values():
        if entry.every_minutes and minute % entry.every_minutes == 0:
            for region in _regions() if entry.is_for_each_region else _regions()[:1]:
                enqueue(entry.name, region=region, once=str(region))


@blueprint.periodic(cron="* * * * * */15", periodic_id="rescue")  # the sixth field is seconds
@blueprint.task(name="foundation.rescue", queueing_lock="foundation.rescue", pass_context=True)
async def rescue(context: procrastinate.JobContext, timestamp: int) -> None:
    """Put back what a killed worker left in `doing`; give up on a job whose worker died each time."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        if stalled.attempts >= MOST_RESCUES:
            log.error("job given up after its workers died", extra={"job": stalled.task_name})
            await manager.finish_job(stalled, Status.FAILED, delete_job=False)
        else:
            log.warning("job requeued after its worker died", extra={"job": stalled.task_name})
            await manager.retry_job(stalled)
