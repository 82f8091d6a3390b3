"""What a file may cost. Sizes of files are in bytes, of pictures in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from adminduk.gateways.bound_child.bounds import WorkBounds

MAX_FILE_MB: Final = 10
MAX_FILE_BYTES: Final = MAX_FILE_MB * 1024 * 1024
MAX_MEGAPIXELS: Final = 64
MAX_PIXELS: Final = MAX_MEGAPIXELS * 1024 * 1024  # "64 MP" telephones give 9248 × 6936, a little above 64 million
MAX_PDF_PAGES: Final = 30
MAX_SIGNATURES: Final = 5
MAX_SIGNER_LENGTH: Final = 120
MAX_CODES: Final = 4
MAX_CODE_LENGTH: Final = 500

PICTURE_SIDE: Final = 2400  # longest side of a photograph; the reading of documents gains nothing from more
PDF_SIDE: Final = 2000  # longest side of a rendered page: A4 at 171 dots per inch
PDF_MAX_SCALE: Final = 300 / 72  # a stamp-sized page is not blown up beyond 300 dots per inch
PREVIEW_SIDE: Final = 480
QUALITY: Final = 85
PREVIEW_QUALITY: Final = 70

FILE: Final = "file"  # what the zygote is asked for
PORTRAIT: Final = "portrait"

MAX_REPLY_BYTES: Final = 96 * 1024 * 1024  # thirty pages of noise at full size are about 80 MB


@dataclass(frozen=True, slots=True)
class Limits(WorkBounds):
    """What one child may use. `memory_mb` comes on top of what the warm zygote has mapped.

    64 Mpx with transparency need 256 MB decoded and 256 MB premultiplied; HEIC holds planes, pixels and a copy.
    """

    memory_mb: int = 800
    cpu_seconds: int = 10
    wall_seconds: int = 30
