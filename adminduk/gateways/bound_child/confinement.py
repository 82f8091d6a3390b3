"""The layers around a decoder, each of which must hold when the one before has failed.

What the whole zygote gives up once: `leave_network`, `leave_root`. What each child gives up before it reads the
first byte: `confine`. `probe_layers` proves each in a throw-away process, because a layer that was asked for and is
not there is worse than none.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from adminduk.gateways.bound_child import system_call_filter
from adminduk.gateways.bound_child.bounds import Bounds

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_NOBODY = 65534
_PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True)


def leave_network() -> str:
    """Move this process into an empty network. Return "" or why not. Needs a process with one thread."""
    for flags in (
        _CLONE_NEWNET,
        _CLONE_NEWUSER | _CLONE_NEWNET,
    ):  # the first as root, the second as anybody
        if _libc.unshare(flags) == 0:
            return ""
    return os.strerror(ctypes.get_errno())


def leave_root() -> str:
    """Become nobody if this is root. Return "" or why not."""
    if os.geteuid() != 0:
        return ""
    try:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    except OSError as error:
        return error.strerror or str(error.errno)
    return ""


def be_first_to_go() -> None:
    """Under want of memory the kernel shall end a decoder, not the web process or the database."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000")
    except OSError:
        return  # no /proc: the kernel then chooses by size, which is the child as well


def mapped_bytes() -> int:
    """Address space in use by this process, the base on which a child's limit stands."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 256 * 1024 * 1024


def confine(limits: Bounds, *, base_bytes: int, filter_calls: bool = True) -> None:
    """Bind this child for good: memory, time, files, processes, system calls. Raises OSError, ValueError."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    memory = base_bytes + limits.memory_mb * 1024 * 1024
    for kind, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (
            resource.RLIMIT_CPU,
            limits.cpu_seconds,
            limits.cpu_seconds + 1,
        ),  # SIGXCPU first: it names the cause
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 3, 3),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))
    if filter_calls:
        system_call_filter.install()


def probe_layers(limits: Bounds, *, base_bytes: int) -> dict[str, str]:
    """Try in throw-away children what must be impossible. Per layer "" or what is wrong."""

    def binds(attempt: Callable[[], bool], *, ended_by: int = 0, filter_calls: bool = True) -> bool:
        def body() -> int:
            confine(limits, base_bytes=base_bytes, filter_calls=filter_calls)
            return 0 if attempt() else 1

        status = _in_child(body)
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == ended_by if ended_by else status == 0

    memory = binds(lambda: _is_memory_bound(base_bytes, limits), filter_calls=False)
    files = binds(_is_open_refused, filter_calls=False)
    calls = system_call_filter.is_known_architecture() and (
        binds(lambda: bool(socket.socket()), ended_by=signal.SIGSYS)
        and binds(lambda: os.execv("/bin/true", ["true"]), ended_by=signal.SIGSYS)
        and binds(lambda: _refusal(lambda: os.close(os.open("/", os.O_RDONLY))) == errno.EPERM)
        and binds(lambda: bool(os.fork()), ended_by=signal.SIGSYS)
    )
    return {
        "limits": "" if memory and files else "memory or number of files is not bound",
        "system_call_filter": "" if calls else "no seccomp filter for this kernel or architecture",
    }


def _is_memory_bound(base_bytes: int, limits: Bounds) -> bool:
    try:
        bytearray(base_bytes + limits.memory_mb * 1024 * 1024)
    except MemoryError:
        return True
    return False


def _is_open_refused() -> bool:
    return _refusal(lambda: os.close(os.open("/", os.O_RDONLY))) == errno.EMFILE


def _refusal(attempt: Callable[[], object]) -> int:
    try:
        attempt()
    except OSError as error:
        return error.errno or 0
    return 0


def _in_child(body: Callable[[], int]) -> int:
    """Fork, run, and return the wait status."""
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            os.dup2(os.open(os.devnull, os.O_RDWR), 2)
            os.closerange(3, 1024)
            code = body()
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1]
