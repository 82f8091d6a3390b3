"""What a child must not be able to do, tried for real in a process bound like a child."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import signal
import socket
import threading
from collections.abc import Callable

import pytest

from adminduk.gateways.bound_child import confinement, system_call_filter, zygote_link
from adminduk.gateways.rewriter.limits import Limits

LIMITS = Limits(cpu_seconds=1)
_libc = ctypes.CDLL(None, use_errno=True)


def in_bound_child(attempt: Callable[[], object]) -> str:
    """How the attempt ended: "done", the name of an errno, or the name of a signal."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(writing, 0)
            os.closerange(1, 1024)
            confinement.confine(LIMITS, base_bytes=confinement.mapped_bytes())
            try:
                attempt()
                os.write(0, b"done")
            except OSError as error:
                os.write(0, errno.errorcode.get(error.errno or 0, "?").encode())
            except MemoryError:
                os.write(0, b"MemoryError")
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as said:
        words = said.read().decode()
    status = os.waitpid(pid, 0)[1]
    return signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else words


def _call(name: str, *arguments: int) -> None:
    if getattr(_libc, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _burn() -> None:
    while True:
        pass


def _start_thread() -> None:
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()


DEADLY: dict[str, Callable[[], object]] = {
    "internet socket": lambda: socket.socket(socket.AF_INET),
    "unix socket": lambda: socket.socket(socket.AF_UNIX),
    "netlink socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "fork": os.fork,
    "run a program": lambda: os.execv("/bin/true", ["true"]),
    "signal the web process": lambda: os.kill(os.getppid(), 0),
    "trace": lambda: _call("ptrace", 16, os.getpid(), 0, 0),
    "new namespace": lambda: _call("unshare", 0x10000000),
}
REFUSED: dict[str, Callable[[], object]] = {
    "read a file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write a file": lambda: os.open("/tmp/adminduk-breakout", os.O_CREAT | os.O_WRONLY),
    "delete a file": lambda: os.unlink("/tmp/adminduk-breakout"),
    "list a folder": lambda: os.listdir("/"),
    "make a folder": lambda: os.mkdir("/tmp/adminduk-breakout"),
    "make a link": lambda: os.symlink("/etc/passwd", "/tmp/adminduk-breakout"),
    "change rights": lambda: os.chmod("/tmp", 0o777),
    "look at a file": lambda: os.stat("/etc/passwd"),
    "become another": lambda: os.setuid(0),
    "raise a limit": lambda: _call("setrlimit", 7, 0),
    "run memory as code": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    "take a descriptor of another": lambda: os.pidfd_open(os.getppid()),
    "make a hidden file": lambda: os.memfd_create("x"),
}


@pytest.mark.parametrize("attempt", DEADLY)
def test_attack_ends_the_child(attempt: str) -> None:
    assert in_bound_child(DEADLY[attempt]) == "SIGSYS"


@pytest.mark.parametrize("attempt", REFUSED)
def test_attempt_is_refused(attempt: str) -> None:
    assert in_bound_child(REFUSED[attempt]) == "EPERM"


def test_what_decoding_needs_is_allowed() -> None:
    assert in_bound_child(lambda: bytearray(100 * 1024 * 1024)) == "done"
    assert in_bound_child(_start_thread) == "done"  # the HEIC decoder starts one
    assert in_bound_child(lambda: os.urandom(8)) == "done"


def test_memory_and_time_end() -> None:
    assert in_bound_child(lambda: bytearray(2 << 30)) == "MemoryError"
    assert in_bound_child(_burn) == "SIGXCPU"


def test_probe_finds_a_missing_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that takes the filter and does not heed it must be noticed."""
    whole = confinement.probe_layers(LIMITS, base_bytes=confinement.mapped_bytes())
    assert whole == {"limits": "", "system_call_filter": ""}
    monkeypatch.setattr(system_call_filter, "install", lambda: None)
    without = confinement.probe_layers(LIMITS, base_bytes=confinement.mapped_bytes())
    assert without["limits"] == ""
    assert without["system_call_filter"]


def test_unknown_architecture_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert confinement.probe_layers(LIMITS, base_bytes=confinement.mapped_bytes())["system_call_filter"]


@pytest.mark.parametrize("column", [0, 1])
def test_no_call_is_on_two_lists(column: int) -> None:
    lists = (
        system_call_filter._ALLOWED,
        system_call_filter._ALLOWED_UNLESS_EXECUTABLE,
        system_call_filter._DEADLY,
        {"clone": system_call_filter._CLONE, "clone3": system_call_filter._CLONE3},
    )
    numbers = [both[column] for names in lists for both in names.values() if both[column] >= 0]
    assert len(numbers) == len(set(numbers))


def test_a_kernel_without_namespaces_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def unshare(self, _flags: int) -> int:
            ctypes.set_errno(errno.EPERM)
            return -1

    monkeypatch.setattr(confinement, "_libc", Refusing())
    assert confinement.leave_network() == os.strerror(errno.EPERM)


def test_a_missing_layer_is_logged_at_the_start(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    report = {"limits": "", "no_network": "Operation not permitted"}
    monkeypatch.setattr(zygote_link.ZygoteLink, "_hear_report", lambda _self: report)
    zygote_link.ZygoteLink(zygote_link.Task("adminduk.gateways.rewriter.work", "", LIMITS)).stop()
    assert caplog.messages == ["rewriter runs without its layer no_network: Operation not permitted"]
