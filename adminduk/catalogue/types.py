"""What a release answers: frozen values that channels show and use cases store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Self

from adminduk.catalogue.schema import Decision, DocumentKind, Group, Question, Visit
from adminduk.catalogue.text import Text

Level = Literal["national", "region"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a rule comes from. `legal_basis` is a title; `since` an ISO date, empty for the national definition."""

    level: Level
    legal_basis: str
    since: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A document that this person has to send. With `alternatives`, any one of these kinds is enough.

    `is_regional_extra`: shown as "diminta daerah, bukan aturan nasional"; lacking it is never by itself a ground
    for refusal.
    """

    id: str
    kind: str
    label: Text
    hint: Text | None
    required: bool
    alternatives: tuple[DocumentKind, ...]
    min_pages: int
    max_pages: int
    level: Level
    legal_basis: str

    @property
    def is_regional_extra(self) -> bool:
        return self.level == "region"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of paper that satisfy it."""
        return tuple(alternative.kind for alternative in self.alternatives) or (self.kind,)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule answered as it did: `code` for machines, `text` for people, `legal_basis` by title."""

    rule: str
    answer: Decision
    code: str
    text: Text
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Whether the person is entitled: no if any rule says no, else officer if any is unsure, else yes."""

    answer: Decision
    reasons: tuple[Reason, ...]

    @classmethod
    def of(cls, reasons: tuple[Reason, ...]) -> Self:
        """What the reasons come to together."""
        given = {reason.answer for reason in reasons}
        return cls("no" if "no" in given else "officer" if "officer" in given else "yes", reasons)

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that brought the answer about."""
        return tuple(reason for reason in self.reasons if reason.answer == self.answer)


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """Whether the person must come to the office, and why."""

    answer: Visit
    text: Text


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A thing that the register has told, shown for confirmation."""

    name: str
    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class FilledGroup:
    """A page of a form for certain answers: what it asks and shows. `is_open`: a needed answer lacks."""

    group: Group
    asked: tuple[Question, ...]
    shown: tuple[ShownFact, ...]
    is_open: bool

    @property
    def only_states(self) -> bool:
        """It holds nothing but statements, which are asked beside the button that sends."""
        return bool(self.asked) and not self.shown and all(question.type == "statement" for question in self.asked)


@dataclass(frozen=True, slots=True)
class Filling:
    """A whole form for certain answers: the groups that apply, the documents, the questions before sign-in."""

    groups: tuple[FilledGroup, ...]
    requirements: tuple[Requirement, ...]
    screening: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class CodedReason:
    """A reason for refusing or for asking for a correction. `applies_to`: documents, questions or both."""

    code: str
    label: Text
    advice: Text
    legal_basis: str
    applies_to: tuple[str, ...] = field(default=("documents", "questions"))
