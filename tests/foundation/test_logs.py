"""Log lines: only named fields, no long numbers, no text of exceptions."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.foundation.logs import FIELDS, JsonFormatter, scrub

NIK = "3374011708900001"


def line(message: str, *arguments: object, error: bool = False, **extra: object) -> dict[str, Any]:
    record = logging.getLogger("test").makeRecord(
        "test", logging.INFO, __file__, 1, message, arguments, sys.exc_info() if error else None, extra=dict(extra)
    )
    parsed: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return parsed


def test_numbers_of_ten_digits_and_more_are_hidden_wherever_they_stand() -> None:
    assert NIK not in json.dumps(line("sent to %s", NIK))
    assert scrub(f"a{NIK}b and +628123456789") == "a[number]b and +[number]"


@given(st.text(), st.from_regex(r"[0-9]{10,20}", fullmatch=True), st.text())
def test_no_text_around_a_number_lets_it_through(before: str, number: str, after: str) -> None:
    assert number not in scrub(before + number + after)


def test_fields_that_are_not_named_are_not_written() -> None:
    written = line("done", job="deliver", name_of_person="Siti", status=200)
    assert (written["job"], written["status"]) == ("deliver", 200)
    assert "Siti" not in json.dumps(written)
    assert set(written) <= {"time", "level", "logger", "message", *FIELDS}


def test_of_an_exception_only_type_and_places_are_written() -> None:
    try:
        raise ValueError(f"Key (nik)=({NIK}) Siti already exists")
    except ValueError:
        written = line("failed", error=True)
    assert written["error"] == "ValueError"
    assert any("test_logs.py" in place for place in written["places"])
    assert "Siti" not in json.dumps(written)


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "request_id"])
def test_a_long_number_in_a_named_field_is_hidden_too(name: str) -> None:
    for value in (f"/permohonan/{NIK}", int(NIK)):
        assert NIK not in json.dumps(line("done", error=False, **{name: value}))


def test_spaced_and_dotted_numbers_are_hidden() -> None:
    for written in ("3374 0117 0890 0001", "3374.0117.0890.0001", "3374-0117-0890-0001", "337401.170890.0001"):
        assert "0890" not in scrub(f"nik {written} end")


def test_ids_of_our_own_stay_readable() -> None:
    ids = ("01a20e51-8c20-790d-8830-84bdf8154f51", "3374")
    for own in ids:
        assert scrub(own) == own
    assert line("done", request_id="123456789012")["request_id"] == "123456789012"
