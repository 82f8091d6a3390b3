"""Signatures and QR codes are told from the file as it came, by the bound child; forged ones are told as such."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from adminduk.catalogue.papers.types import Box
from adminduk.gateways.rewriter import cuts, from_environment, order, signatures, signed_message
from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter
from adminduk.gateways.rewriter.signed_message import MalformedMessageError
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.origin import FileSignature, Integrity
from adminduk.modules.documents.ports import SLOT_HEIGHT, SLOT_WIDTH
from tests.signed_pdfs import Signer, exchanged, extended, make_root, make_signer, signed_pdf

HOSTILE = '=HYPERLINK("http://calo.example")<script>alert(1)</script>'


@pytest.fixture(scope="module")
def root() -> Signer:
    return make_root()


@pytest.fixture(scope="module")
def signer(root: Signer) -> Signer:
    return make_signer(root, "Contoh Pejabat")


@pytest.fixture(scope="module")
def rewriter(root: Signer) -> Iterator[ProcessRewriter]:
    made = ProcessRewriter(anchors=root.certificate.public_bytes(Encoding.PEM).decode())
    yield made
    made.close()


@pytest.fixture(scope="module")
def without_anchors() -> Iterator[ProcessRewriter]:
    made = ProcessRewriter()
    yield made
    made.close()


def said(rewriter: ProcessRewriter, pdf: bytes) -> FileSignature:
    (signature,) = rewriter.rewrite(pdf).signatures
    return signature


@pytest.mark.parametrize("is_rsa", [True, False])
@pytest.mark.parametrize("kind", ["adbe.pkcs7.detached", "ETSI.CAdES.detached"])
def test_a_known_signer(rewriter: ProcessRewriter, root: Signer, *, is_rsa: bool, kind: str) -> None:
    pdf = signed_pdf(make_signer(root, "Contoh Pejabat", is_rsa=is_rsa), kind=kind)
    assert said(rewriter, pdf) == FileSignature(Integrity.WHOLE, "Contoh Pejabat", is_known=True)


def test_without_anchors_nobody_is_known(without_anchors: ProcessRewriter, signer: Signer) -> None:
    assert said(without_anchors, signed_pdf(signer)) == FileSignature(Integrity.WHOLE, "Contoh Pejabat")


def test_a_signer_of_another_root(rewriter: ProcessRewriter) -> None:
    stranger = make_signer(make_root("Akar Lain"), "Contoh Pejabat")
    assert said(rewriter, signed_pdf(stranger)) == FileSignature(Integrity.WHOLE, "Contoh Pejabat")


def test_a_root_of_the_same_name_is_another_root(rewriter: ProcessRewriter) -> None:
    assert not said(rewriter, signed_pdf(make_signer(make_root(), "Contoh Pejabat"))).is_known


def test_who_may_sign_may_not_make_others_known(rewriter: ProcessRewriter, signer: Signer) -> None:
    forged = make_signer(signer, "Contoh Atasan")
    pdf = signed_pdf(Signer(forged.certificate, forged.key, (signer.certificate,)))
    assert said(rewriter, pdf) == FileSignature(Integrity.WHOLE, "Contoh Atasan")


def test_a_certificate_that_has_ended(rewriter: ProcessRewriter, root: Signer) -> None:
    pdf = signed_pdf(make_signer(root, "Lama", ended=True))
    assert said(rewriter, pdf) == FileSignature(Integrity.WHOLE, "Lama", is_known=True, is_expired=True)


def test_other_words_than_those_signed(rewriter: ProcessRewriter, signer: Signer) -> None:
    forged = exchanged(signed_pdf(signer, words="NAMA SATU"), b"NAMA SATU", b"NAMA DUA ")
    assert said(rewriter, forged) == FileSignature(Integrity.BROKEN)


def test_something_added_after_signing(rewriter: ProcessRewriter, signer: Signer) -> None:
    assert said(rewriter, extended(signed_pdf(signer))).integrity is Integrity.GROWN


def test_ranges_that_leave_more_out_than_the_signature(rewriter: ProcessRewriter, signer: Signer) -> None:
    pdf = signed_pdf(signer)
    start = pdf.index(b"/ByteRange[0 ") + len(b"/ByteRange[0 ")
    first = int(pdf[start : start + 10])
    assert (
        said(rewriter, pdf[:start] + f"{first - 200:<10d}".encode() + pdf[start + 10 :]).integrity is Integrity.BROKEN
    )


@pytest.mark.parametrize("contents", [b"00" * 100, b"30820003020101", b"3080" * 2000, b"ff" * 50])
def test_a_signature_that_is_none(rewriter: ProcessRewriter, signer: Signer, contents: bytes) -> None:
    pdf = signed_pdf(signer)
    start = pdf.index(b"/Contents<30") + len(b"/Contents<")
    end = pdf.index(b">", start)
    assert said(rewriter, pdf[:start] + contents.ljust(end - start, b"0") + pdf[end:]).integrity is Integrity.UNCHECKED


def test_a_kind_that_is_not_checked(rewriter: ProcessRewriter, signer: Signer) -> None:
    assert said(rewriter, signed_pdf(signer, kind="adbe.x509.rsa_sha1")) == FileSignature(Integrity.UNCHECKED)


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_no_message_or_an_error_that_is_caught(data: bytes) -> None:
    with pytest.raises((MalformedMessageError, ValueError, IndexError)):
        signed_message.read(b"\x30\x80" + data)


def page_with(text: str) -> bytes:
    code, out = io.BytesIO(), io.BytesIO()
    segno.make(text, error="m").save(code, kind="png", scale=6)
    page = Image.effect_noise((1200, 1600), 12).point(lambda value: min(255, value + 100)).convert("RGB")
    page.paste(Image.open(code).convert("RGB"), (500, 900))
    page.rotate(3, fillcolor="grey").save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.mark.parametrize("text", ["https://tte.contoh.example/periksa/abc123", HOSTILE])
def test_a_qr_code_is_read_as_text(rewriter: ProcessRewriter, text: str) -> None:
    assert rewriter.rewrite(page_with(text)).pages[0].codes == (text,)


def test_control_characters_of_a_code_are_left_out(rewriter: ProcessRewriter) -> None:
    (code,) = rewriter.rewrite(page_with("satu\x1b[31m\u202edua\ntiga")).pages[0].codes
    assert code.isprintable()


def test_an_order_from_a_stranger_is_no_file(rewriter: ProcessRewriter) -> None:
    with pytest.raises(DomainError, match="file_type"):
        rewriter.rewrite(order.before(page_with("x"), order.Order(cuts=(Box(0, 0, 1, 1),))))


def test_pieces_stand_one_below_the_other() -> None:
    page = Image.new("RGB", (1000, 800), "white")
    ImageDraw.Draw(page).rectangle((100, 100, 300, 130), fill="black")
    black, nothing = Box(0.1, 0.125, 0.3, 0.1625), Box(0.0, 0.0, 0.0, 0.0)
    strip = cuts.cut(page, (nothing, black, Box(2, 2, 3, 3)), turn=0)
    assert strip.size == (SLOT_WIDTH, 3 * SLOT_HEIGHT)
    darkest = [
        min(strip.convert("L").crop((0, SLOT_HEIGHT * n, SLOT_WIDTH, SLOT_HEIGHT * (n + 1))).tobytes())
        for n in range(3)
    ]
    assert darkest[0] == 255 and darkest[1] < 30 and darkest[2] == 255


def test_pieces_of_a_page_that_lies_stand_upright(rewriter: ProcessRewriter) -> None:
    page, out = Image.new("RGB", (800, 1000), "white"), io.BytesIO()
    ImageDraw.Draw(page).rectangle((100, 100, 130, 500), fill="black")
    page.save(out, "JPEG", quality=85)
    strip = rewriter.cut(out.getvalue(), (Box(0.125, 0.1, 0.1625, 0.5),), turn=90)
    row = Image.open(io.BytesIO(strip)).convert("L").crop((0, SLOT_HEIGHT // 2, SLOT_WIDTH, SLOT_HEIGHT // 2 + 1))
    assert sum(value < 60 for value in row.tobytes()) > SLOT_WIDTH * 0.7  # the upright bar now lies


def test_the_certificates_are_those_of_the_folder(root: Signer, tmp_path: Path) -> None:
    (tmp_path / "akar.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "catatan.txt").write_text("bukan sertifikat")
    made = from_environment(tmp_path)
    assert signatures.anchors_of(made._anchors) == (root.certificate,)
