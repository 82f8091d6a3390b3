from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.field_types import DEFAULT_MAX_LENGTH, FIELD_TYPES, clean_answer, date_limit
from adminduk.catalogue.schema import Choice, Question
from adminduk.catalogue.text import Text
from adminduk.kernel.errors import DomainError

TODAY = date(2026, 11, 24)
LABEL = Text("Isian", "Answer")
CHOICES = tuple(Choice(value=value, label=LABEL) for value in ("satu", "dua"))


def _question(kind: str, **more: object) -> Question:
    choices = CHOICES if FIELD_TYPES[kind].has_choices else ()
    return msgspec.convert({"id": "q", "type": kind, "label": LABEL, "choices": choices, **more}, Question)


def _clean(kind: str, raw: str | list[str] | None, **more: object) -> object:
    return clean_answer(raw, _question(kind, **more), today=TODAY)


@pytest.mark.parametrize(
    ("kind", "raw", "clean"),
    [
        ("text", "  Jalan \t Contoh  1 ", "Jalan Contoh 1"),
        ("text", "a\u200bb\u0000c\u202e", "abc"),
        ("text", "e\u0301", "é"),
        ("long_text", "satu \r\n dua\r\rtiga", "satu\n dua\n\ntiga"),
        ("name", "  nur\u2019aini   binti  ali", "nur'aini binti ali"),
        ("choice", "dua", "dua"),
        ("choices", ["dua", "satu", "dua"], ["dua", "satu"]),
        ("choices", "satu", ["satu"]),
        ("boolean", "ya", True),
        ("boolean", "Tidak", False),
        ("statement", "on", True),
        ("date", "5-1-2026", "2026-01-05"),
        ("date", "05/01/2026", "2026-01-05"),
        ("date", "5 1 2026", "2026-01-05"),
        ("date", "2026-01-05", "2026-01-05"),
        ("phone", "0812 3456 7890", "+6281234567890"),
        ("phone", "62 812-3456-7890", "+6281234567890"),
        ("phone", "+62 (812) 3456 7890", "+6281234567890"),
        ("phone", "024-8311634", "+62248311634"),
        ("email", "Budi.Santoso@Contoh.Example", "Budi.Santoso@contoh.example"),
        ("number", "-12", -12),
        ("region", "3374", "33.74"),
    ],
)
def test_what_was_typed_becomes_clean(kind: str, raw: str | list[str], clean: object) -> None:
    assert _clean(kind, raw) == clean


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("text", "x" * (DEFAULT_MAX_LENGTH["text"] + 1), "answer_too_long"),
        ("long_text", "x" * (DEFAULT_MAX_LENGTH["long_text"] + 1), "answer_too_long"),
        ("name", "Budi 2", "name_characters"),
        ("choice", "tiga", "answer_choice"),
        ("choices", ["satu", "tiga"], "answer_choice"),
        ("boolean", "mungkin", "answer_choice"),
        ("statement", "tidak", "statement_needed"),
        ("statement", "", "statement_needed"),
        ("date", "31-02-2026", "date_impossible"),
        ("date", "kemarin", "date_format"),
        ("date", "2026-02-31", "date_format"),
        ("phone", "12345", "phone_format"),
        ("phone", "telepon saya", "phone_format"),
        ("email", "budi@contoh", "email_format"),
        ("email", "budi..s@contoh.example", "email_format"),
        ("email", "budi@contoh.example\nBcc: x@y.example", "email_format"),
        ("email", "a" * 250 + "@contoh.example", "email_format"),
        ("number", "12,5", "number_format"),
        ("number", "1" * 30, "number_format"),
        ("region", "Semarang", "region_code"),
    ],
)
def test_what_is_wrong_has_a_code(kind: str, raw: str | list[str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        _clean(kind, raw)
    assert refused.value.code == code


@pytest.mark.parametrize("kind", [kind for kind in FIELD_TYPES if kind != "statement"])
@pytest.mark.parametrize("raw", [None, "", "   ", [], ["", " "]])
def test_nothing_is_none_or_a_refusal(kind: str, raw: str | list[str] | None) -> None:
    assert _clean(kind, raw, required=False) is None
    with pytest.raises(DomainError) as refused:
        _clean(kind, raw)
    assert refused.value.code == "answer_needed"


def test_a_text_of_invisible_signs_is_nothing() -> None:
    assert _clean("text", "\u200b\u200b", required=False) is None
    with pytest.raises(DomainError, match="answer_needed"):
        _clean("text", "\u200b\u200b")


@given(st.sampled_from(sorted(FIELD_TYPES)), st.text() | st.lists(st.text(), max_size=3))
def test_whatever_is_sent_is_clean_json_or_a_coded_refusal(kind: str, raw: str | list[str]) -> None:
    try:
        answer = _clean(kind, raw, required=False)
    except DomainError as refused:
        assert refused.code
    else:
        assert msgspec.json.decode(msgspec.json.encode(answer)) == answer


@given(st.sampled_from(["text", "long_text", "name", "phone", "email", "date", "number"]), st.text(max_size=40))
def test_cleaning_twice_changes_nothing(kind: str, raw: str) -> None:
    try:
        once = _clean(kind, raw, required=False)
    except DomainError:
        return
    if once is not None:
        assert _clean(kind, str(once), required=False) == once


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_date_is_read_as_indonesians_and_machines_write_it(day: date) -> None:
    for written in (f"{day.day}-{day.month}-{day.year}", day.strftime("%d.%m.%Y"), day.isoformat()):
        assert _clean("date", written) == day.isoformat()


@pytest.mark.parametrize(
    ("raw", "code"),
    [("23-11-2026", None), ("24-11-2026", None), ("25-11-2026", "date_too_late"), ("31-12-2010", "date_too_early")],
)
def test_a_date_keeps_within_its_limits(raw: str, code: str | None) -> None:
    limits = {"earliest": "2011-01-01", "latest": "today"}
    if code is None:
        assert _clean("date", raw, **limits)
        return
    with pytest.raises(DomainError) as refused:
        _clean("date", raw, **limits)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("today", TODAY),
        ("today-30", date(2026, 10, 25)),
        ("today+7", date(2026, 12, 1)),
        ("2011-01-01", date(2011, 1, 1)),
        ("soon", None),
        (None, None),
    ],
)
def test_limits_of_dates(written: str | None, day: date | None) -> None:
    assert date_limit(written, TODAY) == day


@pytest.mark.parametrize(("raw", "code"), [("0", "number_too_small"), ("11", "number_too_large"), ("10", None)])
def test_a_number_keeps_within_its_limits(raw: str, code: str | None) -> None:
    if code is None:
        assert _clean("number", raw, min=1, max=10) == 10
        return
    with pytest.raises(DomainError) as refused:
        _clean("number", raw, min=1, max=10)
    assert (refused.value.code, refused.value.params["limit"]) == (code, 1 if raw == "0" else 10)
