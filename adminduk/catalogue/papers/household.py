"""The table of persons on a Kartu Keluarga: rows and columns put together from loose cells.

The table comes in two parts, one under the other: name, NIK, sex, birth above; relation and parents below. Every row of
the upper part is found by its NIK, or by its date and sex where the NIK was not read. From there the row is followed
cell by cell to both sides, since a bent sheet lets rows wander. Row n of the lower part belongs to row n of the upper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from adminduk.catalogue.papers.dates import date_in
from adminduk.catalogue.papers.fields import read_value
from adminduk.catalogue.papers.labels import Hit, Vocabulary, hits_of
from adminduk.catalogue.papers.layout import Piece
from adminduk.catalogue.papers.letters import letters
from adminduk.catalogue.papers.numbers import nik_of, runs_in
from adminduk.catalogue.papers.schema import Column, Paper
from adminduk.catalogue.papers.types import ReadField, ReadMember
from adminduk.catalogue.papers.values import Wanted, sex_of

_SEX: Final = re.compile(r"^\W*((?:L[A-Z0-9]K[I1L][\s\-.:]*L[A-Z0-9]K[I1L])|PEREMPUAN)\b", re.IGNORECASE)
_ROW_NUMBER: Final = re.compile(r"^\W*([0-9]{1,2})[.)]?(?:\s+(?=[A-Za-z])|$)")
_COLUMN_NUMBER: Final = re.compile(r"^\W*[0-9]{1,2}\W*$")
_FOLLOW: Final = 0.5  # of a cell's deviation the row bends with it
_REACH: Final = 0.62  # of the distance between rows
_BAND: Final = 4.0  # heights of a letter: headings of one part, some of which take two lines
_ONLY_ROW: Final = 1.6  # heights of a letter, where there is only one row


@dataclass
class _Row:
    """One row while it is put together; `mid_left` and `mid_right` wander with the cells on either side."""

    anchor: Piece
    mid_left: float
    mid_right: float
    cells: list[Piece] = field(default_factory=list)

    def distance(self, piece: Piece) -> float:
        return abs(piece.mid - (self.mid_left if piece.left < self.anchor.left else self.mid_right))

    def take(self, piece: Piece) -> None:
        self.cells.append(piece)
        if piece.left < self.anchor.left:
            self.mid_left += (piece.mid - self.mid_left) * _FOLLOW
        else:
            self.mid_right += (piece.mid - self.mid_right) * _FOLLOW


class HouseholdReader:
    """Reads the members by the columns of a definition."""

    def __init__(self, paper: Paper) -> None:
        self._columns = paper.members
        self._by_heading = {heading: column for column in paper.members for heading in column.headings}
        self._foot = Vocabulary(paper.foot)
        self._vocabulary = Vocabulary(self._by_heading)
        self._relation = next((column for column in paper.members if column.id == "shdk"), None)

    def read(self, pieces: Sequence[Piece], outside: frozenset[str]) -> tuple[ReadMember, ...]:
        """The members in the order of the table. `outside`: numbers that stand above the table."""
        heads = [hit for hit in hits_of(pieces, self._vocabulary) if hit.begin == 0 or _is_short(hit)]
        cells = [cell for piece in self._body(pieces, heads) for cell in split_cells(piece)]
        anchors = self._anchors(cells, outside)
        if not anchors:
            return ()
        rows = _rows_around(anchors, [cell for cell in cells if not _COLUMN_NUMBER.match(cell.text)])
        upper = [self._values(row, self._heads_above(heads, row.anchor)) for row in rows]
        lower = self._lower_rows(cells, heads, rows)
        for values, more in zip(upper, lower, strict=False):
            for name, value in more.items():
                values.setdefault(name, value)
        return tuple(ReadMember(values) for values in upper if values)

    def _body(self, pieces: Sequence[Piece], heads: Sequence[Hit]) -> Iterable[Piece]:
        """What stands between the first heading and the foot, without the headings."""
        top = min((hit.piece.mid for hit in heads if _is_table_head(hit, heads)), default=0.0)
        foot = [piece.mid for piece in pieces if piece.mid > top and self._foot.hits_in(piece)]
        bottom = min((mid for mid in foot if mid > top + 0.1), default=2.0)
        headings = {id(hit.piece) for hit in heads}
        return [
            piece for piece in pieces
            if top < piece.mid < bottom - piece.height / 2 and (id(piece) not in headings or _has_number(piece))
        ]  # fmt: skip

    def _anchors(self, cells: Sequence[Piece], outside: frozenset[str]) -> list[Piece]:
        """NIKs, one below the other; then birth dates beside a sex in rows without one."""
        niks = [cell for cell in cells if any(run.digits not in outside for run in runs_in(cell.text))]
        return sorted([*niks, *_sexes_without(niks, cells)], key=lambda piece: piece.mid)

    def _values(self, row: _Row, heads: dict[str, Hit]) -> dict[str, ReadField]:
        """Cells go to the column that can hold them and is nearest."""
        by_column: dict[str, list[Piece]] = {}
        for cell in sorted(row.cells, key=lambda piece: (piece.left, piece.mid)):
            column = self._column_for(cell, row, heads)
            if column is not None:
                by_column.setdefault(column.id, []).append(cell)
        values: dict[str, ReadField] = {}
        for column in self._columns:
            cells = sorted(
                by_column.get(column.id, ()), key=lambda piece: (round(piece.mid / piece.height), piece.left)
            )
            read = read_value(cells, Wanted(column.type, column.values, column.part))
            if read is not None:
                values[column.id] = read
        return values

    def _column_for(self, cell: Piece, row: _Row, heads: dict[str, Hit]) -> Column | None:
        able = [column for column in self._columns if self._can_hold(column, cell, row)]
        exact = [column for column in able if column.type in ("nik", "sex", "date")]
        able = exact or able
        placed = [column for column in able if column.id in heads]
        placed = [column for column in placed if self._is_in_order(column, cell, row, heads)] or placed
        if placed:
            return min(placed, key=lambda column: _off(cell, heads[column.id]))
        return self._by_order(cell, row, able)

    def _is_in_order(self, column: Column, cell: Piece, row: _Row, heads: dict[str, Hit]) -> bool:
        """Left of the row's NIK, sex and date stand only the columns left of theirs: a leaning page shifts cells."""
        place = heads[column.id].piece.left
        for other in row.cells:
            known = _unmistakable(other)
            if other is cell or known not in heads or known == column.id:
                continue
            if (other.left < cell.left) != (heads[known].piece.left < place):
                return False
        return True

    def _can_hold(self, column: Column, cell: Piece, row: _Row) -> bool:
        if any(runs_in(cell.text)):
            return column.type == "nik"
        if column.type in ("nik", "no_kk"):
            return False
        if column.type == "date":
            return date_in(cell.text) is not None and len(letters(cell.text)) <= 9
        if date_in(cell.text) is not None:
            return False
        return read_value([cell], Wanted(column.type, column.values, column.part)) is not None

    def _by_order(self, cell: Piece, row: _Row, able: Sequence[Column]) -> Column | None:
        """Without headings: the name stands left of the NIK, the birth place between sex and date."""
        dates = [other for other in row.cells if date_in(other.text)]
        wanted = "nama" if cell.right <= row.anchor.left + cell.letter else "tempat_lahir"
        if able and able[0].type in ("nik", "sex", "date"):
            return able[0]
        if wanted == "tempat_lahir" and (not dates or cell.left > dates[0].left):
            return None
        return next((column for column in able if column.id == wanted), None)

    def _heads_above(self, heads: Sequence[Hit], anchor: Piece) -> dict[str, Hit]:
        """The headings of the part in which the row stands, by column: those of the band that is nearest above."""
        above = sorted((hit for hit in heads if hit.piece.mid < anchor.mid), key=lambda hit: hit.piece.mid)
        if not above:
            return {}
        top = above[-1].piece.mid - _BAND * above[-1].piece.height
        return {self._by_heading[hit.label].id: hit for hit in above if hit.piece.mid >= top}

    def _lower_rows(
        self, cells: Sequence[Piece], heads: Sequence[Hit], upper: Sequence[_Row]
    ) -> list[dict[str, ReadField]]:
        """The rows with a relation below the upper part, in the order of the members."""
        if self._relation is None:
            return []
        wanted = Wanted(self._relation.type, self._relation.values)
        last = max(max(row.mid_left, row.mid_right) for row in upper)
        below = [
            cell for cell in cells if cell.mid > last + upper[0].anchor.height and not _COLUMN_NUMBER.match(cell.text)
        ]
        anchors = [cell for cell in below if read_value([cell], wanted) is not None]
        if not anchors:
            return []
        anchors = _one_column(anchors, self._heads_above(heads, anchors[-1]).get(self._relation.id))
        rows = _rows_around(anchors, below)
        return self._in_order_of(
            upper, [(row, self._values(row, self._heads_above(heads, row.anchor))) for row in rows]
        )

    def _in_order_of(
        self, upper: Sequence[_Row], lower: list[tuple[_Row, dict[str, ReadField]]]
    ) -> list[dict[str, ReadField]]:
        """One for one; where a row of either part was not read, by the distance from the first row."""
        if len(lower) == len(upper) or len(upper) < 2:
            return [values for _, values in lower]
        step = _step([row.anchor.mid for row in upper])
        first = lower[0][0].anchor.mid
        placed: dict[int, dict[str, ReadField]] = {}
        for row, values in lower:
            placed.setdefault(round((row.anchor.mid - first) / step), values)
        start = upper[0].anchor.mid
        return [placed.get(round((row.anchor.mid - start) / step), {}) for row in upper]


def split_cells(piece: Piece) -> list[Piece]:
    """Cells that were read as one line: a row's number, a NIK, a sex and a date each stand for themselves."""
    parts: list[Piece] = []
    begin = 0
    if number := _ROW_NUMBER.match(piece.text):
        if number.end() >= len(piece.text):
            return [piece]
        parts.append(piece.part(0, number.end()))
        begin = number.end()
    cuts = [(run.begin, run.end) for run in runs_in(piece.text)]
    if not cuts and (found := date_in(piece.text)):
        cuts = [(found[1], found[2])]
    for start, stop in cuts:
        parts += _split_sex(piece, begin, start)
        parts.append(piece.part(start, stop))
        begin = stop
    parts += _split_sex(piece, begin, len(piece.text))
    return [part for part in parts if part.text]


def _split_sex(piece: Piece, begin: int, end: int) -> list[Piece]:
    text = piece.text[begin:end]
    if found := date_in(text):
        return [*_split_sex(piece, begin, begin + found[1]), piece.part(begin + found[1], begin + found[2]),
                piece.part(begin + found[2], end)]  # fmt: skip
    if found_sex := _SEX.match(text):
        return [piece.part(begin, begin + found_sex.end()), piece.part(begin + found_sex.end(), end)]
    return [piece.part(begin, end)]


def _rows_around(anchors: Sequence[Piece], cells: Sequence[Piece]) -> list[_Row]:
    """Each cell joins the row that runs nearest to it, beginning with the cells beside the anchors."""
    rows = [_Row(anchor, anchor.mid, anchor.mid) for anchor in anchors]
    reach = _reach(anchors)
    middle = sum(anchor.left for anchor in anchors) / len(anchors)
    for cell in sorted(cells, key=lambda piece: abs(piece.left - middle)):
        row = min(rows, key=lambda each: each.distance(cell))
        if row.distance(cell) <= reach:
            row.take(cell)
    return rows


def _reach(anchors: Sequence[Piece]) -> float:
    if len(anchors) < 2:
        return _ONLY_ROW * anchors[0].height / 2
    return min(_step([anchor.mid for anchor in anchors]) * _REACH, anchors[0].height * 2.5)


def _step(mids: Sequence[float]) -> float:
    """The usual distance between two rows: the smaller half of the distances, since rows may be missing."""
    gaps = sorted(later - earlier for earlier, later in pairwise(mids) if later - earlier > 1e-4)
    return gaps[len(gaps) // 3] if gaps else 0.02


def _sexes_without(niks: Sequence[Piece], cells: Sequence[Piece]) -> list[Piece]:
    """Sexes beside a date in rows where no NIK was read: the person is there all the same."""
    dates = [cell for cell in cells if date_in(cell.text)]
    found = []
    for cell in cells:
        if not _SEX.match(cell.text) or sex_of(cell.text) is None or any(_beside(cell, nik) for nik in niks):
            continue
        if any(_beside(cell, other) for other in dates):
            found.append(cell)
    return found


def _beside(one: Piece, other: Piece) -> bool:
    return abs(one.mid - other.mid) <= 0.8 * max(one.height, other.height)


def _one_column(anchors: Sequence[Piece], head: Hit | None) -> list[Piece]:
    """The relations that stand in one column: words like ANAK may stand in names too."""
    place = head.piece.left if head else sorted(anchor.left for anchor in anchors)[len(anchors) // 2]
    width = (head.piece.right - head.piece.left) if head else 12 * anchors[0].letter
    return [anchor for anchor in anchors if abs(anchor.left - place) <= width]


def _off(cell: Piece, head: Hit) -> float:
    """How far the cell lies outside the heading's width; cells begin at the left edge, headings stand in the middle."""
    centre = (cell.left + cell.right) / 2
    left = head.piece.left + head.begin * head.piece.letter
    return max(left - centre, centre - head.right, 0.0) + abs(centre - (left + head.right) / 2) * 0.05


def _is_short(hit: Hit) -> bool:
    return len(hit.piece.text) <= len(hit.label) + 6


def _is_table_head(hit: Hit, heads: Sequence[Hit]) -> bool:
    """A heading has other headings beside it; "NIK" and "Nama" stand elsewhere too."""
    return sum(abs(other.piece.mid - hit.piece.mid) <= 2 * hit.piece.height for other in heads) >= 3


def _unmistakable(cell: Piece) -> str:
    """The column of a cell that can be nothing else; "" for other cells. A date may be that of birth or marriage."""
    if any(runs_in(cell.text)):
        return "nik"
    return "jenis_kelamin" if _SEX.match(cell.text) else "tanggal_lahir" if date_in(cell.text) else ""


def _has_number(piece: Piece) -> bool:
    return any(nik_of(run.digits) for run in runs_in(piece.text))
