"""Every text that is sent: short enough for one SMS, free, in both languages, and never with a NIK."""

from __future__ import annotations

import itertools
import re

import pytest

from adminduk.catalogue.loading import load_catalogue
from adminduk.catalogue.messages import MessageFile
from adminduk.catalogue.yaml_reader import read_struct
from tests.architecture.tree import ROOT

CATALOGUE = load_catalogue(ROOT / "definitions")
EVENTS = sorted(CATALOGUE.message_events)
LONG = {
    "number": "KTP-2612-ZZZZZZ-99",
    "service": "KTP-el hilang atau rusak",
    "office": "Disdukcapil Kabupaten Penukal Abab Lematang Ilir",
    "expected": "Rabu, 30 September 2026 15.30 WITA",
    "until": "30 September 2026",
    "time": "30 September 2026 15.30 WITA",
}


def _longest(event: str) -> dict[str, str]:
    message, _ = read_struct(ROOT / "definitions" / "messages" / f"{event}.yaml", MessageFile)
    return {name: LONG.get(name, example) for name, example in message.examples.items()}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("event", EVENTS)
def test_the_short_form_fits_one_sms_with_the_longest_values(event: str, lang: str) -> None:
    filled = CATALOGUE.message(event, lang).fill(**_longest(event))
    assert len(filled.short) <= 160
    assert ("GRATIS" if lang == "id" else "FREE") in filled.short and "{" not in filled.body + filled.subject


@pytest.mark.parametrize("event", EVENTS)
def test_no_message_has_a_place_for_personal_data(event: str) -> None:
    """An address is told only in part, to the old address when it is changed."""
    values = _longest(event)
    assert not {"nik", "no_kk", "kk", "name", "birth_date", "phone", "email"} & set(values)
    assert "***" in values.get("address", "***")


@pytest.mark.parametrize("number", ["3374011708909001", "3374 0117 0890 9001", "3374.0117.0890.9001"])
def test_a_number_of_sixteen_digits_never_leaves(number: str) -> None:
    message = CATALOGUE.message("withdrawn")
    with pytest.raises(ValueError, match="sixteen digits"):
        message.fill(**(_longest("withdrawn") | {"office": f"Kantor {number}"}))


def test_a_value_cannot_write_lines_of_its_own() -> None:
    filled = CATALOGUE.message("withdrawn").fill(**(_longest("withdrawn") | {"number": "KTP\r\nBcc: x@y.example"}))
    assert "\n" not in filled.subject and "\r" not in filled.body


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(ValueError, match="lacks a value"):
        CATALOGUE.message("withdrawn").fill(number="KTP-2612-ZZZZZZ-99")


def test_codes_are_told_to_be_kept_secret() -> None:
    for event in ("sign_in_code", "address_code"):
        assert re.search(r"[Jj]angan berikan|tidak pernah meminta", CATALOGUE.message(event).body)


def test_another_language_is_indonesian() -> None:
    assert CATALOGUE.message("withdrawn", "jv") == CATALOGUE.message("withdrawn", "id")


@pytest.mark.parametrize("event", EVENTS)
def test_lines_are_broken_by_the_readers_window_not_by_the_file(event: str) -> None:
    for lang in ("id", "en"):
        lines = CATALOGUE.message(event, lang).body.split("\n")
        assert not [line for line, after in itertools.pairwise(lines) if len(line) > 80 and after]


ABOUT_NO_APPLICATION = {
    *("address_change_code", "address_changed", "address_code", "draft_deleted", "draft_reminder"),
    *("family_consent_code", "officer_invite", "sign_in_code", "sign_in_new_device"),
}


@pytest.mark.parametrize("event", sorted(set(EVENTS) - ABOUT_NO_APPLICATION))
def test_officers_read_what_was_told_in_words(event: str) -> None:
    pieces = ROOT / "adminduk/channels/officer_web/templates/officer/pieces.html"
    assert event.startswith("approved_") or f'"{event}": t(' in pieces.read_text("utf-8")
