"""What waits at the demo's offices from the beginning: applications of people whom nobody is told to play.

They come the same way as every other: signed in, answered group by group, documents made harmless, sent once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.types import Address, Identity
from adminduk.modules.applications import queries as cases
from adminduk.modules.releases import queries as releases
from adminduk.usecases import apply, attach, sign_in

Raw = Mapping[str, str | list[str]]
Paper = Callable[[str], bytes | None]

_REPLACED: Final = {"pernah_punya": "pernah", "data_berubah": "tidak", "kk_di_sini": "di_sini"}
_FIRST: Final = {"usia": "usia_17_lebih", "punya_kartu": "belum", "kk_di_sini": "di_sini"}
_ANSWERS: Final[Raw] = {
    "data_benar": "semua_benar",
    "bantuan": "tidak",
    "cara_terima": "ambil",
    "benar": "ya",
    "sebab_hilang": "tercecer",
    "tempat_hilang": "CONTOH Pasar Badung",
    "bagian_rusak": ["pudar", "terkelupas"],
}


@dataclass(frozen=True, slots=True)
class DemoCase:
    """For which service somebody of the stories (`key`) has applied, and what he said to the first questions."""

    key: str
    service_id: str
    screening: Raw


DEMO_CASES: Final = (
    DemoCase("single_name", "ktp_el_rusak", {**_REPLACED, "kartu_ada": "ada"}),
    DemoCase("sixty_letters", "ktp_el_hilang", {**_REPLACED, "surat_polisi": "sudah"}),
    DemoCase("never_recorded", "ktp_el_baru", {**_FIRST, "pernah_direkam": "belum"}),
    DemoCase("recorded_not_printed", "ktp_el_baru", {**_FIRST, "pernah_direkam": "sudah"}),
    DemoCase("seventeen_today", "ktp_el_baru", {**_FIRST, "pernah_direkam": "sudah"}),
    DemoCase("enrollment_failed", "ktp_el_baru", {**_FIRST, "pernah_direkam": "tidak_tahu"}),
)


def send(case: DemoCase, *, region: RegionCode, identity: Identity, address: Address, paper: Paper) -> bool:
    """Apply as this person, unless he has sent something before; a draft goes on. Returns whether it was sent.

    `paper` gives his document of a kind, None when he has none. Raises NotFound in production; Unavailable;
    DomainError when the definitions ask for more than is answered here.
    """
    known = accounts.find_matched_id(str(identity.nik))
    if known is not None and _has_sent(_citizen(known, region)):
        return False
    visitor = sign_in.Visitor(network="", language="id")
    entered = sign_in.open_demo_session(region=region, identity=identity, address=address, visitor=visitor)
    actor = _citizen(entered.account_id, region)
    application_id = apply.start(
        actor, service_id=case.service_id, region=region, screening=case.screening, key=f"demo-{case.key}"
    )
    _fill_in(actor, application_id, paper)
    apply.submit(actor, application_id, key=f"demo-{case.key}-send")
    return True


def _citizen(account_id: UUID, region: RegionCode) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, id=account_id, regions=(region.number,))


def _has_sent(actor: Actor) -> bool:
    with acting_as(actor):
        return any(one.submitted_at for one in cases.list_of_owner(actor.id, regions=actor.regions))


def _fill_in(actor: Actor, application_id: UUID, paper: Paper) -> None:
    with acting_as(actor):
        draft = cases.get_case(application_id)
        release = releases.get_release(draft.release_id)
    today = apply.local_day(draft)
    facts, lost_on = draft.facts_on(today), today - timedelta(days=4)
    answers = {**_ANSWERS, "tanggal_hilang": f"{lost_on:%d-%m-%Y}"}
    for group in release.visible_groups(draft.answers, facts):
        problems = apply.save_answers(actor, application_id, group_id=group.id, raw=answers)
        if problems:
            raise DomainError("not_complete", problems=problems)
    for wanted in release.requirements(draft.answers, facts):
        for kind in wanted.kinds:
            data = paper(kind)
            if data is not None:
                attach.attach(actor, application_id, requirement_id=wanted.id, kind=kind, data=data)
                break
