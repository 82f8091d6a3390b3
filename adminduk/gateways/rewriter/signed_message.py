"""Reads the signed message (CMS, RFC 5652) that a PDF's signature holds. Runs in the child only.

A small reader of its own, because the messages in real files often break the strict form (sets in no order, lengths
left open) that strict readers ask for. Keys, certificates and signatures themselves are `cryptography`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes

MOST_DEPTH: Final = 24
MOST_CERTIFICATES: Final = 12
_INTEGER, _OCTETS, _OID, _SEQUENCE, _SET = 0x02, 0x04, 0x06, 0x30, 0x31
_TAGGED_0, _TAGGED_1, _KEY_ID = 0xA0, 0xA1, 0x80
_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_MESSAGE_DIGEST: Final = bytes.fromhex("2a864886f70d010904")
PSS: Final = bytes.fromhex("2a864886f70d01010a")
_DIGESTS: Final[dict[bytes, type[hashes.HashAlgorithm]]] = {  # SHA-1 is left out: it proves nothing any more
    bytes.fromhex("608648016503040201"): hashes.SHA256,
    bytes.fromhex("608648016503040202"): hashes.SHA384,
    bytes.fromhex("608648016503040203"): hashes.SHA512,
}


class MalformedMessageError(Exception):
    """Not a signed message, or one of a kind that is not read here."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element: its tag, all of its bytes, and what is inside."""

    tag: int
    whole: bytes
    body: bytes

    def parts(self) -> list[Node]:
        return _nodes(self.body, depth=0)


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """What there is to check. `signed` are the bytes that the signature is over; None: over the file itself."""

    digest: hashes.HashAlgorithm
    stated_digest: bytes | None
    signed: bytes | None
    signature_kind: bytes
    signature: bytes
    signers: tuple[x509.Certificate, ...]
    certificates: tuple[x509.Certificate, ...]


def read(data: bytes) -> SignedMessage:
    """What follows the message, a PDF's padding, is passed over: its own last byte may be a zero too.

    Raises MalformedMessageError, and what `cryptography` raises for certificates that it cannot read.
    """
    outer = _nodes(data, depth=0, at_most=1)[0].parts()
    if len(outer) != 2 or (outer[0].tag, outer[0].body) != (_OID, _SIGNED_DATA):
        raise MalformedMessageError
    fields = outer[1].parts()[0].parts()
    signers = fields[-1].parts()
    if fields[-1].tag != _SET or len(signers) != 1:
        raise MalformedMessageError
    held = [node for field in fields[3:-1] if field.tag == _TAGGED_0 for node in field.parts()]
    certificates = tuple(
        x509.load_der_x509_certificate(node.whole) for node in held[:MOST_CERTIFICATES] if node.tag == _SEQUENCE
    )
    return _message(signers[0].parts(), certificates)


def _message(fields: list[Node], certificates: tuple[x509.Certificate, ...]) -> SignedMessage:
    if len(fields) < 5:
        raise MalformedMessageError
    attributes = fields[3] if fields[3].tag == _TAGGED_0 else None
    rest = fields[4:] if attributes else fields[3:]
    digest = _DIGESTS.get(_first_oid(fields[2]))
    if digest is None or len(rest) < 2 or rest[1].tag != _OCTETS:
        raise MalformedMessageError
    return SignedMessage(
        digest=digest(),
        stated_digest=_stated_digest(attributes) if attributes else None,
        signed=bytes([_SET]) + attributes.whole[1:] if attributes else None,
        signature_kind=_first_oid(rest[0]),
        signature=rest[1].body,
        signers=tuple(one for one in certificates if _is_of(one, fields[1])),
        certificates=certificates,
    )


def _is_of(certificate: x509.Certificate, named: Node) -> bool:
    """Whether the signer is named by this certificate's number, or by its key's."""
    if named.tag == _SEQUENCE:
        return certificate.serial_number == int.from_bytes(named.parts()[-1].body, "big", signed=True)
    if named.tag != _KEY_ID:
        raise MalformedMessageError
    try:
        key = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except x509.ExtensionNotFound:
        return False
    return key.value.digest == named.body


def _stated_digest(attributes: Node) -> bytes:
    for attribute in attributes.parts():
        name, values = attribute.parts()[:2]
        if name.body == _MESSAGE_DIGEST:
            return values.parts()[0].body
    raise MalformedMessageError


def _first_oid(node: Node) -> bytes:
    first = node.parts()[0]
    if first.tag != _OID:
        raise MalformedMessageError
    return first.body


def _nodes(data: bytes, *, depth: int, at_most: int = 100_000) -> list[Node]:
    found: list[Node] = []
    at = 0
    while at < len(data) and len(found) < at_most:
        node, at = _node(data, at, depth)
        found.append(node)
    if not found and at_most == 1:
        raise MalformedMessageError
    return found


def _node(data: bytes, at: int, depth: int) -> tuple[Node, int]:
    """The element at `at`, and where the next one begins."""
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F or depth > MOST_DEPTH:
        raise MalformedMessageError
    first, start = data[at + 1], at + 2
    if first == 0x80:
        return _open_node(data, at, depth)
    if first > 0x80:
        start += first & 0x7F
        length = int.from_bytes(data[at + 2 : start], "big")
    else:
        length = first
    end = start + length
    if first > 0x84 or end > len(data):
        raise MalformedMessageError
    return Node(data[at], data[at:end], data[start:end]), end


def _open_node(data: bytes, at: int, depth: int) -> tuple[Node, int]:
    """An element whose length was left open: it ends with two zeros."""
    inner = at + 2
    while data[inner : inner + 2] != b"\0\0":
        inner = _node(data, inner, depth + 1)[1]
    return Node(data[at], data[at : inner + 2], data[at + 2 : inner]), inner + 2
