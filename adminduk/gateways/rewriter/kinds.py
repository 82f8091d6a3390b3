"""Which kind of file the bytes are: by content, never by name or by what the browser says."""

from __future__ import annotations

# ISO/IEC 23008-12: still pictures coded with HEVC; `mif1` leaves the coding open (libheif then looks inside).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})
_BEFORE_PDF = b"\xef\xbb\xbf\r\n\t "


def recognise(data: bytes) -> str | None:
    """Return jpeg, png, webp, heic or pdf, or None for everything else (also GIF, TIFF, SVG, AVIF, video)."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heic" if _is_heic(data) else None
    if data[:64].lstrip(_BEFORE_PDF).startswith(b"%PDF-"):
        return "pdf"
    return None


def _is_heic(data: bytes) -> bool:
    """Brands of the first box: the major one and the compatible ones, four bytes each."""
    end = min(int.from_bytes(data[:4], "big"), len(data), 256)
    brands = {data[8:12]} | {data[at : at + 4] for at in range(16, end - 3, 4)}
    return bool(brands & _HEIC_BRANDS) or (b"mif1" in brands and b"avif" not in brands)
