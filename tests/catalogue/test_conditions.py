from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.conditions import Answers, Condition, Facts, holds


def _read(data: object) -> Condition:
    return msgspec.convert(data, Condition)


def _holds(data: object, answers: Answers | None = None, facts: Facts | None = None) -> bool:
    return holds(_read(data), answers=answers or {}, facts=facts or {})


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        ({"equals": "kawin"}, "kawin", True),
        ({"equals": "kawin"}, "belum_kawin", False),
        ({"equals": True}, True, True),
        ({"equals": True}, 1, False),
        ({"equals": 1}, True, False),
        ({"equals": "a"}, ["a", "b"], True),
        ({"equals": "c"}, ["a", "b"], False),
        ({"one_of": ["a", "b"]}, "b", True),
        ({"one_of": ["a", "b"]}, ["c", "b"], True),
        ({"one_of": ["a", "b"]}, "c", False),
        ({"gte": 17}, 17, True),
        ({"gte": 17}, 16, False),
        ({"lt": 17}, 16, True),
        ({"lt": 17}, 17, False),
        ({"lt": 17}, True, False),
        ({"lt": 17}, "16", False),
        ({"gte": "2026-11-24"}, "2026-11-24", True),
        ({"lt": "2026-11-24"}, "2026-11-24", False),
        ({"answered": True}, "x", True),
        ({"answered": True}, 0, True),
        ({"answered": True}, False, True),
        ({"answered": True}, "", False),
        ({"answered": True}, [], False),
        ({"answered": False}, "", True),
    ],
)
def test_a_field_is_compared(condition: dict[str, object], value: object, expected: bool) -> None:
    assert _holds({"field": "q", **condition}, {"q": value}) is expected  # type: ignore[dict-item]
    assert _holds({"fact": "age", **condition}, facts={"age": value}) is expected  # type: ignore[dict-item]


@pytest.mark.parametrize("comparison", [{"equals": "a"}, {"one_of": ["a"]}, {"gte": 1}, {"lt": 1}, {"answered": True}])
def test_what_is_unknown_satisfies_nothing(comparison: dict[str, object]) -> None:
    assert not _holds({"field": "q", **comparison})
    assert not _holds({"fact": "age", **comparison}, facts={"age": None})


def test_a_date_of_the_register_is_compared_as_iso_text() -> None:
    assert _holds({"fact": "birth_date", "lt": "2010-01-01"}, facts={"birth_date": date(2009, 12, 31)})


def test_no_condition_is_always_met() -> None:
    assert holds(None, answers={}, facts={})


LEAVES = st.builds(lambda q, v: {"field": q, "equals": v}, st.sampled_from("pqr"), st.booleans())
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda part: {"not": part}, inner)
    ),
    max_leaves=12,
)
ANSWERS = st.dictionaries(st.sampled_from("pqr"), st.booleans())


def _plainly(tree: dict[str, object], answers: dict[str, bool]) -> bool:
    """The same in Python's own words."""
    match tree:
        case {"all": list(parts)}:
            return all(_plainly(part, answers) for part in parts)
        case {"any": list(parts)}:
            return any(_plainly(part, answers) for part in parts)
        case {"not": dict(part)}:
            return not _plainly(part, answers)
    return answers.get(str(tree["field"])) is tree["equals"]


@given(TREES, ANSWERS)
def test_all_any_not_mean_what_they_say(tree: dict[str, object], answers: dict[str, bool]) -> None:
    assert _holds(tree, answers) is _plainly(tree, answers)
    assert _holds({"not": tree}, answers) is not _holds(tree, answers)


@given(TREES)
def test_a_condition_survives_being_stored(tree: dict[str, object]) -> None:
    condition = _read(tree)
    assert msgspec.json.decode(msgspec.json.encode(condition), type=Condition) == condition
    assert {leaf.field for leaf in condition.leaves()} <= set("pqr")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"field": "q"},
        {"field": "q", "fact": "age", "equals": 1},
        {"field": "q", "equals": 1, "lt": 2},
        {"all": [{"field": "q", "equals": 1}], "any": [{"field": "q", "equals": 1}]},
        {"all": [{"field": "q", "equals": 1}], "equals": 1},
        {"field": "q", "matches": ".*"},
        {"field": "q", "gte": True},
    ],
)
def test_a_condition_that_says_two_things_or_nothing_is_refused(data: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        _read(data)
