"""The types that a question may have: what a person typed becomes a clean answer, or a code of what is wrong.

Every type has a widget in every channel (a test in tests/architecture holds that). A clean answer is JSON as it is:
text, number, true/false or a list of texts; dates are ISO text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import phonenumbers

from adminduk.catalogue.conditions import Answer
from adminduk.catalogue.facts import as_date
from adminduk.catalogue.schema import Question
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.names import PersonName

_EMAIL: Final = re.compile(
    r"[A-Za-z0-9._%+'\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[\s./\-]([0-9]{1,2})[\s./\-]([0-9]{4})")
_YES: Final = frozenset({"true", "yes", "ya", "on", "1"})
_NO: Final = frozenset({"false", "no", "tidak", "0"})
DEFAULT_MAX_LENGTH: Final = {"text": 120, "long_text": 1000}

Clean = Callable[[str, Question, date], Answer]


@dataclass(frozen=True, slots=True)
class FieldType:
    """`clean` raises DomainError with the code of what is wrong. `is_list`: several values at once."""

    name: str
    clean: Clean
    is_list: bool = False
    has_choices: bool = False


def _text(raw: str, question: Question, today: date) -> Answer:
    shown = "".join(char for char in unicodedata.normalize("NFC", raw) if unicodedata.category(char)[0] != "C")
    return _limited(" ".join(shown.split()), question)


def _long_text(raw: str, question: Question, today: date) -> Answer:
    composed = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    shown = "".join(char for char in composed if char == "\n" or unicodedata.category(char)[0] != "C")
    return _limited("\n".join(line.rstrip() for line in shown.split("\n")).strip(), question)


def _limited(text: str, question: Question) -> str:
    limit = question.max_length or DEFAULT_MAX_LENGTH[question.type]
    if len(text) > limit:
        raise DomainError("answer_too_long", count=len(text), limit=limit)
    return text


def _name(raw: str, question: Question, today: date) -> Answer:
    return str(PersonName.parse(raw))


def _choice(raw: str, question: Question, today: date) -> Answer:
    if raw not in {choice.value for choice in question.choices}:
        raise DomainError("answer_choice")
    return raw


def _boolean(raw: str, question: Question, today: date) -> Answer:
    if raw.lower() in _YES:
        return True
    if raw.lower() in _NO:
        return False
    raise DomainError("answer_choice")


def _statement(raw: str, question: Question, today: date) -> Answer:
    if raw.lower() not in _YES:
        raise DomainError("statement_needed")
    return True


def _date(raw: str, question: Question, today: date) -> Answer:
    match = _DAY_FIRST.fullmatch(raw)
    try:
        day = date(*(int(part) for part in reversed(match.groups()))) if match else date.fromisoformat(raw)
    except ValueError:
        raise DomainError("date_impossible" if match else "date_format") from None
    earliest, latest = date_limit(question.earliest, today), date_limit(question.latest, today)
    if earliest and day < earliest:
        raise DomainError("date_too_early", limit=earliest.isoformat())
    if latest and day > latest:
        raise DomainError("date_too_late", limit=latest.isoformat())
    return day.isoformat()


def date_limit(written: str | None, today: date) -> date | None:
    """From today, today-365, today+30 or an ISO date; None for anything else."""
    match = re.fullmatch(r"today(?:([+-])([0-9]{1,5}))?", written or "")
    if match is None:
        return as_date(written)
    days = int(match.group(2) or 0)
    return today + timedelta(days=days if match.group(1) == "+" else -days)


def _phone(raw: str, question: Question, today: date) -> Answer:
    """E.164. Numbers without country code are Indonesian."""
    try:
        number = phonenumbers.parse(raw[:40], "ID")
    except phonenumbers.NumberParseException:
        raise DomainError("phone_format") from None
    if not phonenumbers.is_possible_number(number) or not phonenumbers.is_valid_number(number):
        raise DomainError("phone_format")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(raw: str, question: Question, today: date) -> Answer:
    if len(raw) > 254 or ".." in raw or not _EMAIL.fullmatch(raw):
        raise DomainError("email_format")
    local, _, domain = raw.rpartition("@")
    return f"{local}@{domain.lower()}"


def _number(raw: str, question: Question, today: date) -> Answer:
    if not _WHOLE_NUMBER.fullmatch(raw):
        raise DomainError("number_format")
    number = int(raw)
    if question.min is not None and number < question.min:
        raise DomainError("number_too_small", limit=question.min)
    if question.max is not None and number > question.max:
        raise DomainError("number_too_large", limit=question.max)
    return number


def _region(raw: str, question: Question, today: date) -> Answer:
    """Dotted code of a kabupaten/kota. That it exists, the channel sees by offering only those that do."""
    return str(RegionCode.parse(raw))


_TYPES: Final = (
    FieldType("text", _text),
    FieldType("long_text", _long_text),
    FieldType("name", _name),
    FieldType("choice", _choice, has_choices=True),
    FieldType("choices", _choice, is_list=True, has_choices=True),
    FieldType("boolean", _boolean),
    FieldType("statement", _statement),
    FieldType("date", _date),
    FieldType("phone", _phone),
    FieldType("email", _email),
    FieldType("number", _number),
    FieldType("region", _region),
)
FIELD_TYPES: Final[Mapping[str, FieldType]] = {field_type.name: field_type for field_type in _TYPES}


def clean_answer(raw: str | list[str] | None, question: Question, *, today: date) -> Answer | None:
    """The clean answer, or None where nothing was answered and nothing had to be.

    Raises DomainError: answer_needed, statement_needed, answer_choice, answer_too_long, date_…, phone_format,
    email_format, number_…, name_…, region_code.
    """
    field_type = FIELD_TYPES[question.type]
    given = [raw] if isinstance(raw, str) else list(raw or [])
    texts = [text.strip() for text in given if text.strip()]
    if not texts:
        if question.required:
            raise DomainError("statement_needed" if question.type == "statement" else "answer_needed")
        return None
    if field_type.is_list:
        return sorted({str(field_type.clean(text, question, today)) for text in texts})
    cleaned = field_type.clean(texts[-1], question, today)
    if cleaned == "":
        if question.required:
            raise DomainError("answer_needed")
        return None
    return cleaned
