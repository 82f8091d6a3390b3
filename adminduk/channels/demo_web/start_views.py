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
from adminduk.kernel.errors import NotFound, Unavailable
from adminduk.usecases import officer_sign_in
from adminduk.usecases.office_setup import demo_officers
from adminduk.usecases.outside import catalogue

_FIRST = ("lost_card", "first_card", "damaged_card")
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
        first=[by_key[key] for key in _FIRST if key in by_key],
        services=_SERVICES,
        others=[person for person in people if person.key not in _FIRST],
        offices=[(place, [o for o in officers if o.region == place.code]) for place in catalogue().joined_regions],
        now=clock.now(),
    )


@public
@require_POST
def enter_as_citizen(request: HttpRequest) -> HttpResponse:
    """Lay a story person's data ready for the sign-in form. They never stand in an address."""
    wanted = request.POST.get("key", "")
    person = next((each for each in stand_ins.story_people() if each.key == wanted), None)
    if person is None:
        raise NotFound("person")
    request.session.flush()
    request.session["prefill"] = {
        "nik": person.nik,
        "no_kk": person.no_kk,
        "name": person.name,
        "birth_date": person.birth_date,
        "address": person.address,
    }
    return redirect_after_post(f"{reverse('citizen:sign_in')}?{urlencode({'daerah': person.region})}")


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
