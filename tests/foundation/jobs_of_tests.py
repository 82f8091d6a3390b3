"""Jobs that only tests need; each leaves an audit entry, so that what it did is seen in the database."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import UUID

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import Unavailable


def _leave_trace(act: str, actor: Actor, object_id: str) -> None:
    from adminduk.modules.audit import actions as audit

    with acting_as(actor):
        audit.record(act, actor=actor, at=clock.now(), region_id=actor.regions[0], about=("test", UUID(object_id)))


@jobs.job("test.leave_trace")
def leave_trace(actor: Actor, *, object_id: str) -> None:
    """Does its work at once."""
    _leave_trace("trace", actor, object_id)


@jobs.job("test.fail", attempts=2)
def fail(actor: Actor, *, object_id: str) -> None:
    """Leaves a trace of its try, and fails each time."""
    _leave_trace("try", actor, object_id)
    raise Unavailable("always")


@jobs.job("test.fail_late")
def fail_late(actor: Actor, *, object_id: str) -> None:
    """Enqueues within a transaction that then fails: nothing of it may be left."""
    with acting_as(actor):
        jobs.enqueue("test.leave_trace", region=actor.regions[0], object_id=object_id)
        raise Unavailable("after enqueueing")


@jobs.job("test.wait_for_file")
def wait_for_file(actor: Actor, *, object_id: str) -> None:
    """Says that it began, and ends once the test has made a file: in between its worker may be killed."""
    folder = Path(os.environ["ADMINDUK_DATA_DIR"])
    (folder / f"began-{object_id}").touch()
    while not (folder / f"go-{object_id}").exists():
        time.sleep(0.02)  # the test decides how long
    _leave_trace("waited", actor, object_id)
