"""Cases that wait for an officer, and the staff who decide them, in a joined region of the definitions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from adminduk.catalogue.release import Release
from adminduk.foundation import clock, jobs
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import actions as accounts
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import Act
from adminduk.modules.applications.types import Case
from adminduk.modules.offices import actions as offices
from adminduk.modules.releases import actions as releases
from adminduk.modules.workqueue import actions as workqueue
from adminduk.usecases import outside
from tests.making import SERVICE, Owner, make_owner

STRICT = 3374  # Semarang: asks for the RT/RW letter, has the register
ANSWERS = {
    "pernah_punya": "pernah",
    "data_berubah": "tidak",
    "surat_polisi": "sudah",
    "kk_di_sini": "di_sini",
    "data_benar": "semua_benar",
    "sebab_hilang": "tercecer",
    "tanggal_hilang": "2026-11-01",
    "tempat_hilang": "Pasar",
    "benar": True,
}


def staff(region: int = STRICT, role: str = "officer", *, kk_index: bytes | None = None) -> Actor:
    """Somebody of an office, with his row."""
    at = clock.now()
    with acting_as(jobs.system_actor(region)):
        officer_id = offices.invite(
            region_id=region,
            email=f"{secrets.token_hex(6)}@adminduk.example",
            name="Contoh Petugas",
            role=role,
            token=secrets.token_urlsafe(8),
            at=at,
        )
        offices.set_family(officer_id, region_id=region, kk_index=kk_index)
    return Actor(kind=ActorKind(role), id=officer_id, regions=(region,))


def facts_of(owner: Owner, *, is_matched: bool = True) -> dict[str, Any]:
    """What the register would have said."""
    known = {
        "birth_place": "SEMARANG",
        "address": "JALAN CONTOH 1",
        "marital_status": "KAWIN",
        "occupation": "WIRASWASTA",
        "blood_type": "O",
        "is_resident": True,
        "card": "issued",
        "biometrics": "stored",
    }
    return {
        "is_matched": is_matched,
        "applies_for": "self",
        "name": owner.identity.name,
        "birth_date": owner.identity.birth_date.isoformat(),
        **(known if is_matched else {}),
    }


def release_of(region: int = STRICT) -> Release:
    return outside.catalogue().release(SERVICE, RegionCode.from_number(region))


def make_waiting(
    region: int = STRICT,
    *,
    queued_at: datetime | None = None,
    due_in: timedelta = timedelta(days=1),
    is_matched: bool = True,
    answers: Mapping[str, Any] | None = None,
    owner: Owner | None = None,
) -> Case:
    """A sent application in the queue of a region."""
    owner = owner or make_owner(region, is_matched=is_matched)
    at = queued_at or clock.now()
    release, case_id = release_of(region), uuid7()
    index = accounts.nik_index(str(owner.identity.nik))
    with acting_as(owner.actor):
        releases.keep(release.id, region_id=region, service_id=SERVICE, body=release.to_json(), at=at)
        applications.create_draft(
            case_id,
            actor=owner.actor,
            region_id=region,
            number=ApplicationNumber.new("KTP", today=at.date()).text,
            service_id=SERVICE,
            release_id=release.id,
            subject=owner.identity.to_json(),
            indexes=(index, accounts.kk_index(str(owner.identity.no_kk))),
            facts=facts_of(owner, is_matched=is_matched),
            answers={**ANSWERS, **(answers or {})},
            is_matched=is_matched,
            needs_consent=False,
            ends_at=at + timedelta(days=30),
            at=at,
        )
        due_at = at + due_in
        applications.transition(
            case_id,
            Act.SUBMIT,
            actor=owner.actor,
            region_id=region,
            at=at,
            submitted_at=at,
            due_at=due_at,
            ends_at=None,
        )
        if is_matched:
            applications.claim(
                case_id, service_id=SERVICE, subject_index=index, region_id=region, owner_id=owner.actor.id
            )
        workqueue.enqueue(
            case_id,
            region_id=region,
            owner_id=owner.actor.id,
            queued_at=at,
            due_at=due_at,
            kk_index=accounts.kk_index(str(owner.identity.no_kk)),
        )
        return cases.get_case(case_id)


def case_now(actor: Actor, case_id: UUID) -> Case:
    """The case as it lies in the table."""
    with acting_as(actor):
        return cases.get_case(case_id)


def every_tick(case: Case) -> frozenset[str]:
    """All items of the case's checklist."""
    return frozenset(item.id for item in release_of(case.region_id).checklist(case.answers, case.facts))
