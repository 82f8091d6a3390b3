"""What the law refuses for certain is told before anybody fills in a form; where it is unsure an officer decides."""

from __future__ import annotations

from datetime import date

from adminduk.catalogue.conditions import Answers, Facts
from adminduk.catalogue.release import Release
from adminduk.catalogue.types import Reason
from adminduk.kernel.errors import DomainError


class NotEntitled(DomainError):
    """The rules say no. `reasons` are those that do, each with its text and legal basis."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__("not_entitled")
        self.reasons = reasons


def refuse_not_entitled(release: Release, answers: Answers, facts: Facts, today: date) -> None:
    """Raise NotEntitled when a rule says no."""
    decision = release.decide(answers, facts, today)
    if decision.answer == "no":
        raise NotEntitled(decision.deciding)
