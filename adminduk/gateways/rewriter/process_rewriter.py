"""The documents module's rewriter: one limited child process per file. Safe for use by many threads."""

from __future__ import annotations

import logging
import struct
import threading
import time
from typing import Final

from adminduk.catalogue.papers.types import Box
from adminduk.gateways.bound_child.account import Account
from adminduk.gateways.bound_child.zygote_link import Line, Task, ZygoteKeeper, ZygoteLink
from adminduk.gateways.rewriter import order
from adminduk.gateways.rewriter.kinds import recognise
from adminduk.gateways.rewriter.limits import FILE, MAX_FILE_BYTES, MAX_FILE_MB, MAX_REPLY_BYTES, PORTRAIT, Limits
from adminduk.gateways.rewriter.order import Order
from adminduk.gateways.rewriter.reply import MalformedReplyError, unpack
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.modules.documents.ports import RewrittenFile

log = logging.getLogger(__name__)

REQUIRED_LAYERS: Final = frozenset({"limits", "system_call_filter"})
_GRACE_SECONDS: Final = 10  # the zygote ends a child at its limit; only a stuck zygote lets this much more pass


class ProcessRewriter:
    """`DocumentRewriter` by a zygote that forks a bound child per file.

    `parallel` files at a time, further threads wait up to `queue_seconds`, then Unavailable: memory is finite
    (at worst `parallel` × `limits.memory_mb`). Without `required_layers` nothing is decoded at all. `anchors`:
    certificates (PEM) whose signatures on PDFs are known; without any nobody's is.
    """

    def __init__(
        self,
        *,
        parallel: int = 2,
        queue_seconds: float = 20.0,
        limits: Limits | None = None,
        required_layers: frozenset[str] = REQUIRED_LAYERS,
        anchors: str = "",
    ) -> None:
        self._anchors = anchors
        self._limits = limits or Limits()
        self._queue_seconds = queue_seconds
        self._places = threading.BoundedSemaphore(parallel)
        task = Task("adminduk.gateways.rewriter.work", "", self._limits, MAX_REPLY_BYTES)
        self._keeper = ZygoteKeeper(task, required_layers=required_layers)

    def rewrite(self, data: bytes, *, is_portrait: bool = False) -> RewrittenFile:
        """See `DocumentRewriter.rewrite`."""
        return self.measure(data, is_portrait=is_portrait)[0]

    def measure(self, data: bytes, *, is_portrait: bool = False) -> tuple[RewrittenFile, Account]:
        """Like `rewrite`, and what the child has used (benchmarks, tests)."""
        kind = _check_outside(data)
        if kind == "pdf" and self._anchors:
            data = order.before(data, Order(anchors=self._anchors))
        reply, account = self._ask_in_turn(data, is_portrait)
        return _judge(reply, account, kind=kind), account

    def cut(self, jpeg: bytes, boxes: tuple[Box, ...], *, turn: int = 0) -> bytes:
        """See `DocumentRewriter.cut`."""
        asked = Order(cuts=boxes, turn=turn)
        reply, account = self._ask_in_turn(order.before(jpeg, asked), is_portrait=False)
        return _judge(reply, account, kind="jpeg").pages[0].jpeg

    def _ask_in_turn(self, data: bytes, is_portrait: bool) -> tuple[bytes, Account]:
        if not self._places.acquire(timeout=self._queue_seconds):
            raise Unavailable("too many files at once")
        asked_for = PORTRAIT if is_portrait else FILE
        try:
            return self._ask(asked_for, data)
        except Unavailable:
            log.warning("rewriter started anew")  # a zygote that died between two files turns nobody away
            return self._ask(asked_for, data)
        finally:
            self._places.release()

    def layers(self) -> dict[str, str]:
        """Per layer of confinement "" or why it is missing on this machine (health page). Starts the zygote."""
        return dict(self._keeper.get().layers)

    def zygote_pid(self) -> int:
        """For supervision and tests. Starts the zygote."""
        return self._keeper.get().pid

    def close(self) -> None:
        """End the zygote. A later call starts another."""
        self._keeper.close()

    def _ask(self, asked_for: str, data: bytes) -> tuple[bytes, Account]:
        link = self._keeper.get()
        deadline = time.monotonic() + self._limits.wall_seconds + _GRACE_SECONDS
        line = self._open_line(link, asked_for)
        try:
            line.send(data, deadline=deadline)
            reply = b"".join(line.replies(deadline=deadline))
            return reply, line.ended(deadline=deadline)
        except (TimeoutError, struct.error) as error:
            self._keeper.replace(link)
            raise Unavailable("the rewriter's process does not answer") from error
        except ValueError as error:
            log.exception("rewriter child said more than it may")
            raise DomainError("file_unreadable") from error
        finally:
            line.close()

    def _open_line(self, link: ZygoteLink, asked_for: str) -> Line:
        try:
            return link.open_line(asked_for)
        except Unavailable:
            self._keeper.replace(link)
            raise


def _check_outside(data: bytes) -> str:
    """What can be refused without a child."""
    if not data:
        raise DomainError("file_empty")
    if len(data) > MAX_FILE_BYTES:
        raise DomainError("file_too_large", max_mb=MAX_FILE_MB)
    kind = recognise(data)
    if kind is None:
        raise DomainError("file_type")
    return kind


def _judge(reply: bytes, account: Account, *, kind: str) -> RewrittenFile:
    """The pages, or the coded refusal. No byte of the file is logged, only how the child ended."""
    if account.is_success:
        try:
            return unpack(reply, kind=kind)
        except MalformedReplyError as error:
            log.exception("rewriter child gave a malformed reply for a %s", kind)
            raise DomainError("file_unreadable") from error
    # Words, not `extra`: the log writes only fields on its list. None of these comes from the file.
    usage = f"{kind} {account.end}, {account.cpu_ms} ms, {account.peak_kb} kB"
    if account.is_own_fault:
        log.error("rewriter child ended by the machine: %s", usage)
        raise Unavailable("the rewriter had not the time or the memory")
    log.warning("rewriter child ended: %s", usage)
    raise DomainError("file_unreadable")
