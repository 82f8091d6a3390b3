"""What a newcomer can try, as whom; and the two doors that only the demo has."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from adminduk.channels.demo_web import stand_ins
from adminduk.foundation import clock
from adminduk.foundation.pages import redirect_after_post, render
from adminduk.foundation.pages.access import public
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound, Unavailable
from adminduk.readmodels.citizen_applications import list_own
from adminduk.usecases import officer_sign_in, sign_in
from adminduk.usecases.demo_cases import DEMO_CASES
from adminduk.usecases.office_setup import demo_officers
from adminduk.usecases.outside import catalogue

_SERVICES = {"lost_card": "ktp_el_hilang", "first_card": "ktp_el_baru", "damaged_card": "ktp_el_rusak"}


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Everything of the demo on one page."""
    try:
        people = stand_ins.story_people()
    except Unavailable:
        people = ()
    by_key = {person.key: person for person in people}
    officers = demo_officers()
    return render(
        request,
        "demo/start.html",
        first=[by_key[key] for key in _SERVICES if key in by_key],
        waiting={case.key for case in DEMO_CASES},
        others=[person for person in people if person.key not in _SERVICES],
        offices=[(place, [o for o in officers if o.region == place.code]) for place in catalogue().joined_regions],
        now=clock.now(),
    )


@public
@require_POST
def enter_as_citizen(request: HttpRequest) -> HttpResponse:
    """One click instead of four answers and a code; with `cara=kode` the form, filled in. Production refuses both."""
    wanted = request.POST.get("key", "")
    person = next((each for each in stand_ins.story_people() if each.key == wanted), None)
    if person is None:
        raise NotFound("person")
    if request.POST.get("cara") == "kode":
        return _to_form(request, person)
    try:
        entered = sign_in.open_demo_session(
            region=person.place,
            identity=person.identity,
            address=person.own_address,
            visitor=sign_in.Visitor(network="", language=request.language),  # type: ignore[attr-defined]
        )
    except DomainError:  # who is dead, or has a new address: the form says so
        return _to_form(request, person)
    request.session.flush()
    request.session["citizen"] = {"id": str(entered.account_id), "epoch": entered.epoch}
    return redirect_after_post(_first_page(person, entered))


def _to_form(request: HttpRequest, person: stand_ins.StoryPerson) -> HttpResponse:
    """The person's data lie ready for the sign-in form. They never stand in an address."""
    request.session.flush()
    request.session["prefill"] = {
        "nik": person.nik,
        "no_kk": person.no_kk,
        "name": person.name,
        "birth_date": person.birth_date,
        "address": person.address,
    }
    return redirect_after_post(f"{reverse('citizen:sign_in')}?{urlencode({'daerah': person.region})}")


def _first_page(person: stand_ins.StoryPerson, entered: sign_in.SignedIn) -> str:
    """His applications where he has some, else the service that he came for, else his region's page."""
    actor = Actor(kind=ActorKind.CITIZEN, id=entered.account_id, regions=(person.place.number,))
    if not entered.is_matched:
        return reverse("citizen:unmatched")
    if list_own(actor, catalogue=catalogue()):
        return reverse("citizen:applications")
    if person.key in _SERVICES:
        return reverse("citizen:service", kwargs={"code": person.place, "service_id": _SERVICES[person.key]})
    return reverse("citizen:region", kwargs={"code": person.place})


@public
@require_POST
def enter_as_officer(request: HttpRequest) -> HttpResponse:
    """One click instead of password and authenticator. The use case refuses it in production."""
    entered = officer_sign_in.open_demo_session(request.POST.get("email", "")[:254], at=clock.now())
    request.session.flush()
    request.session["officer"] = {"id": str(entered.id), "epoch": entered.epoch}
    return redirect_after_post(reverse("officer:queue"))


@public
@require_safe
def document(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A story person's paper to download."""
    body, content_type = stand_ins.paper(key, name)
    return HttpResponse(
        body,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": f'attachment; filename="contoh-{key}-{name}"',
            "Cache-Control": "private, max-age=3600",
        },
    )
