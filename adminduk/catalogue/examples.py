"""Runs a definition's own examples against it: a definition that does not do what it says is not loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from adminduk.catalogue.conditions import Answer, Fact
from adminduk.catalogue.overlay import make_release
from adminduk.catalogue.reference import Reference
from adminduk.catalogue.region_schema import Change, Region
from adminduk.catalogue.release import Release
from adminduk.catalogue.schema import Example, Service
from adminduk.kernel.identifiers import RegionCode

_MADE_UP_REGION: Final = Region(
    code=RegionCode("33.74"), name="Kota Contoh", province="Provinsi Contoh", time_zone="Asia/Jakarta", joined=True
)


def defects_of_examples(service: Service, *, reference: Reference) -> Iterator[tuple[str, str]]:
    """Path and reason of every example that does not come to what it expects."""
    for index, example in enumerate(service.examples):
        where = f"$.examples[{index}]"
        try:
            today = date.fromisoformat(example.today)
            release = example_release(service, example, reference=reference)
        except (ValueError, KeyError) as error:
            yield where, str(error)
            continue
        for reason in _disagreements(release, example, today):
            yield where, f"{example.name}: {reason}"


def example_release(service: Service, example: Example, *, reference: Reference) -> Release:
    """The release under which the example stands. Raises ValueError for settings that no region may change."""
    for key, value in example.settings.items():
        setting = service.settings.get(key)
        if setting is None or not setting.overridable or setting.refusal_of(value):
            raise ValueError(f"the setting {key!r} cannot be {value!r} in a region")
    changes = tuple(
        Change(services=(service.id,), key=key, value=value, legal_basis="CONTOH", since="2026-01-01")
        for key, value in example.settings.items()
    )
    region = Region(
        code=_MADE_UP_REGION.code, name=_MADE_UP_REGION.name, province=_MADE_UP_REGION.province,
        time_zone="Asia/Jakarta", joined=True, changes=changes,
    )  # fmt: skip
    return make_release(service, region, reference=reference)


def _disagreements(release: Release, example: Example, today: date) -> Iterator[str]:
    facts: dict[str, Fact] = {**example.facts, "today": today}
    answers, problems = _fill_in(release, example, facts)
    yield from problems
    expect = example.expect
    decided = release.decide(answers, facts, today)
    if decided.answer != expect.decision:
        codes = ", ".join(f"{reason.rule}: {reason.code}" for reason in decided.deciding)
        yield f"the decision is {decided.answer} ({codes}), not {expect.decision}"
    asked = {requirement.id for requirement in release.requirements(answers, facts)}
    if asked != set(expect.documents):
        yield f"the documents are {', '.join(sorted(asked))}, not {', '.join(sorted(expect.documents))}"
    visit = release.visit_needed(facts, answers).answer
    if visit != expect.visit:
        yield f"a visit is needed: {visit}, not {expect.visit}"
    after = release.after_approval(facts, answers).id
    if after != expect.after_approval:
        yield f"after approval comes {after}, not {expect.after_approval}"


def _fill_in(release: Release, example: Example, facts: Mapping[str, Fact]) -> tuple[dict[str, Answer], list[str]]:
    """Answer group by group as a person would."""
    answers: dict[str, Answer] = {}
    complaints: list[str] = []
    given: dict[str, str | list[str]] = {**example.screening, **example.answers}
    for group_id in ("screening", *(group.id for group in release.groups)):
        if group_id != "screening" and group_id not in {g.id for g in release.visible_groups(answers, facts)}:
            continue
        clean, problems = release.check_answers(group_id, given, answers, facts)
        answers |= clean
        complaints += [f"{problem.field}: {problem.code}" for problem in problems]
    unused = set(given) - set(answers)
    if unused:
        complaints.append(f"answers that are not asked: {', '.join(sorted(unused))}")
    return answers, complaints
