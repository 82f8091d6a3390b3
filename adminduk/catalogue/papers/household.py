"""The table of persons on a Kartu Keluarga: rows and columns put together from loose cells.

The table comes in two parts, one under the other: name, NIK, sex, birth above; relation and parents below. Every row of
the upper part is found by its NIK, or by its date and sex where the NIK was not read. From there the row is followed
cell by cell to both sides, since a bent sheet lets rows wander. Row n of the lower part belongs to row n of the upper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
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
_COLUMN_OF_KIND: Final = {"nik": "nik", "sex": "jenis_kelamin", "date": "tanggal_lahir"}
_WORD: Final = 4  # letters
_FOLLOW: Final = 0.5  # of a cell's deviation the row bends with it
_REACH: Final = 0.62  # of the distance between rows
_BAND: Final = 4.0  # heights of a letter: headings of one part, some of which take two lines
_ONLY_ROW: Final = 1.6  # heights of a letter, where there is only one row


@dataclass(frozen=True, slots=True)
class Cell(Piece):
    """A piece of the table. `kind`: nik, sex or date where it can be nothing else."""

    kind: str = ""


@dataclass
class _Row:
    """One row while it is put together; `mid_left` and `mid_right` wander with the cells on either side."""

    anchor: Cell
    mid_left: float
    mid_right: float
    cells: list[Cell] = field(default_factory=list)

    def distance(self, piece: Cell) -> float:
        return abs(piece.mid - (self.mid_left if piece.left < self.anchor.left else self.mid_right))

    def take(self, piece: Cell) -> None:
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

    def _anchors(self, cells: Sequence[Cell], outside: frozenset[str]) -> list[Cell]:
        """NIKs, one below the other; then birth dates beside a sex in rows without one."""
        niks = [cell for cell in cells if cell.kind == "nik"]
        niks = [cell for cell in niks if any(run.digits not in outside for run in runs_in(cell.text))]
        return sorted([*niks, *_sexes_without(niks, cells)], key=lambda piece: piece.mid)

    def _values(self, row: _Row, heads: dict[str, Hit]) -> dict[str, ReadField]:
        """Cells go to the column that can hold them and is nearest."""
        by_column: dict[str, list[Cell]] = {}
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

    def _column_for(self, cell: Cell, row: _Row, heads: dict[str, Hit]) -> Column | None:
        able = [column for column in self._columns if _can_hold(column, cell)]
        placed = [column for column in able if column.id in heads]
        placed = [column for column in placed if self._is_in_order(column, cell, row, heads)]
        nearest = min(placed, key=lambda column: _off(cell, heads[column.id]), default=None)
        if nearest is not None and (cell.kind or _off(cell, heads[nearest.id]) <= _wide(heads[nearest.id])):
            return nearest if nearest.values else self._by_word(cell, heads) or nearest
        return self._by_word(cell, heads) or _by_order(cell, row, [column for column in able if column.id not in heads])

    def _by_word(self, cell: Cell, heads: dict[str, Hit]) -> Column | None:
        """The column, of which the heading was not read, whose words hold this very one: KEPALA KELUARGA, ISLAM."""
        plain = letters(cell.text)
        lost = (column for column in self._columns if column.values and column.id not in heads)
        if cell.kind or len(plain) < _WORD:
            return None
        return next((column for column in lost if plain in map(letters, column.values)), None)

    def _is_in_order(self, column: Column, cell: Cell, row: _Row, heads: dict[str, Hit]) -> bool:
        """Left of the row's NIK, sex and date stand only the columns left of theirs: a leaning page shifts cells."""
        place = heads[column.id].piece.left
        for other in row.cells:
            known = _COLUMN_OF_KIND.get(other.kind, "")
            if other is cell or known not in heads or known == column.id:
                continue
            if (other.left < cell.left) != (heads[known].piece.left < place):
                return False
        return True

    def _heads_above(self, heads: Sequence[Hit], anchor: Piece) -> dict[str, Hit]:
        """The headings of the part in which the row stands, by column: those of the band that is nearest above."""
        above = sorted((hit for hit in heads if hit.piece.mid < anchor.mid), key=lambda hit: hit.piece.mid)
        if not above:
            return {}
        top = above[-1].piece.mid - _BAND * above[-1].piece.height
        return {self._by_heading[hit.label].id: hit for hit in above if hit.piece.mid >= top}

    def _lower_rows(
        self, cells: Sequence[Cell], heads: Sequence[Hit], upper: Sequence[_Row]
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
        if anchors:
            anchors = _one_column(anchors, self._heads_above(heads, anchors[-1]).get(self._relation.id))
        if not anchors:
            return []
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


def _can_hold(column: Column, cell: Cell) -> bool:
    if cell.kind or column.type in ("nik", "no_kk", "sex", "date"):
        return column.type == cell.kind
    return read_value([cell], Wanted(column.type, column.values, column.part)) is not None


def _by_order(cell: Cell, row: _Row, able: Sequence[Column]) -> Column | None:
    """Without headings: the name stands left of the NIK, the birth place between sex and date."""
    if cell.kind:
        return next(iter(able), None)
    sexes = [other.left for other in row.cells if other.kind == "sex"]
    dates = [other.left for other in row.cells if other.kind == "date"]
    wanted = ""
    if row.anchor.kind == "nik" and cell.right <= row.anchor.left + cell.letter:
        wanted = "nama"
    elif sexes and dates and sexes[0] < cell.left < dates[0]:
        wanted = "tempat_lahir"
    return next((column for column in able if column.id == wanted), None)


def split_cells(piece: Piece) -> list[Cell]:
    """Cells that were read as one line: a row's number, a NIK, a sex and a date each stand for themselves."""
    parts: list[Cell] = []
    begin = 0
    if number := _ROW_NUMBER.match(piece.text):
        if number.end() >= len(piece.text):
            return [_cell(piece, "")]
        parts.append(_cell(piece.part(0, number.end()), ""))
        begin = number.end()
    for run in runs_in(piece.text):
        parts += _split_words(piece, begin, run.begin)
        parts.append(_cell(piece.part(run.begin, run.end), "nik"))
        begin = run.end
    parts += _split_words(piece, begin, len(piece.text))
    return [part for part in parts if part.text]


def _split_words(piece: Piece, begin: int, end: int) -> list[Cell]:
    text = piece.text[begin:end]
    if found := date_in(text):
        start, stop = begin + found[1], begin + found[2]
        return [
            *_split_words(piece, begin, start), _cell(piece.part(start, stop), "date"), _cell(piece.part(stop, end), "")
        ]  # fmt: skip
    if found_sex := _SEX.match(text):
        stop = begin + found_sex.end()
        return [_cell(piece.part(begin, stop), "sex"), _cell(piece.part(stop, end), "")]
    return [_cell(piece.part(begin, end), "sex" if sex_of(text) else "")]


def _cell(piece: Piece, kind: str) -> Cell:
    return Cell(**{each.name: getattr(piece, each.name) for each in fields(Piece)}, kind=kind)


def _rows_around(anchors: Sequence[Cell], cells: Sequence[Cell]) -> list[_Row]:
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


def _sexes_without(niks: Sequence[Cell], cells: Sequence[Cell]) -> list[Cell]:
    """Sexes beside a date in rows where no NIK was read: the person is there all the same."""
    dates = [cell for cell in cells if cell.kind == "date"]
    sexes = [cell for cell in cells if cell.kind == "sex" and not any(_beside(cell, nik) for nik in niks)]
    return [cell for cell in sexes if any(_beside(cell, other) for other in dates)]


def _beside(one: Piece, other: Piece) -> bool:
    return abs(one.mid - other.mid) <= 0.8 * max(one.height, other.height)


def _one_column(anchors: Sequence[Cell], head: Hit | None) -> list[Cell]:
    """The relations that stand in one column: words like ANAK may stand in names too."""
    place = head.piece.left if head else sorted(anchor.left for anchor in anchors)[len(anchors) // 2]
    width = (head.piece.right - head.piece.left) if head else 12 * anchors[0].letter
    return [anchor for anchor in anchors if abs(anchor.left - place) <= width]


def _off(cell: Piece, head: Hit) -> float:
    """How far the cell lies outside the heading's width; cells begin at the left edge, headings stand in the middle."""
    centre = (cell.left + cell.right) / 2
    left = head.piece.left + head.begin * head.piece.letter
    return max(left - centre, centre - head.right, 0.0) + abs(centre - (left + head.right) / 2) * 0.05


def _wide(head: Hit) -> float:
    """How far beside its heading a cell may stand; further away stands a column whose heading was not read."""
    return 2.5 * len(head.label) * head.piece.letter


def _is_short(hit: Hit) -> bool:
    return len(hit.piece.text) <= len(hit.label) + 6


def _is_table_head(hit: Hit, heads: Sequence[Hit]) -> bool:
    """A heading has other headings beside it; "NIK" and "Nama" stand elsewhere too."""
    return sum(abs(other.piece.mid - hit.piece.mid) <= 2 * hit.piece.height for other in heads) >= 3


def _has_number(piece: Piece) -> bool:
    return any(nik_of(run.digits) for run in runs_in(piece.text))
