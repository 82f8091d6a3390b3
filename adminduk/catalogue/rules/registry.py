"""Named rules: pure functions of the facts, with typed parameters and a list of the codes that they may answer.

A rule is used by its name from `rules:` of a service. It never reads a clock, a database or an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec

from adminduk.catalogue.conditions import Facts
from adminduk.catalogue.schema import Decision


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the parameters of a rule; without fields: the rule takes none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of three answers and a code; the words stand in definitions/reference/rule_reasons.yaml."""

    answer: Decision
    code: str


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule as the definitions know it. `is_of_register`: no answer of a person can tell what it asks for."""

    name: str
    parameters: type[Parameters]
    codes: frozenset[str]
    decide: Callable[[Facts, date, Any], Verdict]
    is_of_register: bool = False


RULES: Final[dict[str, NamedRule]] = {}


def named_rule(
    *codes: str, parameters: type[Parameters] = Parameters, is_of_register: bool = False
) -> Callable[[Callable[[Facts, date, Any], Verdict]], Callable[[Facts, date, Any], Verdict]]:
    """Register the function under its own name; `codes` are all that it may answer."""

    def register(decide: Callable[[Facts, date, Any], Verdict]) -> Callable[[Facts, date, Any], Verdict]:
        RULES[decide.__name__] = NamedRule(decide.__name__, parameters, frozenset(codes), decide, is_of_register)
        return decide

    return register


def apply_rule(name: str, parameters: Mapping[str, Any], *, facts: Facts, today: date) -> Verdict:
    """Decide by the rule `name`. Raises msgspec.ValidationError for parameters that it does not take."""
    rule = RULES[name]
    return rule.decide(facts, today, msgspec.convert(dict(parameters), rule.parameters))
