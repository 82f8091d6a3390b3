"""What follows from facts: ages on a day, marriage, and the three answers of the named rules."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.conditions import Fact
from adminduk.catalogue.facts import complete
from adminduk.catalogue.rules import RULES, apply_rule
from adminduk.kernel.birth_date import BirthDate

TODAY = date(2026, 11, 24)
LIMITS = {"record_age": 16, "print_age": 17}


@given(st.dates(date(1900, 1, 1), TODAY), st.booleans())
def test_the_age_follows_from_the_birth_date(born: date, is_text: bool) -> None:
    facts: dict[str, Fact] = {"birth_date": born.isoformat() if is_text else born, "age": 99}
    assert complete(facts, today=TODAY)["age"] == BirthDate(born).age_on(TODAY)


def test_without_a_day_or_a_birth_date_the_age_stays_as_given() -> None:
    assert complete({"age": 16})["age"] == 16
    assert complete({"age": 16, "birth_date": "bukan tanggal"}, today=TODAY)["age"] == 16
    assert "age" not in complete({"age": 16, "birth_date": date(2027, 1, 1)}, today=TODAY)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("BELUM KAWIN", False),
        ("belum_kawin", False),
        ("KAWIN", True),
        ("KAWIN BELUM TERCATAT", True),
        ("CERAI HIDUP", True),
        ("CERAI MATI", True),
        ("", None),
        (None, None),
    ],
)
def test_who_was_ever_married(status: str | None, expected: bool | None) -> None:
    assert complete({"marital_status": status}).get("ever_married") is expected


@pytest.mark.parametrize(
    ("born", "married", "answer", "code"),
    [
        (date(2009, 11, 24), False, "yes", "old_enough"),  # seventeen today
        (date(2009, 11, 25), False, "yes", "record_now_print_later"),  # tomorrow
        (date(2010, 11, 24), False, "yes", "record_now_print_later"),  # sixteen today
        (date(2010, 11, 25), False, "no", "too_young"),
        (date(2012, 1, 1), True, "yes", "married"),
        (date(1930, 1, 1), True, "yes", "married"),
        (None, False, "officer", "age_unknown"),
    ],
)
def test_recorded_from_16_printed_at_17_or_married(born: date | None, married: bool, answer: str, code: str) -> None:
    facts = complete({"birth_date": born, "marital_status": "KAWIN" if married else "BELUM KAWIN"}, today=TODAY)
    verdict = apply_rule("min_age_or_married", LIMITS, facts=facts, today=TODAY)
    assert (verdict.answer, verdict.code) == (answer, code)


@pytest.mark.parametrize(
    ("rule", "facts", "answer", "code"),
    [
        ("not_yet_issued", {"card": "none"}, "yes", "no_card_yet"),
        ("not_yet_issued", {"card": "ready"}, "yes", "no_card_yet"),
        ("not_yet_issued", {"card": "printed"}, "no", "card_waiting"),
        ("not_yet_issued", {"card": "issued"}, "no", "has_card"),
        ("not_yet_issued", {}, "officer", "card_unknown"),
        ("recorded_before", {"biometrics": "stored"}, "yes", "recorded"),
        ("recorded_before", {"biometrics": "missing"}, "no", "never_recorded"),
        ("recorded_before", {"biometrics": "failed"}, "officer", "record_again"),
        ("recorded_before", {"biometrics": "in_progress"}, "officer", "record_unknown"),
        ("recorded_before", {}, "officer", "record_unknown"),
        ("no_double_record", {"biometrics": "duplicate"}, "officer", "double_record"),
        ("no_double_record", {"biometrics": "stored"}, "yes", "single_record"),
        ("no_double_record", {}, "officer", "uniqueness_unknown"),
        ("resident_of_region", {"is_resident": True}, "yes", "resident"),
        ("resident_of_region", {"is_resident": False}, "officer", "lives_elsewhere"),
        ("resident_of_region", {}, "officer", "residence_unknown"),
    ],
)
def test_rules_answer_yes_no_or_leave_it_to_the_officer(
    rule: str, facts: dict[str, Fact], answer: str, code: str
) -> None:
    verdict = apply_rule(rule, {}, facts=facts, today=TODAY)
    assert (verdict.answer, verdict.code) == (answer, code) and code in RULES[rule].codes


def test_a_rule_refuses_parameters_that_it_does_not_take() -> None:
    with pytest.raises(msgspec.ValidationError):
        apply_rule("not_yet_issued", {"years": 3}, facts={}, today=TODAY)


@pytest.mark.parametrize(
    ("raw", "card", "biometrics"),
    [
        ("PRINT_READY_RECORD", "ready", "stored"),
        ("print ready record", "ready", "stored"),
        ("CARD_ISSUED", "issued", "stored"),
        ("CARD_PRINTED", "printed", "stored"),
        ("BIO_CAPTURED", "in_progress", "in_progress"),
        ("ENROLL_FAILURE_AT_CENTRAL", "none", "failed"),
        ("DUPLICATE_RECORD", "none", "duplicate"),
        ("ADJUDICATE_RECORD_IN_SOME_WAY", "in_progress", "in_progress"),
        ("UNREGISTERED", "none", "missing"),
        ("SOMETHING_NEW_OF_2031", "unknown", "unknown"),
        ("", "unknown", "unknown"),
    ],
)
def test_a_status_of_the_register_is_understood_or_breaks_nothing(
    catalogue: Catalogue, raw: str, card: str, biometrics: str
) -> None:
    assert catalogue.card_facts(raw) == {"card_status": raw, "card": card, "biometrics": biometrics}
    assert catalogue.card_status(raw).label.id
