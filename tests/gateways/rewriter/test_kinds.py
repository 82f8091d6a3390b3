"""The first bytes decide."""

import pytest

from adminduk.gateways.rewriter.kinds import recognise


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x14ftypmif1\0\0\0\0mif1", "heic"),
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", "pdf"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", None),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp42", None),
        (b"\xff\xd8", None),
        (b"x" * 70 + b"%PDF-1.4", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_recognise(data: bytes, kind: str | None) -> None:
    assert recognise(data) == kind
