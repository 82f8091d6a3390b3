"""One application, and everybody who might want to see it, each with a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid4

from django.test import Client

from adminduk.catalogue.papers.types import ReadPage, ReadPaper, Verdict
from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications import queries as cases
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents import readings
from adminduk.modules.documents.types import Reading, StoredPage
from adminduk.usecases import apply, review, review_decisions
from adminduk.usecases.review_decisions import Asked, Refusal
from tests import database
from tests.making import Owner
from tests.pages.application.walking import signed_in
from tests.pages.officer.clients import browser_of
from tests.usecases import citizen
from tests.usecases.halls import Hall
from tests.usecases.reviewing import STRICT, make_waiting, staff
from tests.usecases.stand_ins import Register

State = Literal["draft", "consent", "held", "correction", "refused"]
LEAN = 5171
PEOPLE = (
    "anonymous",
    "other",
    "foreign",
    "colleague",
    "head",
    "admin",
    "operator",
    "inspector",
    "owner",
    "officer",
)  # who may act comes last


@dataclass(frozen=True, slots=True)
class Scene:
    """`arguments`: what routes ask for. `secrets`: words that only owner and office may read."""

    number: str
    browsers: dict[str, Client]
    arguments: dict[str, str]
    secrets: tuple[str, ...]


def make_scene(register: Register, state: State) -> Scene:
    """The application in this state, with pages. `officer` holds it, or held it when he decided."""
    owner, officer = citizen.somebody(register), staff(STRICT)
    application_id = _application(owner, officer, state)
    with acting_as(owner.actor):
        page = documents.list_pages(application_id, region_id=STRICT)[0]
    _read(page)
    return people_around(register, owner, officer, application_id, page_id=str(page.id))


def _read(page: StoredPage) -> None:
    """The page as if the machine had read it and found nothing."""
    nothing = Reading(ReadPage((), 0, 0, is_complete=True), ReadPaper("kk", 1.0, is_document=True, fields={}))
    with acting_as(jobs.system_actor(STRICT)):
        readings.keep(page.id, region_id=STRICT, reading=nothing, verdict=Verdict(accepted=True), at=clock.now())


def make_scene_without_pages(register: Register) -> Scene:
    """A sent application that `officer` holds; quickly made."""
    owner, officer = citizen.somebody(register), staff(STRICT)
    case = make_waiting(owner=owner)
    assert review.take_next(officer, at=clock.now()) == case.id
    return people_around(register, owner, officer, case.id, page_id="")


def people_around(register: Register, owner: Owner, officer: Actor, application_id: UUID, *, page_id: str) -> Scene:
    """Everybody with a browser, around one application of Semarang."""
    actors = {"officer": officer, "colleague": staff(STRICT), "foreign": staff(LEAN)}
    actors |= {role: staff(STRICT, role) for role in ("head", "admin", "operator", "inspector")}
    return Scene(
        number=citizen.number_of(owner.actor, application_id),
        browsers={
            "anonymous": Client(),
            "owner": signed_in(owner),
            "other": signed_in(citizen.somebody(register)),
            **{name: browser_of(actor) for name, actor in actors.items()},
        },
        arguments={
            "application_id": str(application_id),
            "page_id": page_id,
            "officer_id": str(actors["colleague"].id),
            **_hall(application_id),
        },
        secrets=(
            owner.identity.name.upper(),
            str(owner.identity.nik),
            str(owner.identity.no_kk),
            "Pasar",
            "17 Agustus",
        ),
    )


def _hall(application_id: UUID) -> dict[str, str]:
    """A site with a counter, somebody who waits there, and an appointment of the application."""
    hall = Hall()
    with acting_as(jobs.system_actor(STRICT)):
        case = cases.get_case(application_id)
    booking, _ = hall.book_at(clock.now().replace(second=0, microsecond=0), case)
    return {
        "site_id": str(hall.site),
        "counter_id": str(hall.counter()),
        "ticket_id": str(hall.walk_in_now()),
        "booking_id": str(booking.id),
    }


def _application(owner: Owner, officer: Actor, state: State) -> UUID:
    application_id = citizen.complete_draft(owner.actor)
    if state == "draft":
        return application_id
    if state == "consent":  # of an adult; the family's page is tested elsewhere
        with database.superuser_connection() as connection:
            connection.execute("UPDATE applications_application SET needs_consent = true")
        return application_id
    apply.submit(owner.actor, application_id, key=str(uuid4()))
    at = clock.now()
    assert review.take_next(officer, at=at) == application_id
    if state == "correction":
        items = (Asked("document", "kk", "unreadable", ""), Asked("question", "tempat_hilang", "unclear", ""))
        review_decisions.ask_corrections(officer, application_id, items=items, key=str(uuid4()), at=at)
    if state == "refused":
        refusal = Refusal("not_the_person", "KK milik orang lain", ("kk",))
        review_decisions.refuse(officer, application_id, refusal=refusal, key=str(uuid4()), at=at)
        clock.move_forward(review_decisions.UNDO)
    return application_id
