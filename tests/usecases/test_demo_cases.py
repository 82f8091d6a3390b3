"""What waits at the demo's offices: sent once, by the usual way, whatever the definitions of the regions ask."""

from __future__ import annotations

from datetime import date

import pytest

from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.accounts.types import Identity
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import queries as documents
from adminduk.usecases import demo_cases
from adminduk.usecases.demo_cases import DEMO_CASES, DemoCase
from tests.making import fresh_address, fresh_identity
from tests.usecases.citizen import picture
from tests.usecases.stand_ins import Register

pytestmark = pytest.mark.usefixtures("database")
REGIONS = ("33.74", "51.71", "91.71")
CARDS = {"ktp_el_baru": "PRINT_READY_RECORD", "ktp_el_hilang": "CARD_ISSUED", "ktp_el_rusak": "CARD_ISSUED"}


def send(case: DemoCase, identity: Identity, region: RegionCode, paper: demo_cases.Paper) -> bool:
    return demo_cases.send(case, region=region, identity=identity, address=fresh_address(), paper=paper)


def cases_of(identity: Identity, region: RegionCode) -> list[Case]:
    found = accounts.find_matched_id(str(identity.nik))
    assert found is not None
    actor = Actor(kind=ActorKind.CITIZEN, id=found, regions=(region.number,))
    with acting_as(actor):
        return list(cases.list_of_owner(actor.id, regions=actor.regions))


@pytest.mark.parametrize("code", REGIONS)
@pytest.mark.parametrize("case", DEMO_CASES, ids=lambda case: case.key)
def test_each_can_be_sent_in_each_region_and_only_once(register: Register, case: DemoCase, code: str) -> None:
    region, identity = RegionCode(code), fresh_identity()
    register.add(identity, card_status=CARDS[case.service_id], region=region, birth_date=date(1990, 8, 17))
    papers = picture()
    assert send(case, identity, region, lambda _: papers)
    assert not send(case, identity, region, lambda _: papers)
    (sent,) = cases_of(identity, region)
    assert sent.state is State.SUBMITTED and sent.due_at is not None


def test_what_was_broken_off_goes_on(register: Register) -> None:
    case, region, identity = DEMO_CASES[0], RegionCode("33.74"), fresh_identity()
    register.add(identity, region=region)
    pictures = {kind: picture() for kind in ("kk", "ktp_rusak", "akta_kelahiran", "pas_foto")}

    def breaks_off(kind: str) -> bytes | None:
        if kind == "pas_foto":
            raise Unavailable
        return pictures.get(kind)

    with pytest.raises(Unavailable):
        send(case, identity, region, breaks_off)
    assert [one.state for one in cases_of(identity, region)] == [State.DRAFT]
    assert send(case, identity, region, pictures.get)
    (sent,) = cases_of(identity, region)
    with acting_as(Actor(kind=ActorKind.CITIZEN, id=sent.owner_id, regions=(region.number,))):
        pages = documents.count_pages(sent.id, region_id=region.number)
    assert pages == dict.fromkeys(("kk", "ktp_rusak", "akta_lahir", "pas_foto"), 1)


def test_what_lacks_is_not_sent(register: Register) -> None:
    region, identity = RegionCode("33.74"), fresh_identity()
    register.add(identity, region=region)
    with pytest.raises(DomainError, match="not_complete"):
        send(DEMO_CASES[0], identity, region, lambda _: None)
