"""Provinces, kabupaten/kota, kecamatan and desa of the three regions of the population (from wilayah.csv, MIT)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

SEMARANG = "33.74"  # WIB
DENPASAR = "51.71"  # WITA
JAYAPURA = "91.71"  # WIT
REGIONS = (SEMARANG, DENPASAR, JAYAPURA)
_DATA = Path(__file__).parent / "data" / "places.csv"


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Dotted code → name, of every level."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row["nama"] for row in csv.DictReader(file)}


@lru_cache(maxsize=8)
def villages(region: str) -> tuple[str, ...]:
    """Codes of all desa and kelurahan of a kabupaten/kota."""
    return tuple(sorted(code for code in names() if code.startswith(region + ".") and len(code) == 13))


def register_name(code: str) -> str:
    """As the register writes it: upper case, "KOTA SEMARANG", and without "Kabupaten"."""
    return names()[code].upper().removeprefix("KABUPATEN ")


def village_code(region: str, district: str, village: str) -> str:
    """The code of a desa by the names of kecamatan and desa. Raises KeyError: a story names a wrong place."""
    for code in villages(region):
        if names()[code] == village and names()[code[:8]] == district:
            return code
    raise KeyError(f"{region}: {district} / {village}")
