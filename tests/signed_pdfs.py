"""Signed PDFs and the certificates behind them, made anew in each run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_PLACE = 8192


@dataclass(frozen=True)
class Signer:
    """A certificate with its key, and those between it and the root."""

    certificate: x509.Certificate
    key: Key
    between: tuple[x509.Certificate, ...] = ()


def make_root(name: str = "Akar Contoh") -> Signer:
    key = ec.generate_private_key(ec.SECP256R1())
    return Signer(_certificate(name, key, name, key, is_authority=True), key)


def make_signer(root: Signer, name: str, *, ended: bool = False, is_rsa: bool = True) -> Signer:
    key: Key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP256R1())
    issuer = root.certificate.subject.rfc4514_string().removeprefix("CN=")
    made = _certificate(name, key, issuer, root.key, is_authority=False, ended=ended)
    return Signer(made, key)


def _certificate(
    name: str, key: Key, issuer: str, issuer_key: Key, *, is_authority: bool, ended: bool = False
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not is_authority, content_commitment=not is_authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_authority, crl_sign=is_authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=800))
        .not_valid_after(now - timedelta(days=10) if ended else now + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def signed_pdf(signer: Signer, *, words: str = "AKTA CONTOH", kind: str = "adbe.pkcs7.detached") -> bytes:
    """One page with one signature over all of the file."""
    text = f"BT /F 24 Tf 60 700 Td ({words}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[6 0 R]/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(text)}>>\nstream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(Tanda)/Rect[0 0 0 0]/F 132/V 7 0 R/P 3 0 R>>",
        f"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/{kind}/ByteRange[0 {'#' * 10} {'#' * 10} {'#' * 10}]"
        f"/Contents<{'0' * _PLACE}>>>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{written}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    body += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode()
    return _sign(body, signer)


def _sign(body: bytes, signer: Signer) -> bytes:
    opening = body.index(b"/Contents<") + len(b"/Contents")
    closing = opening + _PLACE + 2
    ranges = f"{opening:<10d} {closing:<10d} {len(body) - closing:<10d}".encode()
    marks = b" ".join([b"#" * 10] * 3)
    body = body.replace(marks, ranges)
    signed = body[:opening] + body[closing:]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(signed)
    builder = builder.add_signer(signer.certificate, signer.key, hashes.SHA256())
    for one in signer.between:
        builder = builder.add_certificate(one)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities]
    message = builder.sign(serialization.Encoding.DER, options).hex().encode()
    return body[: opening + 1] + message.ljust(_PLACE, b"0") + body[closing - 1 :]


def exchanged(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """The same file with other words of the same length: forged."""
    assert len(old) == len(new) and old in pdf
    return pdf.replace(old, new)


def extended(pdf: bytes) -> bytes:
    """The same file with an update appended that nobody has signed."""
    start = pdf.rindex(b"startxref") + len(b"startxref\n")
    before = int(pdf[start : pdf.index(b"\n", start)])
    added = b"8 0 obj\n<</Contoh(tambahan)>>\nendobj\n"
    table = len(pdf) + len(added)
    return (
        pdf
        + added
        + (
            f"xref\n8 1\n{len(pdf):010d} 00000 n \n"
            f"trailer<</Size 9/Root 1 0 R/Prev {before}>>\nstartxref\n{table}\n%%EOF\n"
        ).encode()
    )
