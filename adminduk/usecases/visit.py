"""Home and village visits ("jemput bola"): who asks for one, and who takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.types import Case
from adminduk.modules.audit import actions as audit
from adminduk.modules.recordings import queries as recordings
from adminduk.modules.recordings.states import TO_COME
from adminduk.modules.recordings.types import Recording
from adminduk.modules.visits import actions as visits
from adminduk.modules.visits import queries
from adminduk.modules.visits.states import BY_CITIZEN, OF_PLACES, Kind
from adminduk.modules.visits.types import VisitRequest
from adminduk.usecases.case_record import record

STAFF = frozenset({ActorKind.OPERATOR, ActorKind.OFFICER, ActorKind.HEAD})
CITIZEN, OFFICE = "citizen", "office"
LONGEST_NOTE = 200
MOST_EXPECTED = 500
_PLACE = ("address", "rt", "rw", "village_name", "district_name")


def region_of_staff(actor: Actor) -> int:
    """The one region of somebody who plans visits. Raises NotFound for everybody else."""
    if actor.kind not in STAFF:
        raise NotFound("visit")
    (region_id,) = actor.regions
    return region_id


def find_own(actor: Actor, application_id: UUID) -> tuple[Case, Recording, VisitRequest | None]:
    """Whether the person of one's own application has to come, and the visit asked for. Raises NotFound."""
    with acting_as(actor):
        return _own(actor, application_id)


def _own(actor: Actor, application_id: UUID) -> tuple[Case, Recording, VisitRequest | None]:
    case = cases.get_case(application_id)
    found = recordings.find_of_application(case.id, region_id=case.region_id)
    if found is None or case.owner_id != actor.id:
        raise NotFound("visit")
    return case, found, queries.find_open(found.product_id, region_id=case.region_id)


def ask(actor: Actor, application_id: UUID, *, kind: str, note: str, key: str, at: datetime) -> None:
    """A citizen asks to be visited, at the address of the Kartu Keluarga.

    Raises NotFound; DomainError: answer_choice, answer_too_long, visit_not_due (the person need not come), visit_asked.
    """
    wanted = _kind(kind, BY_CITIZEN)
    said = _note(note)

    def act() -> str:
        case, recording, _ = _own(actor, application_id)
        if recording.state not in TO_COME:
            raise DomainError("visit_not_due")
        ask_within(case, recording.product_id, kind=wanted, asked_by=CITIZEN, note=said, at=at)
        record("visit.ask", case, actor=actor, at=at)
        return ""

    once(actor, key, act)


def ask_within(case: Case, product_id: UUID, *, kind: Kind, asked_by: str, note: str, at: datetime) -> UUID:
    """Put a request on the list, within a transaction. Raises DomainError("visit_asked")."""
    return visits.ask(
        region_id=case.region_id,
        kind=kind,
        asked_by=asked_by,
        place=place_of(case) | ({"note": note} if note else {}),
        owner_id=case.owner_id,
        product_id=product_id,
        application_id=case.id,
        at=at,
    )


def place_of(case: Case) -> dict[str, str]:
    """Where somebody lives: by the register, else as he wrote it himself."""
    known = {name: str(case.facts[name]) for name in _PLACE if case.facts.get(name)}
    return known if "address" in known else known | {"address": str(case.answers.get("alamat", ""))}


def take_back(actor: Actor, application_id: UUID, *, key: str, at: datetime) -> None:
    """The person can come after all. Raises NotFound, DomainError("visit_over")."""

    def act() -> str:
        case, _, asked = _own(actor, application_id)
        if asked is None:
            raise DomainError("visit_over")
        visits.drop(asked.id, region_id=case.region_id, at=at)
        record("visit.take_back", case, actor=actor, at=at)
        return ""

    once(actor, key, act)


def note_looks(actor: Actor, application_ids: Sequence[UUID], *, at: datetime) -> None:
    """Somebody of the office reads the list of requests: it says of each person where he lives and why he cannot come.

    Raises NotFound.
    """
    region_of_staff(actor)
    with acting_as(actor):
        for application_id in application_ids:
            record("visit.look", cases.get_case(application_id), actor=actor, at=at)


def ask_for_place(actor: Actor, *, kind: str, place: dict[str, str], expected: int, key: str, at: datetime) -> UUID:
    """A school, prison or village asks through the office. `place`: address, village_name, district_name, note.

    Raises NotFound; DomainError("visit_place_wrong") with problems.
    """
    region_id = region_of_staff(actor)
    problems = []
    if kind not in OF_PLACES:
        problems.append(Problem("answer_choice", "jenis"))
    if not 3 <= len(place.get("address", "").strip()) <= LONGEST_NOTE:
        problems.append(Problem("visit_address", "tempat"))
    if not 1 <= expected <= MOST_EXPECTED:
        problems.append(Problem("visit_expected", "jumlah"))
    if problems:
        raise DomainError("visit_place_wrong", problems=tuple(problems))

    def act() -> str:
        told = {name: text.strip()[:LONGEST_NOTE] for name, text in place.items() if text.strip()}
        made = visits.ask(region_id=region_id, kind=Kind(kind), asked_by=OFFICE, place=told, expected=expected, at=at)
        audit.record("visit.ask", actor=actor, at=at, region_id=region_id, about=("visit", made))
        return str(made)

    return UUID(once(actor, key, act))


def drop(actor: Actor, visit_id: UUID, *, key: str, at: datetime) -> None:
    """The office takes a place's request off its list. Raises NotFound, DomainError("visit_over")."""
    region_id = region_of_staff(actor)

    def act() -> str:
        asked = queries.get_request(visit_id, region_id=region_id)
        if asked.product_id is not None:
            raise NotFound("visit")  # a person's own request is his
        visits.drop(asked.id, region_id=region_id, at=at)
        audit.record("visit.drop", actor=actor, at=at, region_id=region_id, about=("visit", asked.id))
        return ""

    once(actor, key, act)


def _kind(kind: str, allowed: tuple[Kind, ...]) -> Kind:
    if kind not in allowed:
        raise DomainError("answer_choice", problems=(Problem("answer_choice", "sebab"),))
    return Kind(kind)


def _note(note: str) -> str:
    said = " ".join(note.split())
    if len(said) > LONGEST_NOTE:
        problem = Problem("answer_too_long", "catatan", {"count": len(said), "limit": LONGEST_NOTE})
        raise DomainError("answer_too_long", problems=(problem,), count=len(said), limit=LONGEST_NOTE)
    return said
