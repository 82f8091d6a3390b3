"""Uses every decoder once on harmless bytes, so that a child finds all code loaded: it can open no file itself."""

from __future__ import annotations

import importlib
import io

from PIL import Image

from adminduk.gateways.rewriter import codes, jpeg, pdf, pictures, quality, signatures

_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 32>>stream
BT /F 12 Tf 9 9 Td (contoh) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


# Decoders import these only when a file has EXIF, several pictures, or text in a certain encoding.
_LATE_IMPORTS = (
    *("PIL.TiffImagePlugin", "PIL.MpoImagePlugin", "PIL.ExifTags", "PIL.ImageMode"),
    *("encodings.ascii", "encodings.latin_1", "encodings.utf_8", "encodings.utf_16", "encodings.idna"),
)


def warm_up() -> None:
    """Decode, turn, shrink, measure and write one small picture of each kind that can be made here."""
    quality.warm_up()  # first: it forbids OpenCV the threads that its first picture begins
    for name in _LATE_IMPORTS:
        importlib.import_module(name)
    exif = Image.Exif()
    exif[0x0112] = 6
    sample = Image.effect_noise((64, 48), 50).convert("RGBA")
    for kind, form, mode in (
        ("jpeg", "JPEG", "RGB"),
        ("png", "PNG", "RGBA"),
        ("webp", "WEBP", "RGBA"),
    ):
        out = io.BytesIO()
        sample.convert(mode).save(out, form, exif=exif)
        jpeg.write(pictures.decode(out.getvalue(), kind))
    jpeg.write_preview(Image.new("RGB", (2600, 2500)))
    codes.read(Image.new("RGB", (64, 48)))
    signatures.warm_up()
    for page in pdf.render(pdf.open_pdf(_PDF)):
        jpeg.write(page)
    try:
        pictures.decode(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic")
    except (ValueError, RuntimeError, OSError, EOFError, SyntaxError):
        return  # libheif is loaded, and has rightly found no picture
