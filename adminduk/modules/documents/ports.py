"""What documents need from outside: a place for bytes, harmless pictures out of strangers' files, a reader."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from adminduk.catalogue.papers.types import Box, Measures, ReadPage
from adminduk.modules.documents.origin import FileSignature

# pixels of each piece of `DocumentRewriter.cut`, and how many pieces it can make at a time
SLOT_WIDTH, SLOT_HEIGHT, MOST_SLOTS = 640, 80, 30


class DocumentStorage(Protocol):
    """Keeps encrypted objects under keys that the storage makes. It never sees plain text, names or owners.

    Every method raises `Unavailable` when the place cannot answer now (disk full, no permission, network);
    what was put and returned from is on stable storage.
    """

    def new_key(self, *, beside: str = "") -> str:
        """A fresh key that nobody can guess; nothing is written. `beside`: a key that it is put together with."""

    def put(self, key: str, data: bytes) -> None:
        """Write the object whole or not at all. The same key again replaces it."""

    def put_all(self, objects: Mapping[str, bytes]) -> None:
        """As `put` for each, in one go: cheaper for keys made `beside` each other."""

    def get(self, key: str) -> bytes:
        """Raises `NotFound` when there is no such object."""

    def delete(self, key: str) -> None:
        """Gone afterwards; a missing object is no error, so that deleting can be repeated."""

    def exists(self, key: str) -> bool: ...

    def list_keys(self, *, written_before: float | None = None) -> Iterator[str]:
        """All keys in no order, for finding orphans; `written_before` is in seconds since 1970 (UTC)."""

    def remove_unfinished(self, *, written_before: float) -> int:
        """Remove what interrupted `put` calls have left behind; return how many."""


@dataclass(frozen=True, slots=True)
class RewrittenPage:
    """One page as a new JPEG without metadata (longest side ≤ 2400 px, a PDF page ≤ 2000 px).

    `preview` is the same picture as a JPEG of ≤ 480 px. Sizes are pixels of `jpeg`. `measures`: what the cheap look
    found, None where it did not work. `codes`: what the QR codes on it say.
    """

    jpeg: bytes
    width: int
    height: int
    preview: bytes
    measures: Measures | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RewrittenFile:
    """`kind` is what the content was: jpeg, png, webp, heic or pdf. A picture has one page, and no signatures."""

    pages: tuple[RewrittenPage, ...]
    kind: str
    signatures: tuple[FileSignature, ...] = ()


class DocumentRewriter(Protocol):
    """Makes new pictures from a stranger's file; nothing of the original bytes is kept."""

    def rewrite(self, data: bytes, *, is_portrait: bool = False) -> RewrittenFile:
        """Decides by content alone. Call it outside any transaction: it takes up to seconds.

        Every page is measured for the judge of pictures; `is_portrait` looks for a face as well.

        Raises `DomainError` with code file_empty, file_too_large(max_mb), file_type, file_unreadable,
        file_too_many_pixels(max_megapixels), file_encrypted or file_too_many_pages(max_pages), and
        `Unavailable` when the rewriter itself cannot work now.
        """

    def cut(self, jpeg: bytes, boxes: tuple[Box, ...], *, turn: int = 0) -> bytes:
        """Places of a stored page, one below the other in one JPEG, each in a slot of SLOT_WIDTH × SLOT_HEIGHT pixels.

        At most MOST_SLOTS. `turn`: by how many degrees clockwise the page stands upright. Raises like `rewrite`.
        """


class DocumentReader(Protocol):
    """Reads the text on a page that was made harmless before; a process of its own holds the models."""

    def read(self, jpeg: bytes, *, is_complete: bool = True) -> ReadPage:
        """The lines of a page; without `is_complete` only those that a verdict needs, which is quicker.

        Call it outside any transaction: it takes about a second. Raises `DomainError("file_unreadable")` when this
        picture cannot be read within the limits, and `Unavailable` when the reader itself cannot work now.
        """

    def read_in_stages(self, jpeg: bytes) -> Generator[ReadPage]:
        """The page with its titles, with all that a verdict needs, then whole: less work than calls of `read`.

        Raises the same. Close it when one is enough: the rest is not worked out then.
        """

    def close(self) -> None:
        """End the reading process. A later call starts another."""
