"""Find a kabupaten/kota by what a person types: beginnings of words of its name, or of a kecamatan in it."""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from adminduk.catalogue.region_directory import RegionDirectory

_WORD: Final = re.compile(r"[a-z0-9]+")
_KINDS: Final = {"kabupaten": "kabupaten", "kab": "kabupaten", "regency": "kabupaten", "kota": "kota", "city": "kota"}
_FILLERS: Final = frozenset({"administrasi", "adm", "kecamatan", "kec", "provinsi", "prov", "di"})
_LAST: Final = "\uffff"
_MAX_WORDS: Final = 6
_REGION: Final = 0
_PROVINCE: Final = 1
_DISTRICT: Final = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something that leads to a region: its own or spoken name, a kecamatan or the province."""

    region: str
    district: str
    kind: str
    words: tuple[str, ...]
    level: int

    @property
    def together(self) -> str:
        """The name without spaces: people write Gunung Kidul and Gunungkidul, Bau-Bau and Baubau."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class Hit:
    """A kabupaten/kota, and the kecamatan by which it was found ("" if by its own name or its province)."""

    region: str
    district: str


class RegionSearch:
    """An index of words, made once; a search reads only the entries that begin as typed.

    `spoken` are names that people use and the list does not have, by code of a region or a province.
    """

    def __init__(
        self, directory: RegionDirectory, *, joined: frozenset[str], spoken: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._joined = joined
        self._entries = [*_entries(directory), *_spoken_entries(directory, spoken or {})]
        index = sorted(
            {(word, number) for number, entry in enumerate(self._entries) for word in (*entry.words, entry.together)}
        )
        self._words = [word for word, _ in index]
        self._numbers = [number for _, number in index]
        self._names = {place.code: place.name for place in directory.regions.values()}

    def find(self, text: str, *, limit: int) -> tuple[Hit, ...]:
        """The best `limit` regions, each once. Nothing typed: none."""
        words, kind = _typed(text)
        if not words:
            return ()
        found = self._matching(words)
        ranked = heapq.nsmallest(limit * 8, found, key=lambda number: self._rank(number, words, kind))
        hits: dict[str, Hit] = {}
        for number in ranked:
            entry = self._entries[number]
            hits.setdefault(entry.region, Hit(entry.region, entry.district))
        return tuple(hits.values())[:limit]

    def _matching(self, words: tuple[str, ...]) -> set[int]:
        """Entries that hold every word or all in one; else, for "tembalang semarang", entries of regions that do."""
        by_word = [self._beginning_with(word) for word in words]
        found = set.intersection(*by_word)
        if len(words) == 1:
            return found
        found = found | self._beginning_with("".join(words))
        if found:
            return found
        regions = set.intersection(*({self._entries[number].region for number in numbers} for numbers in by_word))
        return {number for numbers in by_word for number in numbers if self._entries[number].region in regions}

    def _beginning_with(self, word: str) -> set[int]:
        begin, end = bisect_left(self._words, word), bisect_left(self._words, word + _LAST)
        return set(self._numbers[begin:end])

    def _rank(self, number: int, words: tuple[str, ...], kind: str) -> tuple[int, bool, bool, bool, str]:
        """Whole names first: of the region, of the province; then beginnings; then whatever holds the words."""
        entry = self._entries[number]
        is_whole = entry.together == "".join(words)
        begins = entry.together.startswith("".join(words))
        place = entry.level + (0 if is_whole and entry.level != _DISTRICT else 3)
        is_other_kind = bool(kind) and entry.kind != kind
        return place, is_other_kind, not begins, entry.region not in self._joined, self._names[entry.region]


def _entries(directory: RegionDirectory) -> list[_Entry]:
    entries: list[_Entry] = []
    for place in directory.regions.values():
        kind = place.name.split(" ", 1)[0].lower()
        own, province = _words(place.name), _words(directory.provinces[place.code[:2]].name)
        entries.append(_Entry(place.code, "", kind, own, _REGION))
        entries.append(_Entry(place.code, "", kind, province, _PROVINCE))
        entries += [
            _Entry(place.code, district.name, kind, _words(district.name), _DISTRICT)
            for district in directory.districts_of(place.code)
        ]
    return entries


def _spoken_entries(directory: RegionDirectory, spoken: Mapping[str, Sequence[str]]) -> list[_Entry]:
    entries: list[_Entry] = []
    for code, names in spoken.items():
        level = _REGION if code in directory.regions else _PROVINCE
        for place in directory.regions.values():
            if place.code.startswith(code):
                kind = place.name.split(" ", 1)[0].lower()
                entries += [_Entry(place.code, "", kind, tuple(_WORD.findall(_plain(name))), level) for name in names]
    return entries


def _typed(text: str) -> tuple[tuple[str, ...], str]:
    """The words that must be found, and the kind (kabupaten or kota) if the person named one."""
    plain = _plain(text[:80])
    words = tuple(_WORD.findall(plain))[:_MAX_WORDS]
    kinds = [_KINDS[word] for word in words if word in _KINDS]
    wanted = tuple(word for word in words if word not in _KINDS and word not in _FILLERS)
    if not wanted and kinds:
        return (kinds[0],), kinds[0]
    return wanted, kinds[0] if kinds else ""


def _words(name: str) -> tuple[str, ...]:
    return tuple(w for w in _WORD.findall(_plain(name)) if w not in _KINDS and w not in _FILLERS)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub("['\u2018\u2019`]", "", letters).lower()
