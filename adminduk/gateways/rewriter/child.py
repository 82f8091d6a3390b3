"""What one child does: bind itself, read the file, write the pages, end. It never returns."""

from __future__ import annotations

import gc
import os

from PIL.Image import Image

from adminduk.gateways.bound_child import confinement
from adminduk.gateways.rewriter import codes, cuts, jpeg, order, pdf, pictures, quality, reply, signatures
from adminduk.gateways.rewriter.kinds import recognise
from adminduk.gateways.rewriter.limits import MAX_FILE_BYTES, Limits
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.origin import FileSignature
from adminduk.modules.documents.ports import RewrittenPage

_DATA = 0  # the only descriptor that leads anywhere; 1 and 2 are /dev/null
_CHUNK = 1024 * 1024
_MOST = MAX_FILE_BYTES + 1024 * 1024  # with the order in front


def run(limits: Limits, *, base_bytes: int, filter_calls: bool, is_portrait: bool = False) -> None:
    """Serve the one file on descriptor 0. Any other exception than a refusal ends the child: file_unreadable."""
    confinement.confine(limits, base_bytes=base_bytes, filter_calls=filter_calls)
    gc.disable()
    asked, data = order.part(_read_all())
    try:
        if asked.cuts:
            answer = reply.pack_pages([_strip(data, asked)])
        else:
            found = check_signatures(data, asked)  # before the pages are made anew: afterwards nobody could
            answer = reply.pack_pages(rewrite(data, is_portrait=is_portrait), found)
    except DomainError as refusal:
        answer = reply.pack_refusal(refusal.code)
    view = memoryview(answer)
    while view:
        view = view[os.write(_DATA, view) :]


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
    preview = jpeg.write_preview(picture)
    measures = quality.measure(picture, is_portrait=is_portrait)
    said = () if is_portrait else codes.read(picture)
    return RewrittenPage(jpeg.write(picture), picture.width, picture.height, preview, measures, said)


def _strip(data: bytes, asked: order.Order) -> RewrittenPage:
    strip = cuts.cut(pictures.decode(data, "jpeg"), asked.cuts, turn=asked.turn)
    return RewrittenPage(jpeg.write(strip), strip.width, strip.height, jpeg.write_preview(strip))


def _read_all() -> bytes:
    parts, size = [], 0
    while part := os.read(_DATA, _CHUNK):
        parts.append(part)
        size += len(part)
        if size > _MOST:
            raise ValueError("the web process has sent more than it may")
    return b"".join(parts)
