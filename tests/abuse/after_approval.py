"""The way after the approval, by use cases: invited, visited, recorded, printed, brought in vain, handed over."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.identifiers import Nik, NoKk
from adminduk.modules.accounts.types import Identity
from adminduk.modules.applications.states import State
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments.types import Need
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import ParcelAct
from adminduk.modules.handovers.types import IdentityPaper, OldCard, Proof, Receipt, Recipient
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.visits import queries as visits
from adminduk.usecases import (
    choose_delivery,
    courier_report,
    hand_over,
    print_cards,
    record,
    recording_statuses,
    send_cards,
    trip,
    visit,
)
from tests.making import Owner, make_owner, system
from tests.usecases import appointing
from tests.usecases import recording_stage as stage
from tests.usecases.floor import Floor
from tests.usecases.reviewing import STRICT, case_now, staff
from tests.usecases.stand_ins import Register
from tests.usecases.test_hand_over import code_of

WHO = Identity(Nik.parse("3374051203889377"), NoKk.parse("3374050303199377"), "Burung Murai Rekaan", date(1988, 3, 12))
HOME = "JALAN SANGKAR MURAI REKAAN 77"


def go_the_whole_way(register: Register, *, words: str) -> tuple[Owner, Case]:
    """From the approval to the card in somebody's hands. `words` are written wherever words may be."""
    owner = make_owner(STRICT, identity=WHO)
    register.add(WHO, address=HOME, occupation="WIRASWASTA", marital_status="BELUM KAWIN")
    case, product = stage.make_approved(owner, address=HOME)
    appointing.hold(case, appointing.soonest(case))
    appointing.confirm(case, Need.WHEELCHAIR)
    choose_delivery.choose(owner.actor, case.id, key=str(uuid4()), at=clock.now())
    _visited(owner, case, words)
    _recorded(product, words)
    _printed(product)
    _brought_in_vain(case)
    _handed_over(owner, case)
    assert case_now(system(STRICT), case.id).state is State.COMPLETED
    return owner, case


def _visited(owner: Owner, case: Case, words: str) -> None:
    operator, at = staff(role="operator"), clock.now()
    visit.ask(owner.actor, case.id, kind="elderly", note=words, key=str(uuid4()), at=at)
    with acting_as(system(STRICT)):
        asked = [one.id for one in visits.list_asked(STRICT)]
    trip_id = stage.make_trip(operator)
    trip.add(operator, trip_id, visit_ids=asked, numbers=(), key=str(uuid4()), at=at)
    trip.open_trip(operator, trip_id, at=at)
    trip.enter_results(operator, trip_id, results={asked[0]: "recorded"}, key=str(uuid4()), at=at)


def _recorded(product: ProductView, words: str) -> None:
    operator, officer, at = staff(role="operator"), staff(), clock.now()
    record.open_person(operator, product.id, at=at)
    recording_statuses.settle(officer, product.id, how="note", words=words, key=str(uuid4()), at=at)
    file = f"NIK;STATUS;TANGGAL\n{WHO.nik};PRINT_READY_RECORD;{clock.today('Asia/Jakarta'):%d-%m-%Y}\n"
    assert recording_statuses.import_file(operator, file.encode(), key=str(uuid4()), at=at).news == 1


def _printed(product: ProductView) -> None:
    floor = Floor(cards=1)
    floor.take_over(product)
    floor.begin()
    (job,) = floor.print_all()
    print_cards.face(floor.ani, job.id, side="front", at=clock.now())
    floor.accept(job)


def _brought_in_vain(case: Case) -> None:
    operator, day = staff(role="operator"), clock.today("Asia/Jakarta")
    with acting_as(system(STRICT)):
        site_id = parcels.get_parcel(case.id, region_id=STRICT).site_id
    assert site_id is not None
    listed = send_cards.list_waiting(operator, site_id=site_id, key=str(uuid4()), at=clock.now())
    assert HOME in send_cards.as_csv(send_cards.open_manifest(operator, listed, at=clock.now(), act="delivery.label"))
    send_cards.mark_sent(operator, listed, key=str(uuid4()), at=clock.now())
    for number, act in enumerate((ParcelAct.FAIL, ParcelAct.FAIL, ParcelAct.RETURN)):
        said = courier_report.Reported(act, day - timedelta(days=2 - number), tracking=f"R-{case.number}")
        courier_report.report(operator, case.id, said, key=str(uuid4()), at=clock.now())


def _handed_over(owner: Owner, case: Case) -> None:
    operator, code = staff(role="operator"), code_of(owner, case.id)
    product_id: UUID = hand_over.find(operator, number=case.number, code=code, at=clock.now())
    hand_over.read(operator, product_id, code=code, at=clock.now())
    agent = Receipt(
        Recipient.AGENT, IdentityPaper.KTP, OldCard.NONE, Proof.SIGNED,
        name=WHO.name, nik=str(WHO.nik), has_power_of_attorney=True,
    )  # fmt: skip
    hand_over.hand_over(operator, product_id, code=code, receipt=agent, key=str(uuid4()), at=clock.now())
