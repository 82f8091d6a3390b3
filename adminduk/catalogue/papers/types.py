"""What is measured and read on one page, and what is concluded from it.

Places are fractions (0 to 1) of the stored page's width and height, so that they hold for every size of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Cause(StrEnum):
    """Why a picture should be taken again. Each has one action (`definitions/reference/picture_causes.yaml`)."""

    BLURRED = "blurred"
    DARK = "dark"
    BRIGHT = "bright"
    GLARE = "glare"
    CUT = "cut"
    SMALL = "small"
    SKEWED = "skewed"
    WRONG_TYPE = "wrong_type"
    NOT_DOCUMENT = "not_document"
    UNREADABLE = "unreadable"
    PAGES_MISSING = "pages_missing"
    # only for portraits
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    FACE_SIZE = "face_size"
    FACE_PLACE = "face_place"
    FACE_TILTED = "face_tilted"
    FACE_TURNED = "face_turned"
    GLASSES = "glasses"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle on the page: left, top, right, bottom as fractions 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line as read: `confidence` is the mean of its characters (0 to 1).

    `box` is where it stands on the page as stored; `height` is its height as a fraction of the page's longer side.
    Lines come in reading order of the upright page, also if the page was stored turned.
    """

    text: str
    confidence: float
    box: Box
    height: float
    upright: Box
    """The same place after the page has been turned upright: what stands left of, right of and below what."""
    tilt: float = 0.0
    """How the line runs on the upright page: fall per width, both in fractions; photographed tables hang askew."""
    weakest: float = 1.0
    """Confidence of the least certain character."""
    doubtful: tuple[int, ...] = ()
    """Places in `text` of characters read with a confidence below 0.93, such as an 8 that is a 0 with a stroke."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause, and where on the page (None: all of it)."""

    cause: Cause
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """The cheap stage's account of one page: numbers for the judge, plain enough to be kept as JSON."""

    width: int
    height: int
    numbers: dict[str, float] = field(default_factory=dict)
    """Named measures, as the cheap stage documents them."""
    boxes: dict[str, Box] = field(default_factory=dict)
    """Where on the page the worst of a measure is: glare, cut …"""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What the reading stage saw: turned by `rotation` degrees (0, 90, 180, 270) clockwise to stand upright."""

    lines: tuple[TextLine, ...]
    rotation: int
    found: int
    """Text lines found, read or not."""
    is_complete: bool
    """False when only the lines for a verdict were read."""
    numbers: dict[str, float] = field(default_factory=dict)
    """Named measures of the reading stage, for the judge."""


@dataclass(frozen=True, slots=True)
class ReadField:
    """One value read off the page; `confidence` is that of its worst part."""

    value: str
    confidence: float
    box: Box
    is_certain: bool = False
    """Its own structure, and where there is one its double elsewhere on the page, agree."""


@dataclass(frozen=True, slots=True)
class ReadMember:
    """One person in the table of a Kartu Keluarga; absent fields were not read."""

    fields: dict[str, ReadField]


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A page understood: `kind` is a paper's id, or "other"; `is_document` False: hardly any text at all."""

    kind: str
    kind_confidence: float
    is_document: bool
    fields: dict[str, ReadField]
    members: tuple[ReadMember, ...] = ()
    numbers16: tuple[ReadField, ...] = ()
    """Runs of exactly sixteen digits that can be a number and were read well enough, in reading order."""
    page_number: int | None = None
    page_count: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the picture will do. It never decides: a person may always send what is refused here."""

    accepted: bool
    reasons: tuple[Reason, ...] = ()
    """Worst first; empty when accepted."""
    kind: str = ""
    """What the page seems to be; "" before it is read."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a requirement wants on a page."""

    paper: str
    birth_date: date | None = None
    """For portraits: the colour of the background goes by the year."""
