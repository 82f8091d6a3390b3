"""`/health`: what a monitor sees, in good days and bad ones; nothing about anybody."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from adminduk.foundation import health, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import Unavailable
from adminduk.usecases import outside
from tests.making import system
from tests.usecases.stand_ins import Register


def ask(status: int = 200) -> dict[str, Any]:
    answer = Client().get("/health")
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
    told: dict[str, Any] = json.loads(answer.content)
    return told


@pytest.fixture(autouse=True)
def no_worker(database: None) -> None:
    """The heart of no other test's worker beats."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


def let_a_heart_beat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_all_is_well(database: None, register: Register) -> None:
    let_a_heart_beat(3)
    told = ask()
    assert told["state"] == "ok"
    assert set(told) == {"state", "database", "worker", "jobs", "pictures", "disk", "storage", "register"}


@pytest.mark.parametrize("seconds_ago", [None, 61])
def test_a_worker_that_never_came_or_stopped(database: None, register: Register, seconds_ago: int | None) -> None:
    if seconds_ago:
        let_a_heart_beat(seconds_ago)
    told = ask()
    assert (told["state"], told["worker"]["state"]) == ("degraded", "down")


def test_pictures_that_wait_are_told_apart(database: None, register: Register) -> None:
    let_a_heart_beat(1)
    with acting_as(system(3374)):
        jobs.enqueue("documents.read", region=3374, page_id=str(uuid4()))
    told = ask()
    assert told["pictures"] == {"state": "ok", "waiting": 1, "seconds_late": 0, "is_read": True}
    assert told["jobs"]["waiting"] == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 hour'")
    told = ask()
    assert (told["pictures"]["state"], told["jobs"]["state"], told["state"]) == ("degraded", "ok", "degraded")


def test_jobs_that_gave_up_and_jobs_that_are_late(database: None, register: Register) -> None:
    let_a_heart_beat(1)
    with acting_as(system(3374)):
        for _ in range(3):
            jobs.enqueue("upkeep.chain", region=3374)
    assert ask()["jobs"] == {"state": "ok", "waiting": 3, "seconds_late": 0, "dead_letters": 0}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = (SELECT min(id) FROM procrastinate_jobs)"
        )
    assert ask()["jobs"]["dead_letters"] == 1
    with acting_as(system(3374)):
        jobs.enqueue("upkeep.chain", region=3374)
    jobs.follow_clock(timedelta(0))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '1 hour'")
    assert ask()["jobs"]["seconds_late"] >= 3600


def test_a_silent_register_and_a_storage_that_is_gone(
    database: None, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_a_heart_beat(1)
    register.is_down = True
    assert (ask()["state"], ask()["register"]["state"]) == ("degraded", "down")

    def fail(key: str) -> bool:
        raise Unavailable("storage")

    monkeypatch.setattr(type(outside.storage()._gateway), "exists", lambda _, key: fail(key))  # type: ignore[attr-defined]
    assert ask()["storage"]["state"] == "down"


def test_a_full_disk(database: None, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 1.1)
    assert ask()["disk"]["state"] == "degraded"


def test_without_the_database_it_says_so_with_503(
    database: None, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    told = ask(status=503)
    assert (told["state"], told["database"]["state"], "jobs" in told) == ("down", "down", False)
