"""The definition of one service in one region, as a case keeps it: questions, requirements, what follows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Self

import msgspec

from adminduk.catalogue.conditions import Answer, Answers, Condition, Fact, Facts, holds
from adminduk.catalogue.facts import KNOWN_FACTS, as_date, complete
from adminduk.catalogue.field_types import clean_answer
from adminduk.catalogue.release_body import KeptReason, ReleaseBody
from adminduk.catalogue.rules import RULES, apply_rule
from adminduk.catalogue.schema import ChecklistItem, Document, FulfilmentStep, Group, Outcome, Question, Step
from adminduk.catalogue.types import (
    CodedReason,
    Entitlement,
    FilledGroup,
    Filling,
    Provenance,
    Reason,
    Requirement,
    ShownFact,
    VisitAnswer,
)
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode

DEADLINE = "deadline_minutes"


class Release:
    """Immutable. Equal bytes have equal `id`. Nothing here reads a clock, a file or a database.

    `answers` are clean answers of screening and groups by question id; `facts` see catalogue/facts.py. The facts of
    the region, the age and `ever_married` are added here. Pass `today` in the facts (date or ISO text) where ages
    or limits of dates matter.
    """

    __slots__ = ("_body", "_groups", "_questions", "_raw", "id")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._body = msgspec.json.decode(raw, type=ReleaseBody)
        self.id = hashlib.sha256(raw).hexdigest()
        self._groups = {group.id: group for group in self._body.service.groups}
        self._questions = {question.id: question for question in self._body.service.screening} | {
            question.id: question for group in self._body.service.groups for question in group.questions
        }

    @classmethod
    def of(cls, body: ReleaseBody) -> Self:
        """Make the canonical text of `body`: keys in order, defaults left out."""
        return cls(msgspec.json.encode(body, order="deterministic"))

    @classmethod
    def from_json(cls, raw: bytes) -> Self:
        """Read what `to_json` gave, of any age. Raises msgspec.ValidationError for anything else."""
        return cls(bytes(raw))

    def to_json(self) -> bytes:
        """The canonical text; its SHA-256 is `id`."""
        return self._raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Release) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Release({self.service_id}@{self._body.region}, {self.id[:12]})"

    # --- what it is -------------------------------------------------------------------------------------------

    @property
    def service_id(self) -> str:
        return self._body.service.id

    @property
    def version(self) -> int:
        return self._body.service.version

    @property
    def region(self) -> RegionCode:
        return RegionCode.parse(self._body.region)

    @property
    def region_name(self) -> str:
        return self._body.region_name

    @property
    def prefix(self) -> str:
        """First part of an application number."""
        return self._body.service.prefix

    @property
    def form(self) -> str:
        """The official form that the answers fill."""
        return self._body.service.form

    @property
    def deadline_minutes(self) -> int:
        """Working minutes of the office from a complete application to the decision."""
        return int(self.setting(DEADLINE))

    @property
    def is_fee_free(self) -> bool:
        """Always: population documents are free by law, and no definition can say otherwise."""
        return True

    @property
    def legal_bases(self) -> tuple[str, ...]:
        """Titles of the regulations behind the service."""
        return tuple(self._title_of(key) for key in self._body.service.legal_basis)

    def title(self, lang: str = "id") -> str:
        return self._body.service.title.get(lang)

    def summary(self, lang: str = "id") -> str:
        return self._body.service.summary.get(lang)

    def setting(self, key: str) -> bool | int:
        """The value that holds in the region. Raises NotFound for a key that the service does not have."""
        try:
            return self._body.settings[key].value
        except KeyError:
            raise NotFound("setting") from None

    def setting_label(self, key: str, lang: str = "id") -> str:
        """What the setting is called on the citizen's page."""
        return self._body.service.settings[key].label.get(lang)

    @property
    def provenance(self) -> dict[str, Provenance]:
        """Where each setting comes from, by its key, and each document, by `document.<id>`."""
        settings = {
            key: Provenance(settled.level, settled.legal_basis, settled.since)
            for key, settled in self._body.settings.items()
        }
        return settings | {f"document.{item.id}": self._source_of(item) for item in self._body.service.documents}

    # --- questions --------------------------------------------------------------------------------------------

    @property
    def screening(self) -> tuple[Question, ...]:
        """Three to five questions that are asked before anybody signs in."""
        return self._body.service.screening

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups; see `visible_groups` for those that apply."""
        return self._body.service.groups

    def group(self, group_id: str) -> Group:
        """Raises NotFound."""
        try:
            return self._groups[group_id]
        except KeyError:
            raise NotFound("group") from None

    def question(self, question_id: str) -> Question:
        """A question of screening or of a group. Raises NotFound."""
        try:
            return self._questions[question_id]
        except KeyError:
            raise NotFound("question") from None

    def fill(self, answers: Answers, facts: Facts) -> Filling:
        """All that this person's form is now, in one pass: its pages with their questions, and the documents."""
        facts = self._complete(facts)
        known = self._pruned(answers, facts)
        filled = []
        for group in self.groups:
            if not self._applies(group.when, known, facts):
                continue
            asked, shown = self._asked(group.questions, known, facts), self._shown(group.questions, facts)
            if asked or shown:
                is_open = any(question.required and question.id not in known for question in asked)
                filled.append(FilledGroup(group, asked, shown, is_open))
        return Filling(tuple(filled), self._requirements(known, facts), self._asked(self.screening, known, facts))

    def visible_groups(self, answers: Answers, facts: Facts) -> tuple[Group, ...]:
        """The pages of this person's form: groups that ask or show something."""
        return tuple(page.group for page in self.fill(answers, facts).groups)

    def visible_questions(self, group_id: str, answers: Answers, facts: Facts) -> tuple[Question, ...]:
        """The questions of a group that are asked now. What the register has told is not asked: `shown_facts`.

        Conditions see the answers given, so an answer may open a later question of the same group. `group_id`
        "screening" stands for the questions before sign-in.
        """
        facts = self._complete(facts)
        return self._asked(self._members(group_id), self._pruned(answers, facts), facts)

    def shown_facts(self, group_id: str, answers: Answers, facts: Facts) -> tuple[ShownFact, ...]:
        """What the register has told in place of questions of this group, for confirmation."""
        return self._shown(self._members(group_id), self._complete(facts))

    def check_answers(
        self, group_id: str, raw: Mapping[str, str | list[str]], answers: Answers, facts: Facts
    ) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
        """Clean what was typed into one group ("screening" for the questions before sign-in).

        Returns the clean answers of this group and all problems at once. Answers to questions that are not asked
        are dropped. The caller replaces the group's old answers by the clean ones.
        """
        members, facts = self._members(group_id), self._complete(facts)
        own = {question.id for question in members}
        known = self._pruned({key: value for key, value in answers.items() if key not in own}, facts)
        today = as_date(facts.get("today")) or date.max
        clean: dict[str, Answer] = {}
        problems: list[Problem] = []
        for question in members:
            if not self._is_asked(question, known | clean, facts):
                continue
            try:
                answer = clean_answer(raw.get(question.id), question, today=today)
            except DomainError as refusal:
                problems.append(Problem(refusal.code, question.id, refusal.params))
                continue
            if answer is not None:
                clean[question.id] = answer
        return clean, tuple(problems)

    def open_groups(self, answers: Answers, facts: Facts) -> tuple[str, ...]:
        """Ids of the groups that still lack a needed answer, in order; empty: the form is complete."""
        return tuple(page.group.id for page in self.fill(answers, facts).groups if page.is_open)

    def prune(self, answers: Answers, facts: Facts) -> dict[str, Answer]:
        """Only the answers to questions that are asked: a changed answer may have closed a later question."""
        return self._pruned(answers, self._complete(facts))

    def assumed_facts(self, answers: Answers) -> dict[str, Fact]:
        """The facts that screening answers let us assume. Facts of the register go over them: assumed | known."""
        assumed: dict[str, Fact] = {}
        for question in self.screening:
            for choice in question.choices:
                if answers.get(question.id) == choice.value:
                    assumed |= choice.facts
        return assumed

    # --- what follows -----------------------------------------------------------------------------------------

    def requirements(self, answers: Answers, facts: Facts) -> tuple[Requirement, ...]:
        """Exactly the documents that this person has to send, in order."""
        facts = self._complete(facts)
        return self._requirements(self._pruned(answers, facts), facts)

    def lacking_documents(self, answers: Answers, facts: Facts, pages: Mapping[str, int]) -> tuple[Requirement, ...]:
        """Documents that still need pages; `pages` counts those that are there, by requirement."""
        return tuple(
            needed
            for needed in self.requirements(answers, facts)
            if pages.get(needed.id, 0) < needed.min_pages and (needed.required or pages.get(needed.id, 0))
        )

    def decide(self, answers: Answers, facts: Facts, today: date) -> Entitlement:
        """Whether the person is entitled on `today` (local to the office), with the reason of every rule."""
        completed = self._complete(facts, today)
        reasons = []
        for use in self._body.service.rules:
            verdict = apply_rule(use.rule, use.parameters, facts=completed, today=today)
            text = self._body.rule_texts[use.rule][verdict.code]
            reasons.append(Reason(use.rule, verdict.answer, verdict.code, text, self._title_of(use.legal_basis)))
        return Entitlement.of(tuple(reasons))

    def foresee(self, answers: Answers, today: date) -> Entitlement:
        """As `decide`, before anybody signs in: by what was answered, without what only the register can tell."""
        facts = self.assumed_facts(answers) | {"today": today.isoformat()}
        told = tuple(
            reason for reason in self.decide(answers, facts, today).reasons if not RULES[reason.rule].is_of_register
        )
        return Entitlement.of(told)

    def steps(self, facts: Facts, answers: Answers | None = None) -> tuple[Step, ...]:
        """What will happen, in order."""
        known = self._complete(facts)
        return tuple(step for step in self._body.service.steps if self._applies(step.when, answers or {}, known))

    def visit_needed(self, facts: Facts, answers: Answers | None = None) -> VisitAnswer:
        """Whether the person must come to the office: yes, no or unknown."""
        facts = self._complete(facts)
        for rule in self._body.service.visit:
            if self._applies(rule.when, answers or {}, facts):
                return VisitAnswer(rule.answer, rule.text)
        raise AssertionError("the last rule has no condition: checked at load")

    def after_approval(self, facts: Facts, answers: Answers | None = None) -> Outcome:
        """What truly comes next after approval."""
        facts = self._complete(facts)
        for outcome in self._body.service.after_approval:
            if self._applies(outcome.when, answers or {}, facts):
                return outcome
        raise AssertionError("the last outcome has no condition: checked at load")

    @property
    def output(self) -> str:
        """What an approved application yields, "" for nothing."""
        return self._body.service.output

    @property
    def steps_of_fulfilment(self) -> tuple[FulfilmentStep, ...]:
        """All steps after approval, also those that do not apply to this person."""
        return self._body.service.fulfilment

    def fulfilment(self, facts: Facts, answers: Answers) -> tuple[FulfilmentStep, ...]:
        """What is done after approval, in order, as far as is known now."""
        facts = self._complete(facts)
        known = self._pruned(answers, facts)
        return tuple(step for step in self._body.service.fulfilment if self._applies(step.when, known, facts))

    def fulfilment_step(self, step_id: str) -> FulfilmentStep:
        """Raises NotFound."""
        for step in self._body.service.fulfilment:
            if step.id == step_id:
                return step
        raise NotFound("step")

    def next_step(self, after: str, facts: Facts, answers: Answers) -> FulfilmentStep | None:
        """The first step behind `after` ("" for the beginning) that applies now; None when all is done."""
        ids = [step.id for step in self._body.service.fulfilment]
        later = set(ids[ids.index(after) + 1 :] if after else ids)
        return next((step for step in self.fulfilment(facts, answers) if step.id in later), None)

    def checklist(self, answers: Answers, facts: Facts) -> tuple[ChecklistItem, ...]:
        """What the officer looks at before deciding this case."""
        facts = self._complete(facts)
        known = self._pruned(answers, facts)
        return tuple(item for item in self._body.service.checklist if self._applies(item.when, known, facts))

    @property
    def refusal_reasons(self) -> tuple[CodedReason, ...]:
        return tuple(_coded(reason) for reason in self._body.refusal_reasons)

    @property
    def correction_reasons(self) -> tuple[CodedReason, ...]:
        return tuple(_coded(reason) for reason in self._body.correction_reasons)

    # --- inside -----------------------------------------------------------------------------------------------

    def _complete(self, facts: Facts, today: date | None = None) -> dict[str, Fact]:
        return complete(facts, today=today) | self._body.region_facts

    def _pruned(self, answers: Answers, facts: Facts) -> dict[str, Answer]:
        kept: dict[str, Answer] = {}
        for question in self.screening:
            if question.id in answers and self._is_asked(question, kept, facts):
                kept[question.id] = answers[question.id]
        for group in self.groups:
            if not self._applies(group.when, kept, facts):
                continue
            for question in group.questions:
                if question.id in answers and self._is_asked(question, kept, facts):
                    kept[question.id] = answers[question.id]
        return kept

    def _applies(self, condition: Condition | None, answers: Answers, facts: Facts) -> bool:
        return condition is None or holds(condition, answers=answers, facts=facts)

    def _is_on(self, setting: str | None) -> bool:
        return setting is None or bool(self._body.settings[setting].value)

    def _members(self, group_id: str) -> tuple[Question, ...]:
        return self.screening if group_id == "screening" else self.group(group_id).questions

    def _is_asked(self, question: Question, answers: Answers, facts: Facts) -> bool:
        if question.setting is not None and not self._is_on(question.setting):
            return False
        if question.source and _is_told(facts, question.source):
            return False
        return question.when is None or holds(question.when, answers=answers, facts=facts)

    def _asked(self, questions: tuple[Question, ...], answers: Answers, facts: Facts) -> tuple[Question, ...]:
        return tuple(question for question in questions if self._is_asked(question, answers, facts))

    def _shown(self, questions: tuple[Question, ...], facts: Facts) -> tuple[ShownFact, ...]:
        return tuple(
            ShownFact(q.source, KNOWN_FACTS[q.source], str(facts[q.source]))
            for q in questions
            if q.source and _is_told(facts, q.source) and self._is_on(q.setting)
        )

    def _title_of(self, key: str) -> str:
        return self._body.legal_bases[key]

    def _source_of(self, document: Document) -> Provenance:
        settled = self._body.settings[document.setting] if document.setting else None
        if settled is not None and settled.level == "region":
            return Provenance("region", settled.legal_basis, settled.since)
        return Provenance("national", self._title_of(document.legal_basis), "")

    def _requirements(self, known: Answers, facts: Facts) -> tuple[Requirement, ...]:
        return tuple(
            self._requirement(document)
            for document in self._body.service.documents
            if self._is_on(document.setting) and self._applies(document.when, known, facts)
        )

    def _requirement(self, document: Document) -> Requirement:
        source = self._source_of(document)
        return Requirement(
            document.id, document.kind, document.label, document.hint, document.required, document.alternatives,
            document.min_pages, document.max_pages, source.level, source.legal_basis,
        )  # fmt: skip


def _is_told(facts: Facts, name: str) -> bool:
    return facts.get("is_matched") is True and facts.get(name) not in (None, "")


def _coded(reason: KeptReason) -> CodedReason:
    return CodedReason(reason.code, reason.label, reason.advice, reason.legal_basis, reason.applies_to)
