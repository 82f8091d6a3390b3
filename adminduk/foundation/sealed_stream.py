"""A long stream encrypted in pieces: no piece can be changed, moved, left out, or the end cut off unnoticed.

Format: 8 bytes "ADSEAL01", key id (1 byte), 16 bytes of salt, then pieces of length (4 bytes) and AES-256-GCM text.
Each file has a key of its own, derived from the installation's data key and the salt; the nonce is the piece's number
with a mark on the last one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from adminduk.foundation import crypto

_MAGIC: Final = b"ADSEAL01"
_PIECE: Final = 1 << 20
_SALT: Final = 16
_LENGTH: Final = 4


class Damaged(Exception):
    """The stream is not what was written, or the key is another one."""


def _cipher(key_id: int, salt: bytes) -> AESGCM:
    try:
        master = crypto.keys().data[key_id]
    except KeyError as error:
        raise Damaged("sealed with a key that this installation does not have") from error
    return AESGCM(HKDF(SHA256(), 32, salt, b"adminduk sealed stream").derive(master))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return bytes((is_last,)) + number.to_bytes(11, "big")


class Sealer:
    """A writable, sealing file. Leave its block without an error, or the file stays without an end and never opens.

    `digest` is the SHA-256 of the sealed file, for a manifest.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        salt, key_id = os.urandom(_SALT), crypto.keys().current
        self._cipher = _cipher(key_id, salt)
        self._waiting = bytearray()
        self._number = 0
        self._hash = hashlib.sha256()
        self._put(_MAGIC + bytes((key_id,)) + salt)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def write(self, data: bytes) -> int:
        """Take more of the plain text."""
        self._waiting += data
        while len(self._waiting) > _PIECE:
            self._seal(bytes(self._waiting[:_PIECE]), is_last=False)
            del self._waiting[:_PIECE]
        return len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._seal(bytes(self._waiting), is_last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
        self._file.close()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, is_last=is_last), plain, None)
        self._put(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        self._number += 1

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)


class Unsealer:
    """A readable that gives the plain text of a sealed file; it ends at the true end only and raises Damaged before."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        if file.read(len(_MAGIC)) != _MAGIC:
            raise Damaged("not a sealed stream")
        key_id, salt = file.read(1), file.read(_SALT)
        if len(salt) != _SALT:
            raise Damaged("the beginning is cut off")
        self._cipher = _cipher(key_id[0], salt)
        self._number = 0
        self._waiting = b""
        self._has_ended = False

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all that is left for -1."""
        while not self._has_ended and (size < 0 or len(self._waiting) < size):
            self._waiting += self._open_next()
        taken = self._waiting if size < 0 else self._waiting[:size]
        self._waiting = self._waiting[len(taken) :]
        return taken

    def _open_next(self) -> bytes:
        length = int.from_bytes(self._file.read(_LENGTH), "big")
        sealed = self._file.read(length)
        if not length or len(sealed) != length:
            raise Damaged("the end is cut off")
        for is_last in (False, True):
            try:
                plain = self._cipher.decrypt(_nonce(self._number, is_last=is_last), sealed, None)
            except InvalidTag:
                continue
            self._number += 1
            self._has_ended = is_last
            if is_last and self._file.read(1):
                raise Damaged("something was added")
            return plain
        raise Damaged("changed, moved, or sealed with another key")


@contextmanager
def unsealed(path: Path) -> Iterator[Unsealer]:
    """Open a sealed file. Raises Damaged."""
    with path.open("rb") as file:
        yield Unsealer(file)
