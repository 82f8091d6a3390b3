"""The web process's end of a zygote: start it, hand it a file, see it gone, stop it."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

import adminduk
from adminduk.gateways.rewriter.limits import FILE, PORTRAIT, Limits
from adminduk.kernel.errors import Unavailable

log = logging.getLogger(__name__)

_START_SECONDS: Final = 30
_STOP_SECONDS: Final = 5
_REPORT_BYTES: Final = 4096
_ZYGOTE: Final = "adminduk.gateways.rewriter.zygote"
# A process with threads can neither leave the network nor be forked safely; numpy and OpenCV start them when loaded.
_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENCV_OPENCL_RUNTIME": "disabled"}


@dataclass(frozen=True, slots=True)
class Line:
    """Where one file goes in and comes out (`data`), and where the zygote tells how the child ended (`account`)."""

    data: socket.socket
    account: int

    def close(self) -> None:
        self.data.close()
        os.close(self.account)


class ZygoteLink:
    """One running zygote. `layers` holds per layer of confinement "" or why it is missing."""

    def __init__(self, limits: Limits) -> None:
        """Start it and wait for its report (about 0.3 s). Raises Unavailable."""
        self.owner_pid = os.getpid()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-m", _ZYGOTE, str(theirs.fileno()), limits.to_json()],
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
            raise Unavailable("the rewriter's process did not start") from error
        for layer, reason in self.layers.items():
            if reason:
                log.warning("rewriter runs without its layer %s: %s", layer, reason)

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def open_line(self, *, is_portrait: bool = False) -> Line:
        """Have a child forked for one file. Raises Unavailable when the zygote is gone."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        account, their_account = os.pipe()
        try:
            socket.send_fds(self._control, [PORTRAIT if is_portrait else FILE], [theirs.fileno(), their_account])
        except OSError as error:
            ours.close()
            os.close(account)
            raise Unavailable("the rewriter's process is gone") from error
        finally:
            theirs.close()
            os.close(their_account)
        return Line(ours, account)

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

    def _hear_report(self) -> dict[str, str]:
        self._control.settimeout(_START_SECONDS)
        return msgspec.json.decode(self._control.recv(_REPORT_BYTES), type=dict[str, str])


class ZygoteKeeper:
    """Keeps one zygote for this process: started when first asked for, replaced when dead or inherited by a fork."""

    def __init__(self, limits: Limits, *, required_layers: frozenset[str]) -> None:
        self._limits = limits
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
                link = self._link = ZygoteLink(self._limits)
            missing = sorted(layer for layer in self._required_layers if link.layers.get(layer, "unknown"))
            if missing:
                log.error("rewriter refuses to work without %s", ", ".join(missing))
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


def _bare_environment() -> dict[str, str]:
    """Where this process finds its modules, and nothing else."""
    root = str(Path(adminduk.__file__).resolve().parent.parent)
    places = os.pathsep.join(dict.fromkeys([root, *(place for place in sys.path if Path(place).is_absolute())]))
    return {
        "PYTHONPATH": places,
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "1",
    } | _ONE_THREAD
