"""NIK and No. KK of fictional people: structurally right, with serials from 9000 to tell them from real ones."""

from __future__ import annotations

from datetime import date

from sandbox.population_register.person import FEMALE

FIRST_SERIAL = 9000
_LAST_SERIAL = 9999


class NumberBook:
    """Gives each number once, in the order of asking."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def nik(self, district: str, *, born: date, sex: str) -> str:
        """`district` is the kecamatan of the first recording, dotted. A woman's day is 40 higher."""
        day = born.day + (40 if sex == FEMALE else 0)
        return self._take(f"{district.replace('.', '')}{day:02d}{born:%m%y}")

    def no_kk(self, district: str, *, recorded: date) -> str:
        """`recorded` is the day on which the Kartu Keluarga was recorded."""
        return self._take(f"KK{district.replace('.', '')}{recorded:%d%m%y}").removeprefix("KK")

    def _take(self, prefix: str) -> str:
        serial = self._next.get(prefix, FIRST_SERIAL)
        if serial > _LAST_SERIAL:
            raise OverflowError("more than a thousand people of one sex born on one day in one kecamatan")
        self._next[prefix] = serial + 1
        return f"{prefix}{serial}"
