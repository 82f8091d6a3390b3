"""What the shape of a definition cannot say: everything named exists, in order, and is proven by examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from adminduk.catalogue.conditions import Condition
from adminduk.catalogue.facts import is_known_fact
from adminduk.catalogue.field_types import FIELD_TYPES, date_limit
from adminduk.catalogue.reference import Reference
from adminduk.catalogue.release import DEADLINE
from adminduk.catalogue.rules import RULES
from adminduk.catalogue.schema import Question, Service

Defect = tuple[str, str]

_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_PREFIX: Final = re.compile(r"[A-Z]{2,4}")
_SCREENING_SIZE: Final = range(3, 6)


def defects_of_service(service: Service, *, reference: Reference, events: frozenset[str]) -> Iterator[Defect]:
    """Path and reason of everything that does not hold together. `events` are the messages that exist."""
    yield from _basics(service)
    yield from _questions(service)
    yield from _documents(service, reference)
    yield from _rules(service, reference)
    yield from _endings(service, events)
    yield from _fulfilment(service, events)
    yield from _checklist(service)
    for name, codes, known in (
        ("refusal_reasons", service.refusal_reasons, reference.refusal_reasons),
        ("correction_reasons", service.correction_reasons, reference.correction_reasons),
    ):
        if not codes:
            yield f"$.{name}", "is empty"
        for index, code in enumerate(codes):
            if code not in known:
                yield f"$.{name}[{index}]", f"unknown reason {code!r}"
    for index, key in enumerate(service.legal_basis):
        if key not in reference.legal_bases:
            yield f"$.legal_basis[{index}]", f"unknown legal basis {key!r}"
    if not service.examples:
        yield "$.examples", "has no example: a definition is proven by its examples"


def _basics(service: Service) -> Iterator[Defect]:
    if not _ID.fullmatch(service.id):
        yield "$.id", f"{service.id!r} is not lower case letters, digits and _"
    if not _PREFIX.fullmatch(service.prefix):
        yield "$.prefix", f"{service.prefix!r} is not two to four capital letters"
    if not service.legal_basis:
        yield "$.legal_basis", "is empty"
    deadline = service.settings.get(DEADLINE)
    if deadline is None or isinstance(deadline.default, bool):
        yield "$.settings", f"lacks {DEADLINE}, a number of working minutes"
    for key, setting in service.settings.items():
        reason = setting.refusal_of(setting.default)
        if reason:
            yield f"$.settings.{key}.default", reason


def _questions(service: Service) -> Iterator[Defect]:
    """Ids are unique, and a condition asks only for what was asked before it."""
    if len(service.screening) not in _SCREENING_SIZE:
        yield "$.screening", "has not three to five questions"
    seen: set[str] = set()
    for index, question in enumerate(service.screening):
        yield from _question(question, service, seen, f"$.screening[{index}]")
        if question.type not in ("choice", "boolean"):
            yield f"$.screening[{index}].type", "before sign-in only choice or boolean: nothing personal is typed"
    for group_index, group in enumerate(service.groups):
        yield from _condition(group.when, seen, f"$.groups[{group_index}].when")
        for index, question in enumerate(group.questions):
            yield from _question(question, service, seen, f"$.groups[{group_index}].questions[{index}]")
    group_ids = [group.id for group in service.groups]
    if len(set(group_ids)) != len(group_ids) or "screening" in group_ids:
        yield "$.groups", "has two groups of one id, or one called screening"


def _question(question: Question, service: Service, seen: set[str], where: str) -> Iterator[Defect]:
    if question.id in seen or not _ID.fullmatch(question.id):
        yield f"{where}.id", f"{question.id!r} stands twice or is not lower case letters, digits and _"
    yield from _condition(question.when, seen, f"{where}.when")
    seen.add(question.id)
    field_type = FIELD_TYPES.get(question.type)
    if field_type is None:
        yield f"{where}.type", f"unknown type {question.type!r}; there are {', '.join(FIELD_TYPES)}"
    elif field_type.has_choices is not bool(question.choices):
        yield where, "a choice needs choices or a code_list; nothing else may have them"
    if question.source is not None and not is_known_fact(question.source):
        yield f"{where}.source", f"unknown fact {question.source!r}"
    if question.setting is not None and question.setting not in service.settings:
        yield f"{where}.setting", f"unknown setting {question.setting!r}"
    yield from _limits(question, where)
    for fact in (fact for choice in question.choices for fact in choice.facts):
        if not is_known_fact(fact):
            yield f"{where}.choices", f"unknown fact {fact!r}"


def _limits(question: Question, where: str) -> Iterator[Defect]:
    for key in ("earliest", "latest"):
        limit = getattr(question, key)
        if limit is not None and date_limit(limit, date(2000, 1, 1)) is None:
            yield f"{where}.{key}", f"{limit!r} is neither an ISO date nor today, today-30, today+30"


def _condition(condition: Condition | None, fields: set[str], where: str) -> Iterator[Defect]:
    for leaf in condition.leaves() if condition else ():
        if leaf.field is not None and leaf.field not in fields:
            yield where, f"asks for the field {leaf.field!r}, which is not asked before"
        if leaf.fact is not None and not is_known_fact(leaf.fact):
            yield where, f"asks for the unknown fact {leaf.fact!r}"


def _all_fields(service: Service) -> set[str]:
    return {q.id for q in service.screening} | {q.id for group in service.groups for q in group.questions}


def _documents(service: Service, reference: Reference) -> Iterator[Defect]:
    fields, seen = _all_fields(service), set[str]()
    for index, document in enumerate(service.documents):
        where = f"$.documents[{index}]"
        if document.id in seen or not _ID.fullmatch(document.id):
            yield f"{where}.id", f"{document.id!r} stands twice or is not lower case letters, digits and _"
        seen.add(document.id)
        yield from _condition(document.when, fields, f"{where}.when")
        if document.legal_basis not in reference.legal_bases:
            yield f"{where}.legal_basis", f"unknown legal basis {document.legal_basis!r}"
        if document.setting is not None and document.setting not in service.settings:
            yield f"{where}.setting", f"unknown setting {document.setting!r}"
        if not 1 <= document.min_pages <= document.max_pages <= 20:
            yield where, "min_pages and max_pages are 1 to 20, in this order"


def _rules(service: Service, reference: Reference) -> Iterator[Defect]:
    if not service.rules:
        yield "$.rules", "is empty"
    for index, use in enumerate(service.rules):
        where, rule = f"$.rules[{index}]", RULES.get(use.rule)
        if rule is None:
            yield f"{where}.rule", f"unknown rule {use.rule!r}; there are {', '.join(sorted(RULES))}"
            continue
        try:
            msgspec.convert(dict(use.parameters), rule.parameters)
        except msgspec.ValidationError as error:
            yield f"{where}.parameters", str(error)
        missing = rule.codes - set(reference.rule_reasons.get(use.rule, {}))
        if missing:
            yield f"{where}.rule", f"rule_reasons.yaml lacks words for {', '.join(sorted(missing))}"
        if use.legal_basis not in reference.legal_bases:
            yield f"{where}.legal_basis", f"unknown legal basis {use.legal_basis!r}"


def _endings(service: Service, events: frozenset[str]) -> Iterator[Defect]:
    fields = _all_fields(service)
    for index, step in enumerate(service.steps):
        yield from _condition(step.when, fields, f"$.steps[{index}].when")
    endings = {"visit": [v.when for v in service.visit], "after_approval": [o.when for o in service.after_approval]}
    for name, conditions in endings.items():
        if not conditions or conditions[-1] is not None:
            yield f"$.{name}", "the last entry must stand without condition, so that there is always an answer"
        for index, condition in enumerate(conditions):
            yield from _condition(condition, fields, f"$.{name}[{index}].when")
    for index, outcome in enumerate(service.after_approval):
        if outcome.message not in events:
            yield f"$.after_approval[{index}].message", f"unknown message {outcome.message!r}"


def _fulfilment(service: Service, events: frozenset[str]) -> Iterator[Defect]:
    fields, seen = _all_fields(service), set[str]()
    if bool(service.output) is not bool(service.fulfilment):
        yield "$.fulfilment", "goes with an output: neither stands without the other"
    for index, step in enumerate(service.fulfilment):
        where = f"$.fulfilment[{index}]"
        if step.id in seen or not _ID.fullmatch(step.id):
            yield f"{where}.id", f"{step.id!r} stands twice or is not lower case letters, digits and _"
        seen.add(step.id)
        yield from _condition(step.when, fields, f"{where}.when")
        if step.message and step.message not in events:
            yield f"{where}.message", f"unknown message {step.message!r}"


def _checklist(service: Service) -> Iterator[Defect]:
    fields, documents = _all_fields(service), {document.id for document in service.documents}
    if not service.checklist:
        yield "$.checklist", "is empty"
    for index, item in enumerate(service.checklist):
        where = f"$.checklist[{index}]"
        yield from _condition(item.when, fields, f"{where}.when")
        for name in (*(set(item.documents) - documents), *(set(item.questions) - fields)):
            yield where, f"names {name!r}, which is no document or question of the service"
