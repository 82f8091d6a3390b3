"""Backups are sealed: what is changed, moved, cut off or added is noticed before it is used."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from adminduk.foundation import crypto
from adminduk.foundation.sealed_stream import Damaged, Sealer, Unsealer, unsealed

PIECE = 1 << 20
HEAD = 25


def seal(path: Path, plain: bytes) -> bytes:
    with Sealer(path) as sealer:
        sealer.write(plain)
    return path.read_bytes()


def opened(sealed: bytes) -> bytes:
    return Unsealer(io.BytesIO(sealed)).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_any_length_comes_back(tmp_path: Path, size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert opened(seal(tmp_path / "f", plain)) == plain


def test_reading_in_small_pieces_gives_the_same(tmp_path: Path) -> None:
    plain = b"abc" * PIECE
    seal(tmp_path / "f", plain)
    with unsealed(tmp_path / "f") as file:
        assert b"".join(iter(lambda: file.read(700_001), b"")) == plain


def test_nothing_of_the_plain_text_is_seen(tmp_path: Path) -> None:
    assert b"3374011708900001" not in seal(tmp_path / "f", b"3374011708900001" * 1000)


def _changed(sealed: bytes) -> bytes:
    return sealed[:-30] + bytes((sealed[-30] ^ 1,)) + sealed[-29:]


def _pieces_exchanged(sealed: bytes) -> bytes:
    size = PIECE + 16 + 4
    first, second = sealed[HEAD : HEAD + size], sealed[HEAD + size : HEAD + 2 * size]
    return sealed[:HEAD] + second + first + sealed[HEAD + 2 * size :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit changed": _changed,
    "the last piece missing": lambda sealed: sealed[: HEAD + 2 * (PIECE + 20)],
    "cut off": lambda sealed: sealed[:-1],
    "something added": lambda sealed: sealed + b"x",
    "pieces exchanged": _pieces_exchanged,
    "no beginning": lambda sealed: sealed[8:],
    "empty": lambda _: b"",
    "another salt": lambda sealed: sealed[:9] + b"s" * 16 + sealed[25:],
}


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_noticed(tmp_path: Path, what: str) -> None:
    sealed = seal(tmp_path / "f", b"x" * (2 * PIECE + 5))
    with pytest.raises(Damaged):
        opened(DAMAGES[what](sealed))


def test_a_writer_that_broke_off_leaves_nothing_that_opens(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError), Sealer(tmp_path / "f") as sealer:
        sealer.write(b"x" * 3 * PIECE)
        raise ConnectionError
    with pytest.raises(Damaged):
        opened((tmp_path / "f").read_bytes())


def test_another_installation_cannot_open_it(tmp_path: Path) -> None:
    sealed, ours = seal(tmp_path / "f", b"isi"), crypto.keys()
    try:
        crypto.configure(dataclasses.replace(ours, data={ours.current: b"o" * 32}))
        with pytest.raises(Damaged):
            opened(sealed)
        crypto.configure(dataclasses.replace(ours, current=9, data={9: b"o" * 32}))
        with pytest.raises(Damaged):
            opened(sealed)
    finally:
        crypto.configure(ours)
