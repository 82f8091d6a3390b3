"""Values read off a paper by the places that its definition names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz

from adminduk.catalogue.papers.dates import date_in
from adminduk.catalogue.papers.labels import Hit, Stream, Vocabulary, hits_of, without_labels
from adminduk.catalogue.papers.layout import Piece, around, is_same_row
from adminduk.catalogue.papers.letters import letters
from adminduk.catalogue.papers.schema import Field, Paper
from adminduk.catalogue.papers.types import ReadField
from adminduk.catalogue.papers.values import Wanted, value_of

_FIRST_GAP: Final = 24  # letters between a label and its value
_NEXT_GAP: Final = 5  # letters between two pieces of one value
_WEAK: Final = 2  # letters
_BELOW: Final = 2.8  # heights of a line
_LIKE_TRANSLATION: Final = 70.0
_FAINT: Final = 0.6


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the labels of one paper found on it."""

    pieces: tuple[Piece, ...]
    hits: tuple[Hit, ...]

    def begins_label(self, piece: Piece) -> bool:
        """Whether a label begins the piece. "No." without a colon does not: addresses go on with it."""
        starts = (hit for hit in self.hits if hit.piece is piece and hit.begin == 0)
        return any(len(letters(hit.label)) > _WEAK or piece.text[hit.end :].lstrip()[:1] == ":" for hit in starts)


class FieldReader:
    """Reads the fields of one paper; made once for each definition."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        labels = {label for field in paper.fields for label in (*field.labels, *field.section)}
        self._vocabulary = Vocabulary((*labels, *paper.ignore))
        self._ignored = [letters(text) for text in paper.ignore]
        self._needs_stream = any(field.after for field in paper.fields)

    def read(self, pieces: Sequence[Piece]) -> dict[str, ReadField]:
        """Every field that is there, by id."""
        page = Page(tuple(pieces), tuple(self._true_labels(hits_of(pieces, self._vocabulary))))
        stream = Stream(self._without_translations(pieces)) if self._needs_stream else None
        found: dict[str, ReadField] = {}
        for field in self._paper.fields:
            read = self._field(field, page, stream)
            if read is not None:
                found[field.id] = read
        return found

    def _true_labels(self, hits: Sequence[Hit]) -> Iterator[Hit]:
        """Without values that begin like their own label: "Kabupaten/Kota" and right of it "KABUPATEN SIKKA"."""
        for hit in hits:
            kin = {label for field in self._paper.fields if hit.label in field.labels for label in field.labels}
            left = (other for other in hits if other.piece is not hit.piece and other.label in kin)
            if not any(is_same_row(other.piece, hit.piece) and other.right <= hit.piece.left + 0.02 for other in left):
                yield hit

    def _without_translations(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            plain = letters(piece.text)
            is_faint = piece.confidence < _FAINT
            if is_faint or any(fuzz.ratio(plain, text) >= _LIKE_TRANSLATION for text in self._ignored):
                continue
            yield piece

    def _field(self, field: Field, page: Page, stream: Stream | None) -> ReadField | None:
        wanted = Wanted(field.type, field.values, field.part)
        for candidate in self._candidates(field, page, stream):
            read = read_value(candidate, wanted)
            if read is not None:
                return read
        return None

    def _candidates(self, field: Field, page: Page, stream: Stream | None) -> Iterator[list[Piece]]:
        for hit in self._hits_for(field, page):
            yield value_right(hit, page, field.lines)
            if field.is_below:
                yield value_below(hit, page)
        if stream is not None and field.after:
            yield from stream.between(field.after, field.until)
        if field.is_dateline:
            yield from _datelines(page)

    def _hits_for(self, field: Field, page: Page) -> list[Hit]:
        """The labels of the field in reading order; with a section, those from its heading to the next section's."""
        hits = page.hits
        if field.section:
            begin = next((at for at, hit in enumerate(hits) if hit.label in field.section), len(hits))
            others = {label for other in self._paper.fields for label in other.section} - {*field.section}
            end = next((at for at in range(begin, len(hits)) if hits[at].label in others), len(hits))
            hits = hits[begin:end]
        return [hit for hit in hits if hit.label in field.labels]


def value_right(hit: Hit, page: Page, lines: int = 1) -> list[Piece]:
    """What stands behind the label: in the same piece, then in the row, as far as no other label begins."""
    found: list[Piece] = []
    own = without_labels(hit.piece, page.hits, hit.end)
    if letters(own.text) or any(char.isdigit() for char in own.text):
        found.append(own)
    if any(other.piece is hit.piece and other.begin >= hit.end for other in page.hits):
        return found
    end = found[-1].right if found else hit.right
    for piece in _row_right(hit, page):
        if found and piece.left < end - 2 * piece.letter:  # large print of a line above reaches into this row
            continue
        gap = (piece.left - end) / max(piece.letter, hit.piece.letter, 1e-6)
        if page.begins_label(piece) or gap > (_NEXT_GAP if found else _FIRST_GAP):
            break
        part = without_labels(piece, page.hits)
        if part.text:
            found.append(part)
            end = piece.right
        if len(part.text) < len(piece.text.strip(" :")):
            break
    return found + (_continued(found, page, lines - 1) if found else [])


def _row_right(hit: Hit, page: Page) -> list[Piece]:
    """Pieces right of the label in its row; when the row is empty, the nearest that belongs to no other label."""
    right = [piece for piece in page.pieces if piece is not hit.piece and piece.left >= hit.right - 2 * piece.letter]
    row = [piece for piece in right if is_same_row(hit.piece, piece)]
    if not row:
        near = [p for p in right if abs(p.mid - hit.piece.mid) <= hit.piece.height and _nearest_label(p, page) is hit]
        row = [min(near, key=lambda piece: piece.left)] if near else []
    return sorted(row, key=lambda piece: piece.left)


def _nearest_label(piece: Piece, page: Page) -> Hit | None:
    left = [hit for hit in page.hits if hit.piece is not piece and hit.right <= piece.left + 2 * piece.letter]
    return min(left, key=lambda hit: abs(hit.piece.mid - piece.mid), default=None)


def _continued(found: list[Piece], page: Page, lines: int) -> list[Piece]:
    """The lines of the value under its first one: they begin where it begins, and no label stands left of them."""
    more: list[Piece] = []
    last = found[0]
    for _ in range(lines):
        below = [piece for piece in page.pieces if _is_next_line(last, piece) and not page.begins_label(piece)]
        below = [piece for piece in below if not any(_is_left_of(hit, piece) for hit in page.hits)]
        if not below:
            break
        last = min(below, key=lambda piece: piece.mid)
        more.append(last)
    return more


def _is_left_of(hit: Hit, piece: Piece) -> bool:
    return hit.piece is not piece and is_same_row(hit.piece, piece) and hit.right <= (piece.left + piece.right) / 2


def _is_next_line(above: Piece, piece: Piece) -> bool:
    step = (piece.mid - above.mid) / max(above.height, 1e-6)
    return 0.6 < step <= 2.0 and abs(piece.left - above.left) <= 4 * above.letter


def value_below(hit: Hit, page: Page) -> list[Piece]:
    """The nearest piece under the label that is no label itself."""
    label = hit.piece
    below = [
        piece
        for piece in page.pieces
        if 0.6 * label.height < piece.mid - label.mid <= _BELOW * label.height
        and piece.left < hit.right + 4 * piece.letter
        and piece.right > label.left - 4 * piece.letter
        and not page.begins_label(piece)
    ]
    return [min(below, key=lambda piece: piece.mid)] if below else []


def _datelines(page: Page) -> Iterator[list[Piece]]:
    """Lines such as "Semarang, 3 Mei 2026", from the bottom: a place and a date, and no label before it."""
    for piece in reversed(page.pieces):
        found = date_in(piece.text)
        if found is None or any(hit.piece is piece for hit in page.hits):
            continue
        before = piece.text[: found[1]].rstrip(" ,")
        has_label = any(is_same_row(hit.piece, piece) and hit.right <= piece.left for hit in page.hits)
        if before and len(before.split()) <= 5 and not has_label and not before.startswith(":"):
            yield [piece]


def read_value(pieces: Sequence[Piece], wanted: Wanted) -> ReadField | None:
    """The value that the pieces say together; None when they say none of this type."""
    if not pieces:
        return None
    value = value_of(" ".join(piece.text for piece in pieces), wanted)
    if value is None:
        return None
    return ReadField(value, min(piece.confidence for piece in pieces), around(piece.box for piece in pieces))


def certain(read: ReadField) -> ReadField:
    """The same value, marked as certain."""
    return replace(read, is_certain=True)
