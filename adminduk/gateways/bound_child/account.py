"""The account that the zygote gives of a child's end, over a pipe of its own that the child never sees."""

from __future__ import annotations

import os
import signal
import struct
from dataclasses import dataclass
from typing import Final

# Wait status, CPU in milliseconds, peak memory in kB, 1 if the zygote ended it at the wall-clock limit.
_FORM: Final = struct.Struct("<iIII")
SIZE: Final = _FORM.size


@dataclass(frozen=True, slots=True)
class Account:
    """`cpu_ms` milliseconds of user and system time, `peak_kb` largest resident memory."""

    status: int
    cpu_ms: int
    peak_kb: int
    is_overdue: bool

    def pack(self) -> bytes:
        return _FORM.pack(self.status, self.cpu_ms, self.peak_kb, self.is_overdue)

    @classmethod
    def unpack(cls, data: bytes) -> Account:
        """Raises struct.error for anything else than one account."""
        status, cpu_ms, peak_kb, is_overdue = _FORM.unpack(data)
        return cls(status, cpu_ms, peak_kb, bool(is_overdue))

    @property
    def is_success(self) -> bool:
        return self.status == 0

    @property
    def is_own_fault(self) -> bool:
        """The machine ended it, not the file: too slow for the wall clock, or the kernel short of memory.

        A file that burns time meets the CPU limit long before the wall clock, so this is a busy machine.
        """
        return self.is_overdue or self.end == "SIGKILL"

    @property
    def end(self) -> str:
        """For the log: "exit 0", or the signal's name (SIGSYS: a forbidden call, SIGXCPU: time, SIGSEGV: a crash)."""
        if os.WIFSIGNALED(self.status):
            return signal.Signals(os.WTERMSIG(self.status)).name
        return f"exit {os.waitstatus_to_exitcode(self.status)}"
