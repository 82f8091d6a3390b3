"""Whoever has seen enough of an answer leaves, and the child that makes the rest is ended at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adminduk.gateways.bound_child.bounds import WorkBounds
from adminduk.gateways.bound_child.zygote_link import Task, ZygoteLink

BOUNDS = WorkBounds(memory_mb=200, cpu_seconds=600, wall_seconds=600)
SOON = 60.0  # seconds; far below what the bounds allow


@pytest.fixture
def link() -> Iterator[ZygoteLink]:
    link = ZygoteLink(Task("tests.gateways.bound_child.endless", "", BOUNDS))
    yield link
    link.stop()


def children_of(pid: int) -> str:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().strip()


def first_answer(link: ZygoteLink, data: bytes) -> bytes:
    """One reply; then the line is closed."""
    deadline = time.monotonic() + SOON
    line = link.open_line("say")
    try:
        line.send(data, deadline=deadline)
        return next(line.replies(deadline=deadline))
    finally:
        line.close()


def test_a_child_ends_with_the_wish_for_its_answer(link: ZygoteLink) -> None:
    for round_number in range(3):
        assert first_answer(link, b"%d" % round_number) == b"say%d" % round_number
    deadline = time.monotonic() + SOON
    while children_of(link.pid):
        assert time.monotonic() < deadline, "it goes on although nobody waits for it"
        time.sleep(0.01)
    assert link.is_alive()
