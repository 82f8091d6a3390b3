"""The documents module's reader: one limited child process per picture, forked from a zygote that holds the models."""

from __future__ import annotations

import logging
import struct
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final

import msgspec

from adminduk.catalogue.papers.types import ReadPage
from adminduk.gateways.bound_child.account import Account
from adminduk.gateways.bound_child.bounds import WorkBounds
from adminduk.gateways.bound_child.zygote_link import Line, Task, ZygoteKeeper, ZygoteLink
from adminduk.kernel.errors import DomainError, Unavailable

log = logging.getLogger(__name__)

BOUNDS: Final = WorkBounds(memory_mb=450, cpu_seconds=12, wall_seconds=40)
REQUIRED_LAYERS: Final = frozenset({"limits", "system_call_filter"})
MAX_JPEG_BYTES: Final = 16 * 1024 * 1024
_GRACE_SECONDS: Final = 10  # the zygote ends a child at its limit; only a stuck zygote lets this much more pass
_VERDICT, _COMPLETE, _STAGES = "verdict", "complete", "stages"  # what `work.py` understands
_PAGES: Final = {_VERDICT: 1, _COMPLETE: 1, _STAGES: 3}


@dataclass(slots=True)
class _Answer:
    """How far the answer to one order has come."""

    order: str
    given: int = 0
    account: Account | None = None

    def judge(self) -> None:
        """Nothing if all went well, else the refusal. No byte of the picture is logged, only how the child ended."""
        account = self.account
        is_whole = self.given == _PAGES[self.order]
        if account is None or (account.is_success and is_whole):
            return
        usage = f"{account.end}, {account.cpu_ms} ms, {account.peak_kb} kB"
        if account.is_own_fault:
            log.error("reader child ended by the machine: %s", usage)
            raise Unavailable("the reader had not the time or the memory")
        log.warning("reader child ended: %s", usage)
        raise DomainError("file_unreadable")


class ProcessReader:
    """`DocumentReader` by a zygote that forks a bound child per picture. Safe for use by many threads.

    `threads` read the lines of one picture side by side. `parallel` pictures at a time, further callers wait up to
    `queue_seconds`, then Unavailable.
    """

    def __init__(
        self,
        *,
        threads: int = 2,
        parallel: int = 1,
        queue_seconds: float = 30.0,
        bounds: WorkBounds = BOUNDS,
        required_layers: frozenset[str] = REQUIRED_LAYERS,
    ) -> None:
        self._bounds = bounds
        self._queue_seconds = queue_seconds
        self._places = threading.BoundedSemaphore(parallel)
        task = Task("adminduk.gateways.reader.work", str(threads), bounds)
        self._keeper = ZygoteKeeper(task, required_layers=required_layers)
        self.last_account: Account | None = None
        """What the child of the last picture has used (benchmarks, tests)."""

    def read(self, jpeg: bytes, *, is_complete: bool = True) -> ReadPage:
        """See `DocumentReader.read`."""
        with closing(self._pages(jpeg, _COMPLETE if is_complete else _VERDICT)) as pages:
            (page,) = pages  # to its end: only then it is known how the child ended
            return page

    def read_in_stages(self, jpeg: bytes) -> Generator[ReadPage]:
        """See `DocumentReader.read_in_stages`."""
        with closing(self._pages(jpeg, _STAGES)) as pages:
            yield from pages

    def layers(self) -> dict[str, str]:
        """Per layer of confinement "" or why it is missing on this machine (health page). Starts the zygote."""
        return dict(self._keeper.get().layers)

    def zygote_pid(self) -> int:
        """For supervision and tests. Starts the zygote."""
        return self._keeper.get().pid

    def close(self) -> None:
        """End the zygote. A later call starts another."""
        self._keeper.close()

    def _pages(self, jpeg: bytes, order: str) -> Generator[ReadPage]:
        if not jpeg.startswith(b"\xff\xd8") or len(jpeg) > MAX_JPEG_BYTES:
            raise DomainError("file_unreadable")
        answer = _Answer(order)
        if not self._places.acquire(timeout=self._queue_seconds):
            raise Unavailable("too many pictures at once")
        try:
            yield from self._ask(jpeg, answer)
        except Unavailable:
            log.warning("reader started anew")  # a zygote that died between two pictures turns nobody away
            yield from self._ask(jpeg, answer)
        finally:
            self._places.release()
        self.last_account = answer.account
        answer.judge()

    def _ask(self, jpeg: bytes, answer: _Answer) -> Iterator[ReadPage]:
        """The pages that were not given yet. Raises Unavailable when the zygote fails, not when a child does."""
        link = self._keeper.get()
        deadline = time.monotonic() + self._bounds.wall_seconds + _GRACE_SECONDS
        line = self._open_line(link, answer.order)
        try:
            line.send(jpeg, deadline=deadline)
            for reply in islice(line.replies(deadline=deadline), answer.given, None):
                page = msgspec.json.decode(reply, type=ReadPage)
                answer.given += 1
                yield page
            answer.account = line.ended(deadline=deadline)
        except (TimeoutError, struct.error) as error:
            self._keeper.replace(link)
            raise Unavailable("the reader's process does not answer") from error
        except (msgspec.MsgspecError, ValueError) as error:
            log.exception("reader child gave a malformed reply")
            raise DomainError("file_unreadable") from error
        finally:
            line.close()

    def _open_line(self, link: ZygoteLink, order: str) -> Line:
        try:
            return link.open_line(order)
        except Unavailable:
            self._keeper.replace(link)
            raise
