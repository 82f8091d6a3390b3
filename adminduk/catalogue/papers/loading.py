"""Read definitions/papers/ whole and refuse what does not hold together, with file, line and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.papers.letters import letters
from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.samples import defects_of_samples
from adminduk.catalogue.papers.schema import Column, Field, Paper
from adminduk.catalogue.papers.titles import OTHER
from adminduk.catalogue.region_directory import RegionDirectory
from adminduk.catalogue.yaml_reader import Lines, line_of, read_struct

_RESERVED = (OTHER, "portrait")
_SHORTEST_TITLE = 4


def load_papers(
    files: Path | Iterable[Path], directory: RegionDirectory | None = None, *, with_samples: bool = True
) -> Papers:
    """The papers of a folder, or of the files given. `with_samples`: read every sample, as the portal does at start.

    Raises DefinitionError.
    """
    read: dict[str, tuple[Paper, Path, Lines]] = {}
    kinds: dict[str, str] = {}
    for file in sorted(files.glob("*.yaml")) if isinstance(files, Path) else files:
        paper, lines = read_struct(file, Paper)
        _raise_first(file, lines, _defects(paper, file, known=read, kinds=kinds))
        read[paper.id] = (paper, file, lines)
        kinds |= dict.fromkeys(paper.kinds, paper.id)
    papers = Papers((paper for paper, _, _ in read.values()), directory)
    if with_samples:
        for paper, file, lines in read.values():
            _raise_first(file, lines, defects_of_samples(paper, papers))
    return papers


def _raise_first(file: Path, lines: Lines, defects: Iterable[tuple[str, str]]) -> None:
    for where, reason in defects:
        raise DefinitionError(file, line_of(lines, where), reason)


def _defects(paper: Paper, file: Path, *, known: Iterable[str], kinds: dict[str, str]) -> Iterator[tuple[str, str]]:
    if paper.id != file.stem:
        yield "$.id", f"the file of {paper.id!r} has another name"
    if paper.id in known or paper.id in _RESERVED:
        yield "$.id", f"{paper.id!r} is defined twice or reserved"
    for index, kind in enumerate(paper.kinds):
        if kind in kinds:
            yield f"$.kinds[{index}]", f"{kinds[kind]} answers {kind!r} already"
    for index, title in enumerate(paper.titles):
        if len(letters(title)) < _SHORTEST_TITLE:
            yield f"$.titles[{index}]", f"{title!r} is too short to be told from other words"
    if not paper.samples:
        yield "$", "has no sample: nobody would notice that it reads nothing"
    yield from _defects_of_fields(paper)


def _defects_of_fields(paper: Paper) -> Iterator[tuple[str, str]]:
    names = [field.id for field in paper.fields]
    columns = [column.id for column in paper.members]
    for index, field in enumerate(paper.fields):
        where = f"$.fields[{index}]"
        if names.count(field.id) > 1:
            yield f"{where}.id", f"the field {field.id!r} stands twice"
        if not (field.labels or field.after or field.is_dateline):
            yield where, f"nothing says where {field.id!r} stands: labels, after or is_dateline"
        yield from _defects_of_region(field, f"{where}.region")
    for index, column in enumerate(paper.members):
        if columns.count(column.id) > 1:
            yield f"$.members[{index}].id", f"the column {column.id!r} stands twice"
        yield from _defects_of_region(column, f"$.members[{index}].region")
    if sum(field.is_main for field in paper.fields) > 1:
        yield "$.fields", "two fields are the main number"
    for index, check in enumerate(paper.checks):
        for name in set(check.fields) - {*names, *columns}:
            yield f"$.checks[{index}].fields", f"compares {name!r}, which the paper does not have"


def _defects_of_region(readable: Field | Column, where: str) -> Iterator[tuple[str, str]]:
    if readable.region and readable.type != "place":
        yield where, "only a place can be a region"
