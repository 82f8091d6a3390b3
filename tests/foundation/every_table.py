"""One row in every table that has a region, so that the isolation tests can look for it."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

from adminduk.catalogue.papers.types import Cause, ReadPage, Reason, Verdict
from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.applications import actions as applications
from adminduk.modules.applications.types import CorrectionItem
from adminduk.modules.audit import actions as audit
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents import queries, readings, words
from adminduk.modules.documents.types import NewPage, Reading, Said, Word
from adminduk.modules.notifications import actions as notifications
from adminduk.modules.notifications.types import Recipient
from adminduk.modules.offices import actions as offices
from adminduk.modules.offices.types import Opening
from adminduk.modules.uploads import actions as uploads
from adminduk.modules.uploads.types import Upload
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
PUBLIC_IN_REGION = {"offices_openinginterval", "offices_closure", "offices_incident", "releases_release"}
STAFF_ONLY = {
    *("offices_officer", "audit_entry", "audit_pending", "audit_link"),
    *("documents_officerword", "documents_tally"),
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


def _fill_office(region: int) -> None:
    now = clock.now()
    offices.invite(
        region_id=region, email=f"{region}@contoh.example", name="Contoh", role="officer", token=str(region), at=now
    )
    offices.replace_hours(region, openings=(Opening(weekday=0, opens=time(8), closes=time(12)),))
    offices.add_closure(region, day=date(2026, 12, 25), reason="libur")
    offices.begin_incident(region, text="gangguan", at=now)
