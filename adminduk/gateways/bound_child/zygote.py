"""Loads one gateway's work once and forks a bound child for each piece: `python -m …zygote FD BOUNDS MODULE SETTING`.

The module has `warm_up(setting)`, called once, and `work(order, data)`, a generator that a child runs to its end:
each bytes it yields is one reply. The zygote holds no key, no database address and no network, and ends when its
owner ends (its socket closes). One message on the socket is one order: a word, and two descriptors, the first to the
child (data in, replies out), the second for the account that the zygote gives of the child's end. A child whose
account nobody will read any more is ended.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn, Protocol, cast

from adminduk.gateways.bound_child import confinement
from adminduk.gateways.bound_child.account import Account
from adminduk.gateways.bound_child.bounds import WorkBounds

LENGTH: Final = struct.Struct(">I")  # stands before every reply
MAX_DATA_BYTES: Final = 32 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
_DATA: Final = 0  # the only descriptor of a child that leads anywhere; 1 and 2 are /dev/null


class Work(Protocol):
    """What a module must offer."""

    def warm_up(self, setting: str) -> None: ...

    def work(self, order: str, data: bytes) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class _Running:
    pid: int
    account_fd: int
    ends_at: float


class Zygote:
    """The loop. It has one thread: forking is safe, and signals cannot surprise it."""

    def __init__(self, control: socket.socket, bounds: WorkBounds, work: Work) -> None:
        self._control = control
        self._bounds = bounds
        self._work = work
        self._running: dict[int, _Running] = {}  # by the descriptor that tells of the child's end
        self._of_account: dict[int, _Running] = {}
        self._poller = select.poll()
        self._poller.register(control, select.POLLIN)
        self._null = os.open(os.devnull, os.O_RDWR)
        self._base_bytes = confinement.mapped_bytes()
        self._filter_calls = False

    def take_stock(self, layers: dict[str, str]) -> None:
        """Prove the layers and report them to the owner before the first piece of work."""
        layers |= confinement.probe_layers(self._bounds, base_bytes=self._base_bytes)
        self._filter_calls = not layers["system_call_filter"]
        self._control.send(json.dumps(layers).encode())

    def serve(self) -> None:
        """Until the owner is gone."""
        while True:
            for fd, _ in self._poller.poll(self._wait_ms()):
                if fd in self._running:
                    self._settle(fd, overdue=False)
                elif fd in self._of_account:
                    self._give_up(fd)
                elif fd == self._control.fileno() and not self._accept():
                    return
            now = time.monotonic()
            for fd in [fd for fd, running in self._running.items() if running.ends_at <= now]:
                self._settle(fd, overdue=True)

    def end_all(self) -> None:
        for running in self._running.values():
            os.kill(running.pid, signal.SIGKILL)

    def _wait_ms(self) -> int | None:
        if not self._running:
            return None
        soonest = min(running.ends_at for running in self._running.values())
        return max(0, int((soonest - time.monotonic()) * 1000) + 1)

    def _accept(self) -> bool:
        try:
            message, fds, _, _ = socket.recv_fds(self._control, 16, 2)
        except ConnectionError:
            return False
        if message and len(fds) == 2:
            self._start(message.decode(), *fds)
        else:
            for fd in fds:
                os.close(fd)
        return bool(message)

    def _start(self, order: str, data_fd: int, account_fd: int) -> None:
        pid = os.fork()
        if pid == 0:
            self._become_child(order, data_fd)
        os.close(data_fd)
        running = _Running(pid, account_fd, time.monotonic() + self._bounds.wall_seconds)
        pidfd = os.pidfd_open(pid)
        self._running[pidfd] = self._of_account[account_fd] = running
        self._poller.register(pidfd, select.POLLIN)
        self._poller.register(account_fd, 0)  # tells one thing only: that nobody will read the account

    def _give_up(self, account_fd: int) -> None:
        """Whoever gave the order has seen enough: the child need not go on."""
        self._poller.unregister(account_fd)
        os.kill(self._of_account.pop(account_fd).pid, signal.SIGKILL)

    def _become_child(self, order: str, data_fd: int) -> NoReturn:
        code = 1
        try:
            os.dup2(data_fd, _DATA)
            os.dup2(self._null, 1)
            os.dup2(self._null, 2)
            os.closerange(3, 4096)
            confinement.confine(self._bounds, base_bytes=self._base_bytes, filter_calls=self._filter_calls)
            gc.disable()
            for reply in self._work.work(order, _read_all()):
                _write(LENGTH.pack(len(reply)))
                _write(reply)
            code = 0
        finally:
            os._exit(code)  # also out of an exception: a child must never come back into this loop

    def _settle(self, pidfd: int, *, overdue: bool) -> None:
        running = self._running.pop(pidfd)
        self._poller.unregister(pidfd)
        os.close(pidfd)
        if self._of_account.pop(running.account_fd, None):
            self._poller.unregister(running.account_fd)
        if overdue:
            os.kill(running.pid, signal.SIGKILL)
        _, status, usage = os.wait4(running.pid, 0)
        cpu_ms = int((usage.ru_utime + usage.ru_stime) * 1000)
        account = Account(status, cpu_ms, usage.ru_maxrss, overdue)
        try:
            os.write(running.account_fd, account.pack())  # sixteen bytes into an empty pipe: never blocks
        except BrokenPipeError:
            pass  # nobody waits for this work any more
        finally:
            os.close(running.account_fd)


def _read_all() -> bytes:
    parts, size = [], 0
    while part := os.read(_DATA, _CHUNK):
        parts.append(part)
        size += len(part)
        if size > MAX_DATA_BYTES:
            raise ValueError("the owner has sent more than it may")
    return b"".join(parts)


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(_DATA, view) :]


def main(control_fd: int, bounds: WorkBounds, module: str, setting: str) -> None:
    """Fork a bound child for each order, until the other side hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches the whole group; the socket tells us
    confinement.be_first_to_go()
    layers = {"no_network": confinement.leave_network()}  # first: what a library begins cannot reach anybody either
    work = cast(Work, importlib.import_module(module))
    work.warm_up(setting)
    layers["no_root"] = confinement.leave_root()
    zygote = Zygote(socket.socket(fileno=control_fd), bounds, work)
    gc.freeze()  # the children share these pages as long as nobody counts in them
    zygote.take_stock(layers)
    try:
        zygote.serve()
    finally:
        zygote.end_all()


if __name__ == "__main__":
    main(int(sys.argv[1]), WorkBounds.from_json(sys.argv[2]), sys.argv[3], sys.argv[4])
