"""A list of statuses as a CSV file, as an office gets it out of the national application."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import Nik
from adminduk.modules.recordings.ports import Heard, Listing, Order
from adminduk.modules.recordings.types import cleaned_status

LARGEST: Final = 2_000_000
MOST_LINES: Final = 10_000
_NAMES: Final = {
    "nik": "nik",
    "status": "status",
    "ektp_status": "status",
    "status_ktp": "status",
    "status_ktp_el": "status",
    "tanggal": "day",
    "tgl": "day",
    "tgl_status": "day",
    "referensi": "reference",
    "reference": "reference",
}
_REFERENCE: Final = re.compile(r"[A-Z0-9-]{4,24}")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")


class FileStatuses:
    """`RecordingStatuses` out of a CSV file: columns NIK or REFERENSI, and STATUS; TANGGAL if there is one."""

    def report(self, order: Order) -> None:
        """Nothing to tell: the recording was made in the national application itself."""

    def hear(self, references: Sequence[str], given: bytes = b"") -> Listing:
        """Every line that can be read; the others are named by number.

        Raises DomainError: status_file_large, status_file_empty, status_file_header.
        """
        if len(given) > LARGEST:
            raise DomainError("status_file_large", most=LARGEST // 1_000_000)
        lines = _decoded(given).splitlines()
        if not lines:
            raise DomainError("status_file_empty")
        columns = _columns(lines[0])
        heard: list[Heard] = []
        unreadable: list[int] = []
        rows = csv.reader(lines[1 : MOST_LINES + 1], delimiter=_delimiter(lines[0]))
        for number, row in enumerate(rows, 2):
            if not any(cell.strip() for cell in row):
                continue
            found = _heard({name: row[place] for name, place in columns.items() if place < len(row)})
            if found is None:
                unreadable.append(number)
            else:
                heard.append(found)
        if not heard and not unreadable:
            raise DomainError("status_file_empty")
        return Listing(tuple(heard), tuple(unreadable))


def _decoded(given: bytes) -> str:
    try:
        return given.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return given.decode("cp1252", errors="replace").replace("\0", "")


def _delimiter(head: str) -> str:
    return max((";", ",", "\t"), key=head.count)


def _columns(head: str) -> Mapping[str, int]:
    """Raises DomainError("status_file_header")."""
    cells = next(csv.reader([head], delimiter=_delimiter(head)))
    names = [_NAMES.get("_".join(cell.strip().casefold().replace("-", " ").split())) for cell in cells]
    columns = {name: place for place, name in enumerate(names) if name}
    if "status" not in columns or not {"nik", "reference"} & set(columns):
        raise DomainError("status_file_header")
    return columns


def _heard(cells: Mapping[str, str]) -> Heard | None:
    raw = cleaned_status(cells.get("status", ""))
    nik = _nik(cells.get("nik", ""))
    reference = cells.get("reference", "").strip().upper()
    if not _REFERENCE.fullmatch(reference):
        reference = ""
    if not raw or not (nik or reference):
        return None
    return Heard(raw, reference=reference, nik=nik, said_on=_day(cells.get("day", "")))


def _nik(text: str) -> Nik | None:
    """Spreadsheets put an apostrophe before long numbers, or an equals sign and quotes around them."""
    try:
        return Nik.parse(text.strip().strip("'=\""))
    except DomainError:
        return None


def _day(text: str) -> date | None:
    """Without a day a status still counts: it is as of now."""
    try:
        if match := _DAY_FIRST.match(text.strip()):
            day, month, year = (int(part) for part in match.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
