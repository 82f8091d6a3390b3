"""A seccomp filter for the child: what decoding needs is allowed, the rest is refused by the kernel.

Refused means EPERM, so that a library that merely looks for a font goes on without it. Calls that no decoder ever
makes by itself (network, new programs, new processes, signals to others) end the process with SIGSYS, which the
zygote reports. Memory can never be made executable. Threads are allowed: the HEIC decoder always starts one; they
are bound by the limits of memory and time of the process. Numbers from the kernel's system call tables; source for the
program's form: seccomp(2), linux/bpf_common.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
from collections.abc import Mapping
from typing import Final

# x86_64, aarch64 (-1: the call does not exist there)
_ALLOWED: Final[Mapping[str, tuple[int, int]]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "getpid": (39, 172),
    "exit": (60, 93),
    "gettimeofday": (96, 169),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "exit_group": (231, 94),
    "getrandom": (318, 278),
}
_ALLOWED_UNLESS_EXECUTABLE: Final[Mapping[str, tuple[int, int]]] = {
    "mmap": (9, 222),
    "mprotect": (10, 226),
}
_CLONE: Final = (
    56,
    220,
)  # allowed for a thread of this process, deadly for everything else
_CLONE3: Final = (
    435,
    435,
)  # its flags lie behind a pointer that a filter cannot read: "unknown", then libc uses clone
_DEADLY: Final[Mapping[str, tuple[int, int]]] = {
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "fork": (57, -1),
    "vfork": (58, -1),
    "execve": (59, 221),
    "kill": (62, 129),
    "ptrace": (101, 117),
    "mount": (165, 40),
    "tkill": (200, 130),
    "unshare": (272, 97),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "bpf": (321, 280),
    "execveat": (322, 281),
    "io_uring_setup": (425, 425),
    "pidfd_send_signal": (424, 424),
}
_ARCHITECTURES: Final[Mapping[str, tuple[int, int]]] = {  # column above, AUDIT_ARCH number
    "x86_64": (0, 0xC000003E),
    "aarch64": (1, 0xC00000B7),
}

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _MASK, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000  # SECCOMP_RET_*
_REFUSE, _UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_OFFSET_NUMBER, _OFFSET_ARCH, _OFFSET_FIRST_ARGUMENT, _OFFSET_THIRD_ARGUMENT = (
    0,
    4,
    16,
    32,
)
_OF_A_THREAD = 0x00010000 | 0x00000100  # CLONE_THREAD, CLONE_VM
_OF_A_NAMESPACE = 0x7E020000  # CLONE_NEW*
_X32_BIT = 0x40000000
_PROT_EXEC = 0x4
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = (
    4,
    22,
    38,
    2,
)

_libc = ctypes.CDLL(None, use_errno=True)


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jt", ctypes.c_uint8),
        ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction)))


def is_known_architecture() -> bool:
    """Whether the numbers of the system calls are known for this machine."""
    return platform.machine() in _ARCHITECTURES


def install() -> None:
    """Bind this thread for good. Raises OSError where the kernel refuses, KeyError on an unknown architecture."""
    instructions = _assemble(*_ARCHITECTURES[platform.machine()])
    program = _Program(len(instructions), (_Instruction * len(instructions))(*instructions))
    _control(_PR_SET_NO_NEW_PRIVS, 1)
    _control(_PR_SET_DUMPABLE, 0)  # no core dump, no reading of this memory by processes of the same user
    _control(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program))


def _assemble(column: int, architecture: int) -> list[_Instruction]:
    code = [
        _Instruction(_LOAD, 0, 0, _OFFSET_ARCH),
        _Instruction(_EQUAL, 1, 0, architecture),
        _Instruction(_RETURN, 0, 0, _KILL),
        _Instruction(_LOAD, 0, 0, _OFFSET_NUMBER),
        _Instruction(_AT_LEAST, 0, 1, _X32_BIT),  # the second table of numbers on x86_64
        _Instruction(_RETURN, 0, 0, _KILL),
    ]
    for table, verdict in ((_ALLOWED, _ALLOW), (_DEADLY, _KILL)):
        for numbers in table.values():
            if numbers[column] >= 0:
                code += [
                    _Instruction(_EQUAL, 0, 1, numbers[column]),
                    _Instruction(_RETURN, 0, 0, verdict),
                ]
    for numbers in _ALLOWED_UNLESS_EXECUTABLE.values():
        code += [
            _Instruction(_EQUAL, 0, 4, numbers[column]),
            _Instruction(_LOAD, 0, 0, _OFFSET_THIRD_ARGUMENT),
            _Instruction(_ANY_BIT, 0, 1, _PROT_EXEC),
            _Instruction(_RETURN, 0, 0, _REFUSE),
            _Instruction(_RETURN, 0, 0, _ALLOW),
        ]
    code += [
        _Instruction(_EQUAL, 0, 1, _CLONE3[column]),
        _Instruction(_RETURN, 0, 0, _UNKNOWN),
        _Instruction(_EQUAL, 0, 5, _CLONE[column]),
        _Instruction(_LOAD, 0, 0, _OFFSET_FIRST_ARGUMENT),
        _Instruction(_MASK, 0, 0, _OF_A_THREAD | _OF_A_NAMESPACE),
        _Instruction(_EQUAL, 0, 1, _OF_A_THREAD),
        _Instruction(_RETURN, 0, 0, _ALLOW),
        _Instruction(_RETURN, 0, 0, _KILL),
    ]
    return [*code, _Instruction(_RETURN, 0, 0, _REFUSE)]


def _control(option: int, *arguments: object) -> None:
    padded = [*arguments, 0, 0, 0, 0][:4]
    values = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in padded]
    if _libc.prctl(option, *values) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
