"""CPU seconds of process trees, read from /proc: own time and that of children that have ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PICTURE_MARK = b"adminduk.gateways.rewriter"


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds since the machine started; differences count.

    `pictures`: the rewriter's processes, and the worker that reads documents with what it asks of the database.
    """

    web: float
    pictures: float
    worker: float
    database: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(
            self.web - other.web,
            self.pictures - other.pictures,
            self.worker - other.worker,
            self.database - other.database,
        )

    @property
    def without_pictures(self) -> float:
        return self.web + self.worker + self.database


@dataclass(frozen=True, slots=True)
class _Process:
    parent: int
    seconds: float
    command: bytes


def _processes() -> dict[int, _Process]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                command = (entry / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended between listing and reading
            ticks = sum(int(stat[index]) for index in (11, 12, 13, 14))
            found[int(entry.name)] = _Process(int(stat[1]), ticks / _TICKS, command)
    return found


def _tree(root: int, processes: dict[int, _Process]) -> Iterator[int]:
    yield root
    for pid, process in processes.items():
        if process.parent == root:
            yield from _tree(pid, processes)


def _is_reader(command: bytes) -> bool:
    return b"worker" in command and b"pictures" in command


def readers_below(supervisor: int) -> list[int]:
    """The worker that reads documents, with its children."""
    processes = _processes()
    roots = (pid for pid, process in processes.items() if process.parent == supervisor and _is_reader(process.command))
    return [pid for root in roots for pid in _tree(root, processes)]


def spent(*, supervisor: int, postmaster: int, picture_backends: frozenset[int]) -> Spent:
    """What the portal below `supervisor` and the server of `postmaster` have used until now.

    `picture_backends`: the server's processes that answer the worker that reads documents.
    """
    processes = _processes()
    web = pictures = worker = database = 0.0
    for child in (pid for pid, process in processes.items() if process.parent == supervisor):
        command = processes[child].command
        members = list(_tree(child, processes))
        if b"granian" in command:
            zygotes = [pid for pid in members if _PICTURE_MARK in processes[pid].command]
            below = {pid for zygote in zygotes for pid in _tree(zygote, processes)}
            pictures += sum(processes[pid].seconds for pid in below)
            web += sum(processes[pid].seconds for pid in members if pid not in below)
        elif _is_reader(command):
            pictures += sum(processes[pid].seconds for pid in members)
        elif b"worker" in command:
            worker += sum(processes[pid].seconds for pid in members)
    for pid in _tree(postmaster, processes):
        if pid in picture_backends:
            pictures += processes[pid].seconds
        else:
            database += processes[pid].seconds
    return Spent(web, pictures, worker, database)
