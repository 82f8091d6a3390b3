"""The owner's end of a zygote: start it, hand it a piece of work, read the replies, see it gone, stop it."""

from __future__ import annotations

import logging
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

import adminduk
from adminduk.gateways.bound_child import account as accounts
from adminduk.gateways.bound_child.account import Account
from adminduk.gateways.bound_child.bounds import WorkBounds
from adminduk.gateways.bound_child.zygote import LENGTH
from adminduk.kernel.errors import Unavailable

log = logging.getLogger(__name__)

_START_SECONDS: Final = 30
_STOP_SECONDS: Final = 5
_REPORT_BYTES: Final = 4096
_CHUNK: Final = 1 << 18  # more than a socket holds at a time
_ZYGOTE: Final = "adminduk.gateways.bound_child.zygote"


@dataclass(frozen=True, slots=True)
class Line:
    """Where one piece of work goes in and comes out (`data`), and where the zygote tells how the child ended."""

    data: socket.socket
    account: int
    max_reply_bytes: int

    def send(self, data: bytes, *, deadline: float) -> None:
        """Hand over all of it. A child that ends before it has read everything tells why in its account."""
        self.data.settimeout(_left(deadline))
        try:
            self.data.sendall(data)
            self.data.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            return

    def replies(self, *, deadline: float) -> Iterator[bytes]:
        """Each whole reply, as it comes. Raises TimeoutError, ValueError for a length that no child honestly says."""
        while head := self._read(LENGTH.size, deadline=deadline):
            (length,) = LENGTH.unpack(head)
            if length > self.max_reply_bytes:
                raise ValueError("too long a reply")
            reply = self._read(length, deadline=deadline)
            if len(reply) < length:
                return
            yield reply

    def ended(self, *, deadline: float) -> Account:
        """How the child ended. Raises TimeoutError, and struct.error when the zygote died without a word."""
        poller = select.poll()  # not select(): a web process may have more than 1024 descriptors open
        poller.register(self.account, select.POLLIN)
        if not poller.poll(_left(deadline) * 1000):
            raise TimeoutError
        return Account.unpack(os.read(self.account, accounts.SIZE))

    def close(self) -> None:
        self.data.close()
        os.close(self.account)

    def _read(self, size: int, *, deadline: float) -> bytes:
        """`size` bytes, or fewer when the child has ended."""
        parts, missing = [], size
        while missing:
            self.data.settimeout(_left(deadline))
            try:
                part = self.data.recv(min(missing, _CHUNK))
            except ConnectionResetError:
                return b""
            if not part:
                return b""
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Task:
    """What a zygote is started for: the module with `warm_up` and `work`, a word for it, and what a child may use."""

    module: str
    setting: str
    bounds: WorkBounds
    max_reply_bytes: int = 8 * 1024 * 1024


class ZygoteLink:
    """One running zygote. `layers` holds per layer of confinement "" or why it is missing."""

    def __init__(self, task: Task) -> None:
        """Start it and wait for its report. Raises Unavailable."""
        self.owner_pid = os.getpid()
        self._name = task.module.split(".")[-2]
        self._max_reply_bytes = task.max_reply_bytes
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        words = [str(theirs.fileno()), task.bounds.to_json(), task.module, task.setting]
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-m", _ZYGOTE, *words],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_bare_environment(),  # no key and no database address for whoever breaks a decoder
                cwd="/",
            )
        try:
            self.layers = self._hear_report()
        except (OSError, msgspec.MsgspecError) as error:
            self.stop()
            raise Unavailable(f"the {self._name}'s process did not start") from error
        for layer, reason in self.layers.items():
            if reason:
                log.warning("%s runs without its layer %s: %s", self._name, layer, reason)

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def open_line(self, order: str) -> Line:
        """Have a child forked for one order (at most 16 letters). Raises Unavailable when the zygote is gone."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        account, their_account = os.pipe()
        try:
            socket.send_fds(self._control, [order.encode()], [theirs.fileno(), their_account])
        except OSError as error:
            ours.close()
            os.close(account)
            raise Unavailable(f"the {self._name}'s process is gone") from error
        finally:
            theirs.close()
            os.close(their_account)
        return Line(ours, account, self._max_reply_bytes)

    def _hear_report(self) -> dict[str, str]:
        self._control.settimeout(_START_SECONDS)
        return msgspec.json.decode(self._control.recv(_REPORT_BYTES), type=dict[str, str])

    def stop(self) -> None:
        """End it and its children; return when the zygote is gone. A fork's copy only lets go of the socket."""
        self._control.close()
        if self.owner_pid != os.getpid():
            return
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class ZygoteKeeper:
    """Keeps one zygote for this process: started when first asked for, replaced when dead or inherited by a fork."""

    def __init__(self, task: Task, *, required_layers: frozenset[str]) -> None:
        self._task = task
        self._required_layers = required_layers
        self._lock = threading.Lock()
        self._link: ZygoteLink | None = None

    def get(self) -> ZygoteLink:
        """Raises Unavailable, also when a layer that must be there is not."""
        with self._lock:
            link = self._link
            if link is not None and (link.owner_pid != os.getpid() or not link.is_alive()):
                self._drop(link)
                link = None
            if link is None:
                link = self._link = ZygoteLink(self._task)
            missing = sorted(layer for layer in self._required_layers if link.layers.get(layer, "unknown"))
            if missing:
                log.error("%s refuses to work without %s", self._task.module, ", ".join(missing))
                raise Unavailable("a layer of confinement is missing: " + ", ".join(missing))
            return link

    def replace(self, link: ZygoteLink) -> None:
        """Give up a zygote that does not answer as it should."""
        with self._lock:
            if self._link is link:
                self._drop(link)

    def close(self) -> None:
        with self._lock:
            if self._link is not None:
                self._drop(self._link)

    def _drop(self, link: ZygoteLink) -> None:
        self._link = None
        link.stop()


def _left(deadline: float) -> float:
    return max(0.1, deadline - time.monotonic())


def _bare_environment() -> dict[str, str]:
    """Where this process finds its modules, one thread for every library, and nothing else."""
    root = str(Path(adminduk.__file__).resolve().parent.parent)
    places = os.pathsep.join(dict.fromkeys([root, *(place for place in sys.path if Path(place).is_absolute())]))
    return {
        "PYTHONPATH": places,
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "1",
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",  # a picture's memory is touched in fewer, larger pieces
        "OMP_NUM_THREADS": "1",  # a process with threads can neither be forked safely nor leave the network
        "OPENBLAS_NUM_THREADS": "1",
        "OPENCV_OPENCL_RUNTIME": "disabled",
        "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime begins a thread that reports to its maker, by the mere import
    }
