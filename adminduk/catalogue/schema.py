"""The shape of definitions/services/*.yaml. What is not here is refused with its line.

A release keeps these shapes as JSON for years: fields may be added with a default, never renamed or removed.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from adminduk.catalogue.conditions import Condition, Value
from adminduk.catalogue.text import Text

Decision: TypeAlias = Literal["yes", "no", "officer"]
Visit: TypeAlias = Literal["yes", "no", "unknown"]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Frozen, and a typing mistake in a key is an error."""


class Setting(_Part, frozen=True, kw_only=True):
    """A value of the national definition that a region may change, if `overridable`.

    A switch (true/false), or a number between `min` and `max`. Documents and questions beyond the national
    minimum hang on switches that are off by default.
    """

    label: Text
    default: bool | int
    overridable: bool = False
    min: int | None = None
    max: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.default, bool) and (self.min is None or self.max is None):
            raise ValueError("a number needs min and max")

    def refusal_of(self, value: bool | int) -> str | None:
        """Why `value` cannot stand here, or None."""
        if isinstance(value, bool) is not isinstance(self.default, bool):
            return "must be true or false" if isinstance(self.default, bool) else "must be a number"
        if not isinstance(value, bool) and not (self.min or 0) <= value <= (self.max or 0):
            return f"must be between {self.min} and {self.max}"
        return None


class Choice(_Part, frozen=True, kw_only=True):
    """One possible answer. `facts` are what a screening answer lets us assume before anybody signs in."""

    value: str
    label: Text
    hint: Text | None = None
    facts: dict[str, Value] = {}


class ReadFrom(_Part, frozen=True, kw_only=True):
    """Where an answer may stand on a photographed paper. `value` names fields of it in braces: "{alamat}, RT {rt}".

    In the table of a family the applicant's row is meant.
    """

    paper: str
    value: str


class Question(_Part, frozen=True, kw_only=True):
    """One question. `type` is a name of catalogue/field_types.py.

    `source` names the register's fact that answers it: where the register has told the fact it is shown for
    confirmation and not asked. `setting` names the switch without which it is not asked. `code_list` takes the
    choices from definitions/reference/code_lists.yaml. `latest` is an ISO date or "today". `read_from`: where a first
    proposal is read off photographed papers, the first that is there.
    """

    id: str
    type: str
    label: Text
    hint: Text | None = None
    required: bool = True
    when: Condition | None = None
    setting: str | None = None
    source: str | None = None
    read_from: tuple[ReadFrom, ...] = ()
    choices: tuple[Choice, ...] = ()
    code_list: str | None = None
    max_length: int | None = None
    min: int | None = None
    max: int | None = None
    earliest: str | None = None
    latest: str | None = None


class Group(_Part, frozen=True, kw_only=True):
    """Questions that stand on one page."""

    id: str
    title: Text
    intro: Text | None = None
    when: Condition | None = None
    questions: tuple[Question, ...]


class DocumentKind(_Part, frozen=True, kw_only=True):
    """A paper that satisfies a requirement, where there is a choice of papers."""

    kind: str
    label: Text
    hint: Text | None = None


class Document(_Part, frozen=True, kw_only=True):
    """A document that is asked. `alternatives`: any one of them will do. `setting`: only where this switch is on."""

    id: str
    kind: str
    label: Text
    hint: Text | None = None
    when: Condition | None = None
    setting: str | None = None
    required: bool = True
    alternatives: tuple[DocumentKind, ...] = ()
    min_pages: int = 1
    max_pages: int = 1
    legal_basis: str


class RuleUse(_Part, frozen=True, kw_only=True):
    """A named rule of catalogue/rules/ with its parameters."""

    rule: str
    parameters: dict[str, int | str | bool] = {}
    legal_basis: str


class Step(_Part, frozen=True, kw_only=True):
    """One thing that happens, told before the person begins. `who` has to do it."""

    id: str
    who: Literal["citizen", "office"]
    title: Text
    text: Text
    when: Condition | None = None


class VisitRule(_Part, frozen=True, kw_only=True):
    """Whether the person must come; the first rule whose condition holds."""

    answer: Visit
    text: Text
    when: Condition | None = None


class Outcome(_Part, frozen=True, kw_only=True):
    """What truly comes next after approval, and the message that says so; the first whose condition holds."""

    id: str
    title: Text
    text: Text
    message: str
    when: Condition | None = None


class FulfilmentStep(_Part, frozen=True, kw_only=True):
    """One thing that is done after approval. `step` names how: a file of usecases/steps/.

    `title` and `waiting` are told on the status page while it lasts; `message` is sent when it begins. Steps follow
    each other in the order of the definition; one whose `when` does not hold is passed over when its turn comes.
    """

    id: str
    step: str
    title: Text
    waiting: Text
    when: Condition | None = None
    message: str = ""
    parameters: dict[str, int | str | bool] = {}


class ChecklistItem(_Part, frozen=True, kw_only=True):
    """One thing that the officer looks at before deciding. `documents` and `questions` are shown beside it."""

    id: str
    text: Text
    when: Condition | None = None
    documents: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Expected(_Part, frozen=True, kw_only=True):
    """What an example must come to. `documents`: exactly these ids are required."""

    decision: Decision
    documents: tuple[str, ...]
    visit: Visit
    after_approval: str


class Example(_Part, frozen=True, kw_only=True):
    """A fictional case: it is checked at load, and every channel walks it. `settings` stand for a region's changes."""

    name: str
    today: str
    facts: dict[str, Value]
    screening: dict[str, str]
    answers: dict[str, str | list[str]]
    settings: dict[str, bool | int] = {}
    expect: Expected


class Service(_Part, frozen=True, kw_only=True):
    """One thing that a citizen asks for. `output` names what it yields; `fulfilment` how that comes into his hands."""

    id: str
    version: int
    order: int
    prefix: str
    title: Text
    summary: Text
    form: str
    legal_basis: tuple[str, ...]
    settings: dict[str, Setting]
    screening: tuple[Question, ...]
    groups: tuple[Group, ...]
    documents: tuple[Document, ...]
    rules: tuple[RuleUse, ...]
    steps: tuple[Step, ...]
    visit: tuple[VisitRule, ...]
    after_approval: tuple[Outcome, ...]
    output: str = ""
    fulfilment: tuple[FulfilmentStep, ...] = ()
    checklist: tuple[ChecklistItem, ...]
    refusal_reasons: tuple[str, ...]
    correction_reasons: tuple[str, ...]
    examples: tuple[Example, ...] = ()
