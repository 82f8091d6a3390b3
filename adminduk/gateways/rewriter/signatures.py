"""Checks the electronic signatures of a PDF before its pages are rewritten. Runs in the child only.

A signature holds for ranges of bytes of the file. Files have been forged by ranges that leave more out than the
signature itself, so exactly its own place may be left out, and what follows the last range is told (GROWN). Trust
comes from a folder of certificates alone; without one nobody is known. No network is asked.
"""

from __future__ import annotations

import ctypes
from datetime import UTC, datetime, timedelta
from typing import Final

import pypdfium2  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.x509 import verification
from cryptography.x509.oid import NameOID
from pypdfium2 import raw

from adminduk.gateways.rewriter import signed_message
from adminduk.gateways.rewriter.codes import plain
from adminduk.gateways.rewriter.limits import MAX_SIGNATURES, MAX_SIGNER_LENGTH
from adminduk.gateways.rewriter.signed_message import MalformedMessageError, SignedMessage
from adminduk.modules.documents.origin import FileSignature, Integrity

_MOST_BYTES: Final = 2 * 1024 * 1024
_KINDS: Final = frozenset({b"adbe.pkcs7.detached", b"ETSI.CAdES.detached"})
_TIMESTAMP: Final = b"ETSI.RFC3161"
_SPACE: Final = b"\0\t\n\f\r "

Anchors = tuple[x509.Certificate, ...]


def warm_up() -> None:
    """Make a certificate and follow its chain once: what that loads, a child could not load itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Contoh")])
    now = datetime.now(UTC)
    start, end = now - timedelta(days=1), now + timedelta(days=1)
    anchor, signer = (
        x509.CertificateBuilder(name, name, key.public_key(), number, start, end)
        .add_extension(x509.BasicConstraints(ca=number == 1, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
        for number in (1, 2)
    )
    _is_known(signer, (), (anchor,), now=now)


def anchors_of(pem: str) -> Anchors:
    """The certificates that the office trusts. Raises ValueError for anything else."""
    return tuple(x509.load_pem_x509_certificates(pem.encode())) if pem else ()


def check(document: pypdfium2.PdfDocument, data: bytes, anchors: Anchors) -> tuple[FileSignature, ...]:
    """What each signature says, in the file's order; time stamps alone are passed over."""
    count = min(max(0, raw.FPDF_GetSignatureCount(document.raw)), MAX_SIGNATURES)
    signatures = (raw.FPDF_GetSignatureObject(document.raw, index) for index in range(count))
    checked = (_check_one(signature, data, anchors) for signature in signatures)
    return tuple(one for one in checked if one is not None)


def _check_one(signature: object, data: bytes, anchors: Anchors) -> FileSignature | None:
    kind = _text(raw.FPDFSignatureObj_GetSubFilter, signature).rstrip(b"\0")
    if kind == _TIMESTAMP:
        return None
    contents = _text(raw.FPDFSignatureObj_GetContents, signature)
    if kind not in _KINDS or not contents:
        return FileSignature(Integrity.UNCHECKED)
    try:
        message = signed_message.read(contents)
        signed, is_last = _signed_bytes(data, _ranges(signature), contents)
        signer = _signer(message, signed)
    except (MalformedMessageError, ValueError, IndexError, UnsupportedAlgorithm):
        return FileSignature(Integrity.UNCHECKED)
    except InvalidSignature:
        return FileSignature(Integrity.BROKEN)
    now = datetime.now(UTC)
    return FileSignature(
        integrity=Integrity.WHOLE if is_last else Integrity.GROWN,
        signer=_name(signer),
        is_known=_is_known(signer, message.certificates, anchors, now=now),
        is_expired=signer.not_valid_after_utc < now,
    )


def _signed_bytes(data: bytes, ranges: tuple[int, ...], contents: bytes) -> tuple[bytes, bool]:
    """What was signed, and whether the file ends with it. Raises InvalidSignature if the ranges leave anything out."""
    if len(ranges) != 4 or min(ranges) < 0:
        raise InvalidSignature
    start, first, second, last = ranges
    end = second + last
    if start != 0 or not first < second <= end <= len(data):
        raise InvalidSignature
    gap = data[first:second]
    if gap[:1] != b"<" or gap[-1:] != b">" or bytes.fromhex(gap[1:-1].decode("ascii")) != contents:
        raise InvalidSignature
    return data[:first] + data[second:end], not data[end:].strip(_SPACE)


def _signer(message: SignedMessage, signed: bytes) -> x509.Certificate:
    """Whose key made it. Raises InvalidSignature, MalformedMessageError."""
    if message.signed is not None and _digest(signed, message.digest) != message.stated_digest:
        raise InvalidSignature
    for certificate in message.signers:
        try:
            _verify(certificate, message, signed if message.signed is None else message.signed)
        except InvalidSignature:
            continue  # another certificate may bear the same number
        return certificate
    if not message.signers:
        raise MalformedMessageError
    raise InvalidSignature


def _verify(certificate: x509.Certificate, message: SignedMessage, signed: bytes) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        scheme: padding.AsymmetricPadding = padding.PKCS1v15()
        if message.signature_kind == signed_message.PSS:
            scheme = padding.PSS(padding.MGF1(message.digest), padding.PSS.AUTO)
        key.verify(message.signature, signed, scheme, message.digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(message.signature, signed, ec.ECDSA(message.digest))
    elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        key.verify(message.signature, signed)
    else:
        raise MalformedMessageError


def _is_known(
    signer: x509.Certificate, others: tuple[x509.Certificate, ...], anchors: Anchors, *, now: datetime
) -> bool:
    """Whether a chain leads to what the office trusts; of a certificate that has ended, on its last day."""
    if not anchors:
        return False
    verifier = (
        verification.PolicyBuilder()
        .store(verification.Store(list(anchors)))
        .time(min(now, signer.not_valid_after_utc - timedelta(seconds=1)))
        .extension_policies(
            ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(),
            ee_policy=verification.ExtensionPolicy.permit_all(),
        )
        .build_client_verifier()
    )
    try:
        verifier.verify(signer, [one for one in others if one != signer])
    except verification.VerificationError:
        return False
    return True


def _name(certificate: x509.Certificate) -> str:
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in certificate.subject.get_attributes_for_oid(kind):
            return plain(str(attribute.value), MAX_SIGNER_LENGTH)
    return ""


def _digest(data: bytes, algorithm: hashes.HashAlgorithm) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(data)
    return digest.finalize()


def _text(ask: object, signature: object) -> bytes:
    """Bytes out of PDFium: asked once for their number, once for them."""
    assert callable(ask)
    size = ask(signature, None, 0)
    if not 0 < size <= _MOST_BYTES:
        return b""
    buffer = ctypes.create_string_buffer(size)
    ask(signature, buffer, size)
    return buffer.raw


def _ranges(signature: object) -> tuple[int, ...]:
    count = raw.FPDFSignatureObj_GetByteRange(signature, None, 0)
    if count != 4:
        return ()
    numbers = (ctypes.c_int * count)()
    raw.FPDFSignatureObj_GetByteRange(signature, numbers, count)
    return tuple(numbers)
