"""Answers of `./run check` against the truth. Every picture counts; nothing is left out after the fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

MAIN = {
    "kk": "no_kk",
    "ktp": "nik",
    "akta_kelahiran": "nik",
    "surat_lahir": "nik_ibu",
    "lapor_hilang": "nik",
    "pengantar": "nik",
}
"""The number that a paper is about. Old birth deeds have none of sixteen digits: there it is the deed's own."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; nothing of nothing has no share."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        return self.hits / self.of if self.of else None

    def __str__(self) -> str:
        return f"{100 * self.hits / self.of:.1f} % ({self.hits} of {self.of})" if self.of else "–"


@dataclass(frozen=True, slots=True)
class Judged:
    """One picture: what is true of it, and what was answered."""

    truth: dict[str, Any]
    answer: dict[str, Any]

    @property
    def is_good(self) -> bool:
        return bool(self.truth["label"] == "good")

    @property
    def is_legible(self) -> bool:
        """A picture that is physically good, of whatever paper."""
        return self.truth["label"] in {"good", "wrong_type", "pages_missing"}

    @property
    def is_accepted(self) -> bool:
        return bool(self.answer["verdict"] == "accept")

    @property
    def reasons(self) -> list[str]:
        return cast("list[str]", self.answer["reasons"])

    @property
    def has_right_reason(self) -> bool:
        """The first reason given is true of the picture."""
        return bool(self.reasons) and self.reasons[0] in self.truth["reasons"]

    @property
    def names_right_reason(self) -> bool:
        return bool(set(self.reasons) & set(self.truth["reasons"]))

    @property
    def has_right_type(self) -> bool:
        return bool(self.answer["doc_type"] == self.truth["type"])

    @property
    def main(self) -> tuple[str, str]:
        """The field of the main number, and its true value; empty where the paper has none."""
        fields = self.truth["fields"]
        name = MAIN.get(self.truth["type"], "")
        name = name if name in fields else "nomor_akta"
        return name, str(fields.get(name, ""))

    @property
    def has_main(self) -> bool:
        name, value = self.main
        return same(str(self.answer["fields"].get(name, "")), value)

    @property
    def members(self) -> Rate:
        """People of a Kartu Keluarga whose NIK was read as theirs."""
        true = [str(who["nik"]) for who in self.truth["fields"].get("anggota", ())]
        read = {str(who.get("nik", "")) for who in self.answer["fields"].get("anggota", ())}
        return Rate(sum(nik in read for nik in true), len(true))

    @property
    def fields(self) -> dict[str, Rate]:
        """Each field of the truth, and of the people of a Kartu Keluarga as `anggota.<field>`, whether it was read."""
        true, read = self.truth["fields"], self.answer["fields"]
        rates = {
            name: Rate(int(same(str(read.get(name, "")), str(value))), 1)
            for name, value in true.items()
            if name != "anggota"
        }
        by_nik = {str(who.get("nik", "")): who for who in read.get("anggota", ())}
        for who in true.get("anggota", ()):
            found = by_nik.get(str(who["nik"]), {})
            for name, value in who.items():
                before = rates.get(f"anggota.{name}", Rate(0, 0))
                rates[f"anggota.{name}"] = Rate(before.hits + same(str(found.get(name, "")), str(value)), before.of + 1)
        return rates

    def invented(self, *, certain: bool) -> int:
        """Numbers of sixteen digits that stand nowhere on the page."""
        return sum(
            number not in self.truth.get("print", ()) for number in self.answer["n16_certain" if certain else "n16"]
        )


def same(read: str, true: str) -> bool:
    """Equal but for case, spaces and punctuation."""
    return bool(true) and _bare(read) == _bare(true)


def rate(some: Iterable[Judged], hit: Callable[[Judged], bool]) -> Rate:
    answers = [hit(one) for one in some]
    return Rate(sum(answers), len(answers))


def total(rates: Iterable[Rate]) -> Rate:
    hits, of = 0, 0
    for one in rates:
        hits, of = hits + one.hits, of + one.of
    return Rate(hits, of)


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one set of pictures."""

    good_accepted: Rate
    bad_caught: Rate
    right_reason: Rate
    """Of the bad ones that were caught: the first reason given is true."""
    any_right_reason: Rate
    right_type: Rate
    """Of all pictures that are physically good, wrong papers among them."""
    main_number: Rate
    members: Rate
    whole_families: Rate
    fields: Rate
    invented: int
    invented_certain: int
    pictures: int


def score(some: list[Judged]) -> Score:
    good = [one for one in some if one.is_good]
    bad = [one for one in some if not one.is_good]
    caught = [one for one in bad if not one.is_accepted]
    families = [one for one in good if one.truth["type"] == "kk"]
    return Score(
        good_accepted=rate(good, lambda one: one.is_accepted),
        bad_caught=Rate(len(caught), len(bad)),
        right_reason=rate(caught, lambda one: one.has_right_reason),
        any_right_reason=rate(caught, lambda one: one.names_right_reason),
        right_type=rate((one for one in some if one.is_legible), lambda one: one.has_right_type),
        main_number=rate((one for one in good if one.main[1]), lambda one: one.has_main),
        members=total(one.members for one in families),
        whole_families=rate(families, lambda one: one.members.hits == one.members.of),
        fields=total(rate for one in good for rate in one.fields.values()),
        invented=sum(one.invented(certain=False) for one in some),
        invented_certain=sum(one.invented(certain=True) for one in some),
        pictures=len(some),
    )


def by_field(some: Iterable[Judged]) -> dict[tuple[str, str], Rate]:
    """For each kind and field of good pictures, how often it was read."""
    found: dict[tuple[str, str], list[Rate]] = {}
    for one in some:
        if one.is_good:
            for name, hit in one.fields.items():
                found.setdefault((one.truth["type"], name), []).append(hit)
    return {key: total(rates) for key, rates in found.items()}


def _bare(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())
