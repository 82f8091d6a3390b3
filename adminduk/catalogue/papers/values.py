"""What a piece of text says as a value of a type: a date, a name, a number. None where it says no such thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from adminduk.catalogue.papers.dates import date_in, written_date
from adminduk.catalogue.papers.letters import digits, letters, without_accents
from adminduk.catalogue.papers.numbers import is_possible_no_kk, nik_of, runs_in
from adminduk.catalogue.papers.schema import ValueType

_EDGES: Final = " :;.,-–_=*•|/()[]'\"`~^"
_NAME_EDGES: Final = ' :;,-–_=*•|/()[]"`~^'
_NO_NAME: Final = re.compile(r"[^\w\s'.,\-]|_")
_LETTER: Final = re.compile(r"[^\W\d_]")
_DOTS: Final = re.compile(r"\.{2,}|(?<=[^\W\d_]{3})\.(?=\w)|\s\.(?=\s)")
_DATE_BEHIND: Final = re.compile(r"\s[0-9]{2}-[0-9]{2}-[0-9]{4}$")  # on a card the day of issue stands beside it
_STREET: Final = re.compile(r"^[I1|J][L1I|](?=\.)")  # "JL.", of which the hook is lost
_NEVER_PRINTED: Final = re.compile(r"[<>={}\\@^`\x00-\x1f]")  # on papers; in tables and pages they are commands
_SENTENCE: Final = re.compile(r"\s(?:menurut|tanggal|tgl|tahun|bahwa|yang)\b", re.IGNORECASE)
_WORD_WITH_ZEROS: Final = re.compile(
    r"(?<![^/\-.])(?=[A-Z0]*[A-Z][A-Z0]*[A-Z])[A-Z0]*0[A-Z0]*(?![^/\-.])"
)  # 0KU for OKU
_DIGIT_GROUP: Final = re.compile(r"[0-9OoQDIl|SB]+")
_WRITTEN_AS_DIGIT: Final = str.maketrans("0158", "OISB")
_LIKE: Final = 72.0
_WORD_ALONE: Final = 11  # letters; longer text holds more than the sex
_MAX_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a type, the words it may be, the group of digits that is meant."""

    type: ValueType
    values: tuple[str, ...] = ()
    part: int = 0


def value_of(text: str, wanted: Wanted) -> str | None:
    """The value in `text`: dates as ISO text, sex as L or P, names and places in capitals."""
    text = without_accents(_NEVER_PRINTED.sub(" ", text[:_MAX_LENGTH]))
    if wanted.values:
        return _nearest(text, wanted.values)
    return _READERS[wanted.type](text, wanted)


def _sixteen(text: str, wanted: Wanted) -> str | None:
    found = [run.digits for run in runs_in(text)]
    possible = [run for run in found if (nik_of(run) if wanted.type == "nik" else is_possible_no_kk(run))]
    return next(iter(possible), None)


def _date(text: str) -> str | None:
    found = date_in(text)
    if found is not None:
        return found[0].isoformat()
    spelled = written_date(text) if len(letters(text)) > 12 else None
    return spelled.isoformat() if spelled else None


def sex_of(text: str) -> str | None:
    """L or P; None when the text says neither."""
    plain = letters(text)
    if plain in ("L", "LK", "P", "PR"):
        return plain[0]
    if plain in ("PRIA", "WANITA"):
        return "L" if plain == "PRIA" else "P"
    if len(plain) < 6:
        return None
    likeness = fuzz.ratio if len(plain) <= _WORD_ALONE else fuzz.partial_ratio
    man = max(likeness("LAKILAKI", plain), likeness("LELAKI", plain))
    woman = likeness("PEREMPUAN", plain)
    if max(man, woman) < _LIKE:
        return None
    return "L" if man > woman else "P"


def _name(text: str) -> str | None:
    """Letters, with the marks that names have; digits within a word were letters."""
    words = [_as_word(word) for word in _NO_NAME.sub(" ", _undotted(text)).split()]
    name = " ".join(word for word in words if not any(char.isdigit() for char in word)).strip(_EDGES).upper()
    return name if len(_LETTER.findall(name)) >= 2 else None


def _undotted(text: str) -> str:
    """Without the dots of a dotted line that is written on: "JL. RAYA.BARAT.NO. 70.." → JL. RAYA BARAT NO. 70."""
    return " ".join(_DOTS.sub(" ", text).split())


def _as_word(word: str) -> str:
    """B0BI → BOBI; 133 stays what it is."""
    return word.translate(_WRITTEN_AS_DIGIT) if len(_LETTER.findall(word)) > len(word) / 2 else word


def _place(text: str) -> str | None:
    """What stands before the date or the comma: "BIREUEN, 09-11-1958" → BIREUEN."""
    found = date_in(text)
    before = text[: found[1]] if found else text.split(",", maxsplit=1)[0]
    name = _name(before.strip(_EDGES))
    return name.strip(_EDGES) if name else None


def _digit_group(text: str, wanted: Wanted) -> str | None:
    groups = [match.group() for match in _DIGIT_GROUP.finditer(text)]
    groups = [digits(group) for group in groups if any(char.isdigit() for char in group)]
    wanted_group = max(wanted.part, 1)
    return groups[wanted_group - 1] if len(groups) >= wanted_group else None


def _number(text: str) -> str | None:
    """The number of a paper: figures, letters, strokes and dots; spaces around strokes go."""
    text = _SENTENCE.split(text, maxsplit=1)[0]
    plain = re.sub(r"\s*([/\-.])\s*", r"\1", text.strip(_EDGES)).upper()
    plain = _WORD_WITH_ZEROS.sub(lambda found: found.group().replace("0", "O"), plain)
    return plain if sum(char.isdigit() for char in plain) >= 2 else None


def _text(text: str) -> str | None:
    plain = _STREET.sub("JL", _DATE_BEHIND.sub("", _undotted(text)).strip(_EDGES).upper())
    return plain if len(letters(plain)) >= 1 or any(char.isdigit() for char in plain) else None


def _nearest(text: str, values: Sequence[str]) -> str | None:
    """The allowed word that is nearest; None when none is near."""
    plain = letters(text)
    if not plain:
        return None
    raw = text.strip(_EDGES.replace("-", "")).upper()
    score, _, value = max((fuzz.ratio(plain, letters(value)), fuzz.ratio(raw, value), value) for value in values)
    return value if score >= _LIKE else None


_READERS: Final[dict[ValueType, Callable[[str, Wanted], str | None]]] = {
    "nik": _sixteen,
    "no_kk": _sixteen,
    "date": lambda text, _: _date(text),
    "sex": lambda text, _: sex_of(text),
    "name": lambda text, _: _name(text),
    "place": lambda text, _: _place(text),
    "digits": _digit_group,
    "number": lambda text, _: _number(text),
    "text": lambda text, _: _text(text),
}
