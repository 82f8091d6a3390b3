"""When too many ask for too few times: a wish instead of a race, and everything published by which it is drawn."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adminduk.catalogue.region_schema import Region
from adminduk.channels.citizen_web.answers import actor_of
from adminduk.channels.citizen_web.own_looks import note_look
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import for_citizen, public
from adminduk.foundation.pages.posted import posted_key
from adminduk.kernel.errors import DomainError, NotFound, Problem
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.draws.types import Part
from adminduk.readmodels import appointments
from adminduk.readmodels import draws as rounds
from adminduk.usecases import draws
from adminduk.usecases.outside import catalogue

_MOST_SITES = 50


@for_citizen
@require_http_methods(["GET", "HEAD", "POST"])
def wish_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Which places and parts of the day will do; and after the draw, how many wait before one."""
    note_look(request, application_id)
    actor, at, problems = actor_of(request), clock.now(), tuple[Problem, ...]()
    if request.method == "POST":
        try:
            draws.enter(
                actor,
                application_id,
                site_ids=_ids(request.POST.getlist("tempat")),
                part=_part(request.POST.get("bagian", "")),
                key=str(posted_key(request)),
                at=at,
            )
            return redirect_after_post(_href(application_id))
        except DomainError as refusal:
            if refusal.code not in ("no_site", "draw_closed", "no_draw"):
                raise
            problems = (Problem(refusal.code, "tempat"),)
    standing = appointments.get_standing(actor, application_id, catalogue=catalogue(), at=at)
    chance = (
        rounds.find_chance(actor, application_id, region_id=standing.region.code.number, kind=standing.kind)
        if standing.kind
        else None
    )
    if chance is None or standing.booking:
        return redirect("citizen:appointment", application_id=application_id)
    return render(
        request,
        "citizen/draw/wish.html",
        status=422 if problems else 200,
        region=standing.region,
        application_id=application_id,
        chance=chance,
        problems=problems,
        parts=Part,
        **_chosen(request, chance, is_sent=bool(problems)),
    )


def _chosen(request: HttpRequest, chance: rounds.Chance, *, is_sent: bool) -> dict[str, object]:
    """What the form shows as chosen: what was just sent and refused, else the wish, else every place at any time."""
    if is_sent:
        sent = _ids(request.POST.getlist("tempat"))
        return {"chosen": sent, "chosen_part": _part(request.POST.get("bagian", ""))}
    if chance.wish:
        return {"chosen": chance.wish.site_ids, "chosen_part": chance.wish.part}
    return {"chosen": tuple(site.id for site in chance.sites), "chosen_part": Part.ANY}


@for_citizen
@require_POST
def leave(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take the wish back."""
    draws.leave(actor_of(request), application_id, key=str(posted_key(request)), at=clock.now())
    return redirect_after_post(_href(application_id))


@public
@require_safe
def rounds_page(request: HttpRequest, code: RegionCode) -> HttpResponse:
    """The last rounds of a region."""
    region = _joined(code)
    return render(request, "citizen/draw/rounds.html", region=region, rounds=rounds.list_rounds(region))


@public
@require_safe
def round_page(request: HttpRequest, code: RegionCode, round_id: UUID) -> HttpResponse:
    """What is published of a round: commitment, hash of the list, secret, order."""
    region = _joined(code)
    round_ = rounds.get_round(region, round_id)
    told = rounds.published(region, round_)
    return render(request, "citizen/draw/round.html", region=region, round=round_, told=told)


@public
@require_safe
def round_file(request: HttpRequest, code: RegionCode, round_id: UUID) -> HttpResponse:
    """The same as a file, to be drawn again."""
    region = _joined(code)
    told = rounds.published(region, rounds.get_round(region, round_id))
    return HttpResponse(
        json.dumps(told, indent=1),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="undian.json"'},
    )


def _joined(code: RegionCode) -> Region:
    region = catalogue().region(code)
    if not region.joined:
        raise NotFound("draw")
    return region


def _href(application_id: UUID) -> str:
    return reverse("citizen:draw", kwargs={"application_id": application_id})


def _ids(written: list[str]) -> tuple[UUID, ...]:
    found = []
    for text in written[:_MOST_SITES]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return tuple(found)


def _part(written: str) -> Part:
    return Part(written) if written in set(Part) else Part.ANY
