"""Dates as Indonesian documents print them: 23-08-2007, 23 Agustus 2007, and written out in words on deeds."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from rapidfuzz.distance import Levenshtein

from adminduk.catalogue.papers.letters import digits, letters

_MONTHS: Final = (
    "JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER",
    "DESEMBER",
)  # fmt: skip
_OTHER_MONTHS: Final = {
    "PEBRUARI": 2, "NOPEMBER": 11, "JAN": 1, "FEB": 2, "PEB": 2, "MAR": 3, "APR": 4, "JUN": 6, "JUL": 7, "AGU": 8,
    "AGT": 8, "AGS": 8, "AGUST": 8, "SEP": 9, "SEPT": 9, "OKT": 10, "NOV": 11, "NOP": 11, "DES": 12,
    "JANUARY": 1, "FEBRUARY": 2, "MARCH": 3, "MAY": 5, "JUNE": 6, "JULY": 7, "AUGUST": 8, "OCTOBER": 10, "DECEMBER": 12,
}  # fmt: skip
_MONTH_NUMBERS: Final = {name: number for number, name in enumerate(_MONTHS, 1)} | _OTHER_MONTHS
_LOOKS: Final = "0-9OoQDIl|!ZSsB"
_NUMERIC: Final = re.compile(
    rf"(?<![{_LOOKS}])([{_LOOKS}]\s?[{_LOOKS}]?)\s*[-/.,~_—–:]\s*([{_LOOKS}]\s?[{_LOOKS}]?)\s*[-/.,~_—–:]\s*([{_LOOKS}]{{4}})(?![0-9])"
)
_YEAR_FIRST: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})(?![0-9])")
_GLUED: Final = re.compile(r"(?<![0-9])([0-3][0-9])[-/. ]?([01][0-9])[-/. ]?((?:19|20)[0-9]{2})(?![0-9])")
_NAMED: Final = re.compile(
    rf"(?<![0-9])([{_LOOKS}]{{1,2}})\s*[-/.,]?\s*([A-Za-z0]{{3,10}})\s*[-/.,]?\s*([{_LOOKS}]{{4}})(?![0-9])"
)

_UNITS: Final = {
    "SATU": 1, "DUA": 2, "TIGA": 3, "EMPAT": 4, "LIMA": 5, "ENAM": 6, "TUJUH": 7, "DELAPAN": 8, "SEMBILAN": 9,
}  # fmt: skip
_NUMBER_WORDS: Final = _UNITS | {
    "NOL": 0, "SEPULUH": 10, "SEBELAS": 11, "BELAS": -10, "PULUH": -1, "SERATUS": 100, "RATUS": -100, "SERIBU": 1000,
    "RIBU": -1000,
}  # fmt: skip
_WORDS: Final = (*_NUMBER_WORDS, *_MONTHS, "PEBRUARI", "NOPEMBER", "TAHUN", "TANGGAL", "BULAN")
_SKIP: Final = 0.9  # cost of a letter that belongs to no word
_LONGEST: Final = 90


def date_in(text: str) -> tuple[date, int, int] | None:
    """The first date in `text` that the calendar has, with where it begins and ends; None when there is none."""
    if not any(char.isdigit() for char in text):
        return None
    for pattern in (_NUMERIC, _NAMED, _YEAR_FIRST, _GLUED):
        for found in pattern.finditer(text):
            read = _from_match(pattern, found)
            if read is not None:
                return read, found.start(), found.end()
    return None


def _from_match(pattern: re.Pattern[str], found: re.Match[str]) -> date | None:
    first, second, third = (part.replace(" ", "") for part in found.groups())
    if pattern is _YEAR_FIRST:
        return _made(first, int(second), third)
    month = _month_named(second) if pattern is _NAMED else _number(second)
    return _made(third, month, first) if month else None


def _number(text: str) -> int | None:
    plain = digits(text)
    return int(plain) if plain.isdigit() else None


def _made(year: str, month: int, day: str) -> date | None:
    number, of_year = _number(day), _number(year)
    if number is None or of_year is None or not 1850 <= of_year <= 2200:
        return None
    try:
        return date(of_year, month, number)
    except ValueError:
        return None


def _month_named(text: str) -> int | None:
    name = letters(text)
    if name in _MONTH_NUMBERS:
        return _MONTH_NUMBERS[name]
    near = [(Levenshtein.distance(name, month), number) for month, number in _MONTH_NUMBERS.items() if len(month) > 2]
    distance, number = min(near)
    return number if distance <= (1 if len(name) < 6 else 2) and len(name) >= 3 else None


def written_date(text: str) -> date | None:
    """A date in words: "dua puluh delapan Agustus tahun dua ribu lima", also with spaces missing and a letter wrong."""
    words = _segmented(letters(text)[:_LONGEST])
    months = [index for index, word in enumerate(words) if word in _MONTH_NUMBERS]
    if not months:
        return _mixed_date(text)
    index = months[0]
    day = _value([word for word in words[:index] if word in _NUMBER_WORDS])
    year = _value([word for word in words[index + 1 :] if word in _NUMBER_WORDS])
    if day is None or year is None:
        return _mixed_date(text)
    return _made(str(year), _MONTH_NUMBERS[words[index]], str(day))


def _mixed_date(text: str) -> date | None:
    """Deeds that print figures after all: "tanggal 3 Oktober tahun 2007"."""
    found = date_in(re.sub(r"\b(tahun|tanggal|bulan)\b", " ", text, flags=re.IGNORECASE))
    return found[0] if found else None


def _value(words: list[str]) -> int | None:
    """Number words as a number: DUA RIBU TUJUH → 2007, SERIBU SEMBILAN RATUS → 1900, DUA PULUH LIMA → 25."""
    total, current = 0, 0
    for word in words:
        value = _NUMBER_WORDS[word]
        if value == -1000:
            total, current = (total + (current or 1)) * 1000, 0
        elif value == -100:
            total, current = total + (current or 1) * 100, 0
        elif value == -10:
            current += 10
        elif value == -1:
            total, current = total + (current or 1) * 10, 0
        elif value >= 100:
            total, current = total + value, 0
        else:
            total, current = total + current, value
    return (total + current) if words else None


def _segmented(plain: str) -> tuple[str, ...]:
    """The cheapest way to see `plain` as number words and months; letters in between cost and are left out."""
    costs: list[float] = [0.0]
    steps: list[tuple[int, str]] = [(0, "")]
    for end in range(1, len(plain) + 1):
        best, step = costs[end - 1] + _SKIP, (end - 1, "")
        for word in _WORDS:
            for length in (len(word), len(word) - 1, len(word) + 1):
                begin = end - length
                if begin < 0 or length < 3:
                    continue
                allowed = 0 if len(word) <= 3 else 1 if len(word) <= 6 else 2
                cost = Levenshtein.distance(plain[begin:end], word, score_cutoff=allowed)
                if cost <= allowed and costs[begin] + cost * 1.2 - 0.01 * len(word) < best:
                    best, step = costs[begin] + cost * 1.2 - 0.01 * len(word), (begin, word)
        costs.append(best)
        steps.append(step)
    found: list[str] = []
    end = len(plain)
    while end > 0:
        begin, word = steps[end]
        if word:
            found.append(word)
        end = begin
    return tuple(reversed(found))
