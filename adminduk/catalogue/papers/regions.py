"""Names of provinces, kabupaten/kota, kecamatan and desa/kelurahan as the list of regions writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz

from adminduk.catalogue.papers.letters import letters
from adminduk.catalogue.papers.schema import Level
from adminduk.catalogue.region_directory import Place, RegionDirectory

_LIKE: Final = 84.0
# Codes that were valid when many of today's numbers were given: Timor Timur, and Papua before its division.
_FORMER: Final = frozenset({"54"})


class Regions:
    """Corrects a name that was read nearly right. Without a directory it knows every prefix and corrects nothing."""

    def __init__(self, directory: RegionDirectory | None) -> None:
        self._directory = directory

    def knows_regency(self, digits: str) -> bool:
        """Whether the first four digits can be a kabupaten/kota of today or of the past."""
        return "11" <= digits[:2] <= "97" and ("01" <= digits[2:4] <= "40" or "71" <= digits[2:4] <= "80")

    def knows_prefix(self, digits: str) -> bool:
        """Whether the first six digits are a kecamatan."""
        if self._directory is None:
            return self.knows_regency(digits)
        code = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}"
        return code in self._directory.districts or self._is_former(digits)

    def _is_former(self, digits: str) -> bool:
        """Numbers are lifelong, regions are not: a kabupaten that was divided off leaves its old codes in NIKs."""
        return digits[:2] in _FORMER

    def corrected(self, name: str, level: Level, prefix: str) -> str:
        """The name of this level that is nearest to `name` in the region of `prefix` (digits of a number on the page).

        The name itself when nothing is near.
        """
        plain = letters(name)
        if self._directory is None or len(plain) < 4:
            return name
        best, score = name, _LIKE
        for place in self._places(level, prefix):
            for written in _writings(place.name, level):
                found = fuzz.ratio(plain, letters(written))
                if found == 100:  # spaces are written both ways
                    return name
                if found > score:
                    best, score = written, found
        return best

    def _places(self, level: Level, prefix: str) -> Iterable[Place]:
        directory = self._directory
        if directory is None:
            return ()
        if level == "province":
            return directory.provinces.values()
        if level == "regency":
            return directory.regions.values()
        regency, district = f"{prefix[:2]}.{prefix[2:4]}", f"{prefix[:2]}.{prefix[2:4]}.{prefix[4:6]}"
        return directory.districts_of(regency) if level == "district" else directory.villages_of(district)


def _writings(name: str, level: Level) -> tuple[str, ...]:
    """Documents write PROVINSI or not, KABUPATEN or not."""
    upper = name.upper()
    if level == "regency":
        bare = upper.removeprefix("KABUPATEN ").removeprefix("KOTA ADMINISTRASI ").removeprefix("KOTA ")
        return (upper, bare)
    return (upper,)
