"""When a question, document or step applies: all/any/not over a field or a fact, five comparisons, nothing to parse.

A sixth comparison is not added here: write a named rule (catalogue/rules/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

Value: TypeAlias = str | int | bool
Fact: TypeAlias = str | int | bool | date | None
Answer: TypeAlias = str | int | bool | list[str]
Facts: TypeAlias = Mapping[str, Fact]
Answers: TypeAlias = Mapping[str, Answer]


class Condition(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"all_of": "all", "any_of": "any", "negated": "not"},
):
    """One node: exactly one of all, any, not, field, fact; a field or fact with exactly one comparison.

    `field` is the id of a question, `fact` a name of catalogue/facts.py. What has no value satisfies only
    `answered: false` and what is built on `not`.
    """

    all_of: tuple[Condition, ...] | None = None
    any_of: tuple[Condition, ...] | None = None
    negated: Condition | None = None
    field: str | None = None
    fact: str | None = None
    equals: Value | UnsetType = UNSET
    one_of: tuple[Value, ...] | UnsetType = UNSET
    gte: int | str | UnsetType = UNSET
    lt: int | str | UnsetType = UNSET
    answered: bool | UnsetType = UNSET

    def __post_init__(self) -> None:
        kinds = (self.all_of, self.any_of, self.negated, self.field, self.fact)
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a condition has exactly one of all, any, not, field, fact")
        comparisons = sum(c is not UNSET for c in (self.equals, self.one_of, self.gte, self.lt, self.answered))
        if comparisons != (1 if self.field or self.fact else 0):
            raise ValueError("a field or fact is compared exactly once: equals, one_of, gte, lt or answered")

    def leaves(self) -> Iterator[Condition]:
        """The comparisons inside."""
        if self.field or self.fact:
            yield self
        for inner in (*(self.all_of or ()), *(self.any_of or ()), *((self.negated,) if self.negated else ())):
            yield from inner.leaves()


def holds(condition: Condition | None, *, answers: Answers, facts: Facts) -> bool:
    """Whether the condition is met; no condition is always met."""
    if condition is None:
        return True
    if condition.all_of is not None:
        return all(holds(inner, answers=answers, facts=facts) for inner in condition.all_of)
    if condition.any_of is not None:
        return any(holds(inner, answers=answers, facts=facts) for inner in condition.any_of)
    if condition.negated is not None:
        return not holds(condition.negated, answers=answers, facts=facts)
    if condition.field is not None:
        return _compares(condition, answers.get(condition.field))
    return _compares(condition, facts.get(condition.fact or ""))


def _compares(leaf: Condition, found: Fact | Answer) -> bool:
    value = found.isoformat() if isinstance(found, date) else found
    has_value = value is not None and value not in ("", [])
    if leaf.answered is not UNSET:
        return leaf.answered is has_value
    if not has_value:
        return False
    if leaf.equals is not UNSET:
        return _is_same(value, leaf.equals)
    if leaf.one_of is not UNSET:
        return any(_is_same(value, wanted) for wanted in leaf.one_of)
    return _is_in_order(value, leaf)


def _is_same(value: Fact | Answer, wanted: Value) -> bool:
    if isinstance(value, list):
        return wanted in value
    return type(value) is type(wanted) and value == wanted


def _is_in_order(value: Fact | Answer, leaf: Condition) -> bool:
    """Numbers with numbers, ISO dates with ISO dates; anything else is not in order."""
    limit = leaf.gte if leaf.gte is not UNSET else leaf.lt
    is_at_least = leaf.gte is not UNSET
    if isinstance(value, str) and isinstance(limit, str):
        return value >= limit if is_at_least else value < limit
    if isinstance(value, int) and isinstance(limit, int) and not isinstance(value, bool):
        return value >= limit if is_at_least else value < limit
    return False
