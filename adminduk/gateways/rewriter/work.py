"""What one child does with one file: decode, measure, write anew. Loaded by the zygote alone (`bound_child.zygote`)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL.Image import Image

from adminduk.gateways.rewriter import codes, cuts, jpeg, order, pdf, pictures, quality, reply, signatures, warm
from adminduk.gateways.rewriter.kinds import recognise
from adminduk.gateways.rewriter.limits import PORTRAIT
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.origin import FileSignature
from adminduk.modules.documents.ports import RewrittenPage


def warm_up(_setting: str) -> None:
    """Load and use everything once, before there are children."""
    warm.warm_up()


def work(asked_for: str, data: bytes) -> Iterator[bytes]:
    """One reply: the pages, or why there are none. Any other exception ends the child: file_unreadable."""
    asked, data = order.part(data)
    is_portrait = asked_for == PORTRAIT
    try:
        if asked.cuts:
            yield reply.pack_pages([_strip(data, asked)])
        else:
            found = check_signatures(data, asked)  # before the pages are made anew: afterwards nobody could
            yield reply.pack_pages(rewrite(data, is_portrait=is_portrait), found)
    except DomainError as refusal:
        yield reply.pack_refusal(refusal.code)


def rewrite(data: bytes, *, is_portrait: bool = False) -> list[RewrittenPage]:
    """Decode, measure, write anew. Raises DomainError for what is refused, what decoders raise for what is broken."""
    kind = recognise(data)
    if kind is None:
        raise DomainError("file_type")
    if kind == "pdf":
        return [_page(picture, is_portrait) for picture in pdf.render(pdf.open_pdf(data))]
    return [_page(pictures.decode(data, kind), is_portrait)]


def check_signatures(data: bytes, asked: order.Order) -> tuple[FileSignature, ...]:
    """What the signatures of a PDF say; nothing for other files."""
    if recognise(data) != "pdf":
        return ()
    return signatures.check(pdf.open_pdf(data), data, signatures.anchors_of(asked.anchors))


def _page(picture: Image, is_portrait: bool) -> RewrittenPage:
    pixels = np.asarray(picture)  # a copy: once is enough
    preview = jpeg.write_preview(pixels)
    measures = quality.measure(pixels, is_portrait=is_portrait)
    said = () if is_portrait else codes.read(pixels)
    return RewrittenPage(jpeg.write(picture), picture.width, picture.height, preview, measures, said)


def _strip(data: bytes, asked: order.Order) -> RewrittenPage:
    strip = cuts.cut(pictures.decode(data, "jpeg"), asked.cuts, turn=asked.turn)
    return RewrittenPage(jpeg.write(strip), strip.width, strip.height, jpeg.write_preview(strip))
