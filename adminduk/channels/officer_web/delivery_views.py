"""Lists for the courier, their files and labels, and what he reports back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.officer_web.pages import actor_of, go, key_of, region_of, show
from adminduk.foundation import clock
from adminduk.foundation.pages.access import for_staff
from adminduk.foundation.pages.posted import posted_date
from adminduk.kernel.actor import ActorKind
from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.modules.deliveries.states import ParcelAct
from adminduk.readmodels.parcels_of_office import parcels_of
from adminduk.usecases import courier_report, send_cards

REPORTABLE = (ParcelAct.FAIL, ParcelAct.DELIVER, ParcelAct.RETURN)


@for_staff(ActorKind.OPERATOR)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits, what the courier has, the lists of late."""
    return _overview(request)


def _overview(
    request: HttpRequest,
    *,
    problems: tuple[Problem, ...] = (),
    imported: courier_report.Imported | None = None,
    status: int = 200,
) -> HttpResponse:
    return show(
        request,
        "officer/delivery/overview.html",
        status=422 if problems else status,
        parcels=parcels_of(actor_of(request)),
        imported=imported,
        today=clock.today(region_of(actor_of(request)).time_zone),
        problems=problems,
    )


@for_staff(ActorKind.OPERATOR)
@require_POST
def make_list(request: HttpRequest) -> HttpResponse:
    """All that wait at a place go on one list."""
    try:
        site_id = UUID(request.POST.get("tempat", ""))
    except ValueError:
        raise DomainError("form_incomplete") from None
    try:
        made = send_cards.list_waiting(actor_of(request), site_id=site_id, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        if refusal.code != "no_parcels":
            raise
        return _overview(request, problems=(Problem(refusal.code),))
    return go("manifest", manifest_id=made)


@for_staff(ActorKind.OPERATOR)
@require_POST
def import_file(request: HttpRequest) -> HttpResponse:
    """The courier's file; what was not understood is told by its line."""
    sent = request.FILES.get("berkas")
    today = clock.today(region_of(actor_of(request)).time_zone)
    try:
        content = sent.read(courier_report.LONGEST_FILE + 1) if sent else b""
        imported = courier_report.import_file(actor_of(request), content, today=today, at=clock.now())
    except DomainError as refusal:
        return _overview(request, problems=(Problem(refusal.code, "berkas", refusal.params),))
    return _overview(request, imported=imported)


@for_staff(ActorKind.OPERATOR)
@require_POST
def report(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What the courier says of one card, by hand."""
    field = f"paket-{application_id}"
    today = clock.today(region_of(actor_of(request)).time_zone)
    taken = request.POST.get("kartu_lama", "")
    try:
        said = courier_report.Reported(
            act=_act(request.POST.get("kabar", "")),
            day=_day(request, today),
            tracking=request.POST.get("resi", "").strip()[:40],
            old_card_taken=taken == "ya" if taken else None,
        )
        courier_report.report(actor_of(request), application_id, said, key=key_of(request), at=clock.now())
    except DomainError as refusal:
        if refusal.code == "form_incomplete" or isinstance(refusal, NotFound):
            raise
        return _overview(request, problems=(Problem(refusal.code, field, refusal.params),))
    return go("deliveries")


def _act(told: str) -> ParcelAct | None:
    return ParcelAct(told) if told in REPORTABLE else None


def _day(request: HttpRequest, today: date) -> date:
    """The day that was typed, today if none was. Raises DomainError of birth dates: not a day, or one to come."""
    typed = posted_date(request.POST, "tanggal")
    return BirthDate.parse(typed, today=today).day if typed else today


@for_staff(ActorKind.OPERATOR)
@require_safe
def manifest_page(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """A list with names and addresses; each look is recorded."""
    opened = send_cards.open_manifest(actor_of(request), manifest_id, at=clock.now())
    return show(request, "officer/delivery/manifest.html", opened=opened)


@for_staff(ActorKind.OPERATOR)
@require_safe
def manifest_file(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """The list as a file for the courier."""
    opened = send_cards.open_manifest(actor_of(request), manifest_id, at=clock.now(), act="delivery.file")
    return HttpResponse(
        send_cards.as_csv(opened).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{opened.manifest.number}.csv"',
            "Cache-Control": "no-store",
        },
    )


@for_staff(ActorKind.OPERATOR)
@require_safe
def labels(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """A4 sheets to print and cut: eight labels each."""
    opened = send_cards.open_manifest(actor_of(request), manifest_id, at=clock.now(), act="delivery.label")
    return show(request, "officer/delivery/labels.html", opened=opened)


@for_staff(ActorKind.OPERATOR)
@require_POST
def mark_sent(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """The courier has taken them."""
    send_cards.mark_sent(actor_of(request), manifest_id, key=key_of(request), at=clock.now())
    return go("manifest", manifest_id=manifest_id)
