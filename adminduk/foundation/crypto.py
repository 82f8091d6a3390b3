"""Encryption at rest: AES-256-GCM bound to its place, and keyed blind indexes for equality look-up.

An encrypted value is key id (1 byte) | nonce (12) | ciphertext and tag. `context` is the additional data
"table|column|row|region": a value copied to another row does not open there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adminduk.foundation.keys import Keys

_keys: Keys | None = None
_ciphers: dict[int, AESGCM] = {}


def configure(keys: Keys) -> None:
    """Set the keys of this process (once, by settings)."""
    global _keys  # noqa: PLW0603 - the keys of a process are set once
    _keys = keys
    _ciphers.clear()
    _ciphers.update({number: AESGCM(key) for number, key in keys.data.items()})


def keys() -> Keys:
    """The keys of this process."""
    assert _keys is not None, "crypto.configure() has not been called"
    return _keys


def encrypt(plain: bytes, *, context: str) -> bytes:
    """Encrypt `plain` for the place `context`."""
    number = keys().current
    nonce = os.urandom(12)
    return bytes((number,)) + nonce + _ciphers[number].encrypt(nonce, plain, context.encode())


def decrypt(blob: bytes | memoryview, *, context: str) -> bytes:
    """Open a value. Raises cryptography.exceptions.InvalidTag if it was changed or moved, KeyError for a lost key."""
    blob = bytes(blob)
    return _ciphers[blob[0]].decrypt(blob[1:13], blob[13:], context.encode())


def encrypt_json(value: Any, *, context: str) -> bytes:
    """Encrypt a JSON value whole: no field names, no lengths of single fields left to see."""
    return encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), context=context)


def decrypt_json(blob: bytes | memoryview, *, context: str) -> Any:
    """The JSON value of `encrypt_json`."""
    return json.loads(decrypt(blob, context=context))


def blind_index(text: str, *, purpose: str) -> bytes:
    """Keyed fingerprint for equality look-up. `purpose` separates kinds: a NIK and a No. KK never share one."""
    return hmac.digest(keys().blind_index, f"{purpose}|{text}".encode(), hashlib.sha256)
