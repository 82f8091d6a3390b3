"""Provinces, kabupaten/kota, kecamatan and desa/kelurahan from wilayah.csv.

What is needed at every start (8 thousand rows) is read then; the 84 thousand villages are found when asked for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from adminduk.catalogue.errors import DefinitionError

_UPPER_ROWS: Final = re.compile(r"^([0-9]{2}(?:\.[0-9]{2}){0,2}),(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the list of regions: its dotted code and its name."""

    code: str
    name: str


class RegionDirectory:
    """Names by code. Codes are dotted text: "33", "33.74", "33.74.01", "33.74.01.1001"."""

    def __init__(self, path: Path) -> None:
        try:
            self._text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise DefinitionError(path, 0, f"cannot be read: {error.strerror}") from None
        self.provinces: dict[str, Place] = {}
        self.regions: dict[str, Place] = {}
        self.districts: dict[str, Place] = {}
        self._districts_of: dict[str, list[Place]] = {}
        levels = {2: self.provinces, 5: self.regions, 8: self.districts}
        for code, name in _UPPER_ROWS.findall(self._text):
            levels[len(code)][code] = Place(code, _unquote(name))
        for place in self.districts.values():
            self._districts_of.setdefault(place.code[:5], []).append(place)
        if not self.regions:
            raise DefinitionError(path, 1, "has no kabupaten/kota")
        self._villages = lru_cache(maxsize=512)(self._read_villages)

    def districts_of(self, region: str) -> tuple[Place, ...]:
        """The kecamatan of a kabupaten/kota, in the order of their codes; none for an unknown code."""
        return tuple(self._districts_of.get(region, ()))

    def villages_of(self, district: str) -> tuple[Place, ...]:
        """The desa and kelurahan of a kecamatan, in the order of their codes; none for an unknown code."""
        return self._villages(district) if district in self.districts else ()

    def _read_villages(self, district: str) -> tuple[Place, ...]:
        """Rows stand in the order of their codes: one kecamatan is one block."""
        begin = self._text.find(f"\n{district}.") + 1
        if not begin:
            return ()
        rows: list[str] = []
        while self._text.startswith(f"{district}.", begin):
            end = self._text.find("\n", begin)
            end = len(self._text) if end < 0 else end
            rows.append(self._text[begin:end])
            begin = end + 1
        return tuple(_places(rows))


def _places(rows: Iterable[str]) -> Iterable[Place]:
    for row in csv.reader(rows):
        yield Place(row[0], row[1])


def _unquote(name: str) -> str:
    return next(csv.reader([name]))[0] if name.startswith('"') else name
