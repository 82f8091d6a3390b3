"""At the counter: somebody who lost his address shows his documents, and gets a new one bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from adminduk.channels.officer_web.desk_views import DECIDERS
from adminduk.channels.officer_web.pages import actor_of, go, key_of, show
from adminduk.foundation.pages.access import for_staff
from adminduk.kernel.errors import DomainError, Problem
from adminduk.kernel.identifiers import Nik, NoKk
from adminduk.modules.accounts.types import Address
from adminduk.usecases import account

Value = TypeVar("Value")
DONE = "counter"
_FIELDS = ("nik", "no_kk", "address", "alasan", "bersama")
_BESIDE = {"reason_needed": "alasan", "address_taken": "address"}


@for_staff(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Bind a new address. All sessions of the person end, and the old address is told."""
    if request.method != "POST":
        return show(request, "officer/counter.html", typed={}, done=request.session.pop(DONE, ""))
    typed = {name: request.POST.get(name, "").strip()[:254] for name in _FIELDS}
    problems = _rebind(request, typed)
    if problems:
        return show(request, "officer/counter.html", status=422, typed=typed, done="", problems=problems)
    return go("counter")


def _rebind(request: HttpRequest, typed: dict[str, str]) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    nik = _read("nik", typed, Nik.parse, problems)
    no_kk = _read("no_kk", typed, NoKk.parse, problems)
    address = _read("address", typed, Address.detect, problems)
    if nik is None or no_kk is None or address is None:
        return tuple(problems)
    try:
        request.session[DONE] = account.rebind_at_counter(
            actor_of(request),
            nik=nik,
            no_kk=no_kk,
            address=address,
            reason=typed["alasan"],
            is_shared=bool(typed["bersama"]),
            key=key_of(request),
        )
    except DomainError as refusal:
        code = "counter_unknown" if refusal.code == "not_found" else refusal.code
        return (Problem(code, _BESIDE.get(code, "nik"), refusal.params),)
    return ()


def _read(name: str, typed: dict[str, str], parse: Callable[[str], Value], problems: list[Problem]) -> Value | None:
    try:
        return parse(typed[name])
    except DomainError as refusal:
        problems.append(Problem(refusal.code, name, refusal.params))
        return None
