"""A citizen's application as a form: its pages in order, what is done, what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal
from uuid import UUID

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.conditions import Answer, Fact
from adminduk.catalogue.region_schema import Region
from adminduk.catalogue.release import Release
from adminduk.catalogue.schema import Group, Question
from adminduk.catalogue.text import Text
from adminduk.catalogue.types import FilledGroup, Filling, Requirement, ShownFact
from adminduk.foundation import clock
from adminduk.foundation.tenancy import look_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case, CorrectionItem
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents.types import StoredPage
from adminduk.modules.releases import queries as releases

SCREENING = "screening"
CHECK = Text("Periksa dan kirim", "Check and send")
Kind = Literal["group", "document", "check"]


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form. `is_optional`: it may stay empty. `is_doubted`: a picture on it would not do."""

    kind: Kind
    id: str
    title: Text
    is_done: bool
    is_optional: bool = False
    is_doubted: bool = False


@dataclass(frozen=True)
class Form:
    """An application, opened, with everything that its pages show. What follows from it is worked out once."""

    case: Case
    release: Release
    region: Region
    today: date
    facts: Mapping[str, Fact]
    pages: Mapping[str, tuple[StoredPage, ...]]
    corrections: tuple[CorrectionItem, ...]

    @property
    def is_draft(self) -> bool:
        return self.case.state is State.DRAFT

    @cached_property
    def filling(self) -> Filling:
        """What is asked, shown and needed with the present answers."""
        return self.release.fill(self.case.answers, self.facts)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The pages of questions; those that hold nothing but statements are asked beside the button that sends."""
        return tuple(filled.group for filled in self.filling.groups if not filled.only_states)

    @property
    def statements(self) -> tuple[Question, ...]:
        """What is stated when sending."""
        return tuple(question for filled in self.filling.groups if filled.only_states for question in filled.asked)

    @property
    def statement_groups(self) -> tuple[Group, ...]:
        return tuple(filled.group for filled in self.filling.groups if filled.only_states)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        return self.filling.requirements

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All pages in order."""
        seen = self._seen_groups()
        groups = [Step("group", group.id, group.title, group.id in seen) for group in self.groups]
        papers = [
            Step(
                "document",
                item.id,
                item.label,
                self.count(item.id) >= item.min_pages,
                not item.required,
                any(page.is_open for page in self.pages.get(item.id, ())),
            )
            for item in self.requirements
        ]
        return (*groups, *papers, Step("check", "", CHECK, False))

    @property
    def next_step(self) -> Step:
        """The first page that is not done; where nothing lacks, the check."""
        return next((step for step in self.steps if not step.is_done and not step.is_optional), self.steps[-1])

    @property
    def is_complete(self) -> bool:
        """Whether nothing but the check is left."""
        return self.next_step.kind == "check"

    @property
    def minutes_left(self) -> int:
        """About a minute for each page that is not done."""
        return sum(not step.is_done for step in self.steps)

    def answered(self, answers: Mapping[str, Answer]) -> Form:
        """The same application with these answers, which were just stored."""
        return replace(self, case=replace(self.case, answers=answers))

    def place_of(self, kind: Kind, step_id: str) -> int:
        """Number of a page from 1. Raises NotFound for one that this person is not asked."""
        for number, step in enumerate(self.steps, 1):
            if (step.kind, step.id) == (kind, step_id):
                return number
        raise NotFound("step")

    def after(self, kind: Kind, step_id: str) -> Step:
        """The page that follows."""
        return self.steps[min(self.place_of(kind, step_id), len(self.steps) - 1)]

    def before(self, kind: Kind, step_id: str) -> Step | None:
        """The page before, None for the first."""
        place = self.place_of(kind, step_id)
        return self.steps[place - 2] if place > 1 else None

    def requirement(self, requirement_id: str) -> Requirement:
        """Raises NotFound for a document that this person is not asked for."""
        found = next((item for item in self.requirements if item.id == requirement_id), None)
        if found is None:
            raise NotFound("requirement")
        return found

    def questions(self, group_id: str) -> tuple[Question, ...]:
        """What is asked on a page now."""
        if group_id == SCREENING:
            return self.filling.screening
        filled = self._filled(group_id)
        return filled.asked if filled else self.release.visible_questions(group_id, self.case.answers, self.facts)

    def shown(self, group_id: str) -> tuple[ShownFact, ...]:
        """What the register has told in place of questions."""
        filled = self._filled(group_id)
        return filled.shown if filled else self.release.shown_facts(group_id, self.case.answers, self.facts)

    def count(self, requirement_id: str) -> int:
        """How many pages a document has."""
        return len(self.pages.get(requirement_id, ()))

    def asked_to_mend(self, kind: str) -> dict[str, CorrectionItem]:
        """Items of the present round by question or document."""
        return {item.item: item for item in self.corrections if item.kind == kind}

    def _filled(self, group_id: str) -> FilledGroup | None:
        return next((filled for filled in self.filling.groups if filled.group.id == group_id), None)

    def _seen_groups(self) -> set[str]:
        """Groups that lack nothing; one with optional questions only counts when a later one was answered."""
        known = self.case.answers
        unanswered = {filled.group.id for filled in self.filling.groups if filled.is_open}
        touched = [any(q.id in known for q in group.questions) for group in self.groups]
        return {
            group.id
            for place, group in enumerate(self.groups)
            if group.id not in unanswered and (any(touched[place:]) or self.pages)
        }


def get_form(actor: Actor, application_id: UUID, *, catalogue: Catalogue) -> Form:
    """The owner's application. Raises NotFound."""
    case, pages = look_as(
        actor, cases.case_of(application_id), documents.pages_of(application_id, regions=actor.regions)
    )
    if case.owner_id != actor.id:
        raise NotFound("application")
    release = releases.get_release(case.release_id, actor=actor)
    corrections: tuple[CorrectionItem, ...] = ()
    if case.state is State.CORRECTION:
        (corrections,) = look_as(
            actor, cases.corrections_of(case.id, region_id=case.region_id, round_number=case.round)
        )
    region = catalogue.region(RegionCode.from_number(case.region_id))
    today = clock.today(region.time_zone)
    by_document: dict[str, tuple[StoredPage, ...]] = {}
    for page in pages:
        by_document[page.requirement] = (*by_document.get(page.requirement, ()), page)
    return Form(case, release, region, today, case.facts_on(today), by_document, corrections)
