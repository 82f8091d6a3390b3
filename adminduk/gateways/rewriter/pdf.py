"""Renders the pages of a PDF. Runs in the child only. Scripts, links and embedded files end here: only pixels leave."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image
from pypdfium2 import raw

from adminduk.gateways.rewriter.limits import MAX_PDF_PAGES, PDF_MAX_SCALE, PDF_SIDE
from adminduk.kernel.errors import DomainError


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Open the document. Raises DomainError file_encrypted, file_too_many_pages, file_unreadable.

    A PDF that opens without a password is read even if its author forbade copying or printing.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        needs_password = error.err_code in (
            raw.FPDF_ERR_PASSWORD,
            raw.FPDF_ERR_SECURITY,
        )
        raise DomainError("file_encrypted" if needs_password else "file_unreadable") from error
    if len(document) > MAX_PDF_PAGES:
        raise DomainError("file_too_many_pages", max_pages=MAX_PDF_PAGES)
    if len(document) < 1:
        raise DomainError("file_unreadable")
    document.init_forms()  # else what a person typed into a form would be missing; this build has no JavaScript
    return document


def render(document: pypdfium2.PdfDocument) -> Iterator[Image.Image]:
    """Yield each page as RGB on white, longest side ≤ 2000 px, scaled by the size the page claims."""
    for number in range(len(document)):
        page = document[number]
        longest = max(page.get_size())
        scale = min(PDF_SIDE / longest, PDF_MAX_SCALE) if longest > 0 else 0.0
        if scale <= 0:
            raise DomainError("file_unreadable")
        bitmap = page.render(scale=scale, rev_byteorder=True)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()
        if max(picture.size) > PDF_SIDE:  # rounding up of the side
            picture = picture.crop((0, 0, min(picture.width, PDF_SIDE), min(picture.height, PDF_SIDE)))
        yield picture
