"""Who is old enough for a KTP-el."""

from __future__ import annotations

from datetime import date

from adminduk.catalogue.conditions import Facts
from adminduk.catalogue.rules.registry import Parameters, Verdict, named_rule


class AgeLimits(Parameters, frozen=True):
    """Completed years. Biometrics are recorded from `record_age`, the card is printed from `print_age`."""

    record_age: int
    print_age: int


@named_rule("old_enough", "married", "record_now_print_later", "too_young", "age_unknown", parameters=AgeLimits)
def min_age_or_married(facts: Facts, today: date, limits: AgeLimits) -> Verdict:
    """A resident has a KTP-el from 17, or earlier when he is or was married; recording may come a year before.

    Source: the law on population administration (who must have a KTP-el); the ministry's practice on recording
    at 16. `age` is the age on `today`.
    """
    age = facts.get("age")
    if facts.get("ever_married") is True:
        return Verdict("yes", "married")
    if not isinstance(age, int):
        return Verdict("officer", "age_unknown")
    if age >= limits.print_age:
        return Verdict("yes", "old_enough")
    if age >= limits.record_age:
        return Verdict("yes", "record_now_print_later")
    return Verdict("no", "too_young")
