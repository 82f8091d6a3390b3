"""One row in every table that has a region, so that the isolation tests can look for it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from adminduk.catalogue.papers.types import Cause, ReadPage, Reason, Verdict
from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.application_number import ApplicationNumber
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications.types import CorrectionItem
from adminduk.modules.appointments import actions as appointments
from adminduk.modules.appointments.types import Break, Capacity, FreeSlot, Holder, Kind, Need, Slot
from adminduk.modules.audit import actions as audit
from adminduk.modules.blanks import actions as blanks
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.blanks.types import Because, Cards, Signed
from adminduk.modules.complaints import actions as complaints
from adminduk.modules.complaints.types import Kind as StepKind
from adminduk.modules.complaints.types import ReportNumber, Told
from adminduk.modules.counters import actions as counters
from adminduk.modules.counters.types import Service
from adminduk.modules.deliveries import actions as deliveries
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import ParcelAct
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents import queries, readings, words
from adminduk.modules.documents.types import NewPage, Reading, Said, Word
from adminduk.modules.draws import actions as draws
from adminduk.modules.draws import queries as rounds
from adminduk.modules.draws.types import Part
from adminduk.modules.handovers import actions as handovers
from adminduk.modules.handovers.types import OldCard
from adminduk.modules.issuance import actions as issuance
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.notifications.types import Recipient
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices.types import Opening
from adminduk.modules.printing import actions as printing
from adminduk.modules.printing.types import AlarmKind, Rank, Waiting
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.surveys import actions as surveys
from adminduk.modules.uploads import actions as uploads
from adminduk.modules.uploads.types import Upload
from adminduk.modules.visits import actions as visits
from adminduk.modules.visits.states import Kind as VisitKind
from adminduk.modules.workqueue import actions as workqueue
from tests import making

# Tables without row-level security, each with the reason why it may be.
WITHOUT_REGION = {
    "accounts_addressclaim": "two blind indexes",
    "accounts_addressshare": "two blind indexes",
    "accounts_challenge": "a sealed code, found by an unguessable id",
    "foundation_answer": "sealed answers under blind indexes",
    "foundation_limit": "counters under blind indexes",
    "foundation_session": "sealed sessions under blind indexes",
    "procrastinate_events": "times of jobs",
    "procrastinate_jobs": "names and ids",
    "procrastinate_periodic_defers": "times of periodic jobs",
    "procrastinate_workers": "heartbeats",
    "django_migrations": "names of migrations; the app role has no right on it",
}
PUBLIC_IN_REGION = {
    *("offices_openinginterval", "offices_closure", "offices_incident", "offices_site", "releases_release"),
    *("appointments_capacityinterval", "appointments_breakinterval", "appointments_siteclosure"),
    *("blanks_balance", "blanks_day", "printing_shortage"),
    *("surveys_tally", "draws_round"),
}
INSPECTOR_ONLY = {"complaints_report", "complaints_step"}  # nobody of the office
STAFF_ONLY = {
    *("offices_officer", "audit_entry", "audit_pending", "audit_link"),
    *("documents_officerword", "documents_tally"),
    *("counters_counter", "counters_series", "counters_ticket"),
    *("blanks_entry", "blanks_card", "blanks_minutes", "blanks_oldcard", "blanks_oldcardend"),
    *("printing_printer", "printing_batch", "printing_job", "printing_movedahead", "printing_alarm"),
    *("visits_trip", "deliveries_manifest"),
}


def fill(region: int) -> making.Owner:
    """A citizen of `region` with one of everything, and an office."""
    owner, system, now = making.make_owner(region), making.system(region), clock.now()
    case_id = making.make_submitted(owner)
    with acting_as(system):
        workqueue.enqueue(
            case_id, region_id=region, owner_id=owner.actor.id, queued_at=now, due_at=now, kk_index=b"another family"
        )
        item = CorrectionItem(kind="question", item="alamat", reason="unclear", words="tulis lagi", answered_at=None)
        applications.ask_corrections(case_id, region_id=region, owner_id=owner.actor.id, round_number=1, items=(item,))
        _add_pages(case_id, owner.actor)
        _begin_upload(case_id, owner.actor)
        to = Recipient(owner_id=owner.actor.id, channel="email", address="siapa@contoh.example", language="id")
        notifications.plan("matched", to=to, region_id=region, application_id=case_id, params={}, due_at=now, at=now)
        audit.record("look", actor=system, at=now, region_id=region, about=("application", case_id))
        audit.chain_pending(region)
        audit.record("look", actor=system, at=now + timedelta(1), region_id=region, about=("application", case_id))
        _fill_office(region)
        _fill_book(case_id, owner)
        _issue(case_id, owner)
        _draw(case_id, owner)
        _keep_stock(region)
        _print(case_id, owner)
        _be_recorded(case_id, owner.actor)
        _hand_over(case_id, owner.actor)
        _say_what_one_thinks(case_id, owner.actor)
    return owner


def _add_pages(case_id: UUID, owner: Actor) -> None:
    """A page that was read, of which an officer has said something, and one that was refused and taken away."""
    region, now = owner.regions[0], clock.now()
    refused = Verdict(accepted=False, reasons=(Reason(Cause.DARK),))
    fresh = tuple(
        NewPage(
            id=uuid7(),
            object_key=str(uuid7()),
            preview_key=str(uuid7()),
            width=10,
            height=10,
            size=100,
            content_index=content,
            cheap=refused,
            is_to_be_read=True,
        )
        for content in (b"picture", b"dark picture")
    )
    documents.add_pages(
        case_id, region_id=region, owner_id=owner.id, requirement=("kk", "kk"), pages=fresh, max_pages=2, at=now
    )
    documents.remove_page(fresh[1].id, application_id=case_id, at=now)
    reading = Reading(ReadPage((), 0, 0, is_complete=True), None)
    assert readings.keep(fresh[0].id, region_id=region, reading=reading, verdict=refused, at=now)
    (page,) = queries.list_pages(case_id, region_id=region)
    words.say(page, Word(page.id, words.PICTURE, Said.READABLE), officer_id=uuid7(), at=now)
    words.tally(case_id, region_id=region, day=now.date(), at=now)


def _begin_upload(case_id: UUID, owner: Actor) -> None:
    now = clock.now()
    upload = Upload(uuid7(), owner.regions[0], owner.id, case_id, "kk", 100, 0, "", now + timedelta(1))
    uploads.begin(upload, at=now)
    assert uploads.append(upload, begins_at=0, size=50, object_key=str(uuid7()))


def _be_recorded(case_id: UUID, owner: Actor) -> None:
    """Somebody before the camera, of whom the centre has said something, and who is visited too."""
    (region,), now, product_id = owner.regions, clock.now(), uuid7()
    recording = recordings.enter(
        product_id,
        region_id=region,
        application_id=case_id,
        owner_id=owner.id,
        subject_index=str(product_id).encode(),
        step_id="rekam",
        at=now,
    )
    recordings.begin_attempt(recording, operator_id=uuid7(), site_id=None, visit_id=None, exceptions=(), at=now)
    recordings.hear(
        recording,
        raw="BIO_CAPTURED",
        outcome="waiting",
        source="typed",
        reference="",
        said_on=None,
        actor_id=uuid7(),
        at=now,
    )
    visits.ask(
        region_id=region,
        kind=VisitKind.ILL,
        asked_by="citizen",
        place={"address": "Jalan Contoh 1"},
        owner_id=owner.id,
        product_id=product_id,
        application_id=case_id,
        at=now,
    )
    visits.make_trip(
        region_id=region, day=now.date(), departs=time(8), title="Desa", team="Tim", made_by=uuid7(), at=now
    )


def _fill_office(region: int) -> None:
    now = clock.now()
    offices.invite(
        region_id=region, email=f"{region}@contoh.example", name="Contoh", role="officer", token=str(region), at=now
    )
    offices.replace_hours(region, openings=(Opening(weekday=0, opens=time(8), closes=time(12)),))
    offices.add_closure(region, day=date(2026, 12, 25), reason="libur")
    offices.begin_incident(region, text="gangguan", at=now)
    offices.add_site(
        region, code="dinas", name="Contoh", address="Jalan 1", district_code="", is_main=True, does={"record"}
    )
    site = uuid7()
    counters.add_counter(region, site_id=site, number=1, services=(Service.RECORDING,))
    counters.take_number(region, site_id=site, day=now.date(), service=Service.RECORDING, at=now)


def _draw(case_id: UUID, owner: making.Owner) -> None:
    (region,), now = owner.actor.regions, clock.now()
    draws.open_round(region, kind="recording", scarcity=(1, 2), closes_at=now, pause=timedelta(hours=1), at=now)
    deciding = rounds.find_round(region, kind="recording")
    assert deciding is not None
    draws.enter(
        deciding,
        owner_id=owner.actor.id,
        application_id=case_id,
        subject_index=b"the person",
        need=0,
        site_ids=[uuid7()],
        part=Part.ANY,
        at=now,
    )


def _issue(case_id: UUID, owner: making.Owner) -> None:
    (region,), now = owner.actor.regions, clock.now()
    product = issuance.create(
        region_id=region,
        application_id=case_id,
        owner_id=owner.actor.id,
        subject_index=b"the person",
        service_id=making.SERVICE,
        output="ktp_el",
        at=now,
    )
    issuance.enter_step(product, step_id="cetak", kind="printing", actor=making.system(region), at=now)


def _fill_book(case_id: UUID, owner: making.Owner) -> None:
    (region,), site_id, now = owner.actor.regions, uuid7(), clock.now()
    hours = [Capacity(weekday, time(8), time(9), 15, 1) for weekday in range(7)]
    appointments.replace_capacity(region, site_id=site_id, kind=Kind.RECORDING, rows=hours)
    appointments.replace_breaks(region, site_id=site_id, rows=[Break(0, time(12), time(13))])
    appointments.close(region, site_id=site_id, day=now.date(), span=None, reason="listrik padam", at=now)
    slot = Slot(site_id, Kind.RECORDING, now.date(), time(8, 15), 15, 1)
    holder = Holder(region, owner.actor.id, case_id, b"the person")
    appointments.book(FreeSlot(slot, now, 1), holder=holder, needs=frozenset({Need.WHEELCHAIR}), at=now)


def _keep_stock(region: int) -> None:
    """Ten blank cards, one of them spoiled and destroyed, and an old card."""
    now, site, application = clock.now(), uuid7(), uuid7()
    first, second = (Signed("officer", uuid7(), now, now.date()) for _ in range(2))
    here: dict[str, Any] = {"region_id": region, "site_id": site}
    blanks.deliver(Cards(1, 10), **here, document="SJ", signed=first)
    blanks.spoil(Cards(1, 1), **here, because=Because("scratched"), signed=first)
    blanks.destroy([1], **here, number="BA-1", method="cut", signed=second)
    blanks.take_in(application, **here, signed=first)
    (old_card,) = ledger.list_old_cards(region, site_id=site)
    blanks.destroy_old_cards([old_card.id], **here, number="BA-2", method="cut", signed=second)


def _print(case_id: UUID, owner: making.Owner) -> None:
    """A card that is being printed, ahead of its place, while blanks are out."""
    (region,), now, site, product, officer = owner.actor.regions, clock.now(), uuid7(), uuid7(), uuid7()
    waiting = Waiting(product, region, case_id, owner.actor.id, site, "cetak", Rank.OTHERS, now, None, "", None, None)
    printing.enqueue(waiting)
    printing.move_ahead(product, region_id=region, reason="medical", day=now.date(), signed=(officer, now))
    printer = printing.add_printer(region, site_id=site, name="Pencetak 1")
    batch = printing.open_batch(region, site_id=site, printer_id=printer, signed=(officer, now))
    job = uuid7()
    printing.make_job(job, waiting, printer_id=printer, batch_id=batch, serial=2, at=now)
    printing.raise_alarm(AlarmKind.OUT_OF_ORDER, region_id=region, site_id=site, card=(job, 2), at=now)
    printing.begin_shortage(region, site_id=site, at=now)


def _hand_over(case_id: UUID, owner: Actor) -> None:
    """A card that waits at a counter, and one that the courier takes."""
    region, product_id, site_id, now = owner.regions[0], uuid7(), uuid7(), clock.now()
    handovers.put_ready(
        product_id,
        region_id=region,
        application_id=case_id,
        owner_id=owner.id,
        site_id=site_id,
        old_card=OldCard.NONE,
        at=now,
    )
    handovers.note(product_id, "new_code", region_id=region, owner_id=owner.id, actor_id=uuid7(), at=now)
    deliveries.choose(case_id, region_id=region, owner_id=owner.id, courier="Kurir", cost_rupiah=0, at=now)
    parcel = parcels.get_parcel(case_id, region_id=region)
    deliveries.move(parcel, ParcelAct.READY, actor_id=uuid7(), at=now)
    deliveries.make_manifest(
        uuid7(),
        region_id=region,
        site_id=site_id,
        number=ApplicationNumber.new("KRM", today=now.date()).text,
        courier="Kurir",
        parcels=1,
        made_by=uuid7(),
        at=now,
    )


def _say_what_one_thinks(case_id: UUID, owner: Actor) -> None:
    region, now = owner.regions[0], clock.now()
    surveys.note_asked(case_id, region_id=region, owner_id=owner.id)
    surveys.count({"time": 4}, region_id=region, service_id="ktp_el_hilang", today=now.date())
    report_id = complaints.keep(
        Told("Minta uang", "Loket", "Kemarin"), number=ReportNumber.new(), region_id=region, at=now
    )
    complaints.add_step(report_id, StepKind.NOTE, words="periksa", region_id=region, inspector_id=uuid7(), at=now)
