"""Pages of a product, a visit and a trip, asked with ids that exist: of one's own region, and of another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.urls import get_resolver, reverse

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.visits import queries as visits
from adminduk.usecases import trip, visit
from tests.access.scene import LEAN, PEOPLE, Scene, people_around
from tests.access.table import TABLE, Outcome, Row, staff, the_owner
from tests.access.test_routes import outcome_of, parameters_of, text_of
from tests.making import Owner, make_owner, system
from tests.usecases import citizen
from tests.usecases import recording_stage as stage
from tests.usecases.reviewing import STRICT
from tests.usecases.reviewing import staff as member
from tests.usecases.stand_ins import Register

FIRST = {"colleague": 303}  # of those who may, he is asked first; what he has done is done
PLANS = ("officer", "colleague", "head", "operator")  # of Semarang; `foreign` is an officer of Denpasar
# What each of PEOPLE gets when everything is Semarang's. A post carries a key and nothing else, as in the table.
OURS: dict[str, Row] = {
    "citizen:visit": Row(the_owner(200)),
    "officer:record_person": Row(staff(operator=200, head=200)),
    "officer:record_begin": Row(staff(operator=422, head=422), "post"),
    "officer:record_finish": Row(staff(operator=422, head=422), "post"),
    "officer:record_status": Row(staff(operator=422, head=422), "post"),
    "officer:record_attended": Row(staff(officer=200, colleague=200, head=200)),
    "officer:visit_drop": Row(staff(**dict.fromkeys(PLANS, 409) | FIRST), "post"),
    "officer:trip": Row(staff(**dict.fromkeys(PLANS, 200))),
    "officer:trip_pack": Row(staff(**dict.fromkeys(PLANS, 200))),
    "officer:trip_add": Row(staff(**dict.fromkeys(PLANS, 422)), "post"),
    "officer:trip_take_out": Row(staff(**dict.fromkeys(PLANS, 422) | FIRST), "post"),
    "officer:trip_move": Row(staff(**dict.fromkeys(PLANS, 303)), "post"),
    "officer:trip_results": Row(staff(operator=303, head=303), "post"),
    "officer:ahead": Row(staff(operator=200, head=200)),
    "officer:move_ahead": Row(staff(operator=422, head=422), "post"),
    "officer:decide_stopped": Row(staff(head=422), "post"),
    "officer:card": Row(staff(operator=404)),  # opens with its code alone
    "officer:wrong_print": Row(staff(operator=404), "post"),
    "officer:take_to_main": Row(staff(operator=404), "post"),
}
PRINTED = ("officer:ahead", "officer:move_ahead", "officer:decide_stopped")
SEES = {"owner", "officer", "colleague", "head", "operator"}  # of Semarang's people, where they get the page at all


def test_every_page_of_a_product_a_visit_and_a_trip_is_asked() -> None:
    ids = {"product_id", "visit_id", "trip_id"}
    named = {name for name in TABLE if ids & set(next(parameters_of(get_resolver(), name)))}
    assert named == set(OURS) - {"citizen:visit"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_with_ids_of_ones_own_region(database: None, register: Register, name: str) -> None:
    owner = citizen.somebody(register)
    case_id, ids = _things(owner, STRICT, name)
    scene = people_around(register, owner, member(STRICT), case_id, page_id="")
    got = _ask(scene, name, scene.arguments | ids, sees=SEES)
    assert _unlike(got, OURS[name].outcomes) == {}


@pytest.mark.parametrize("name", sorted(OURS))
def test_with_ids_of_another_region(database: None, register: Register, name: str) -> None:
    """Everybody of Semarang gets what an id of nobody gives, the officer of Denpasar what an officer gets at home."""
    owner, theirs = citizen.somebody(register), make_owner(LEAN)
    case_id, _ = _things(owner, STRICT, name)
    elsewhere, ids = _things(theirs, LEAN, name)
    scene = people_around(register, owner, member(STRICT), case_id, page_id="")
    secrets = (theirs.identity.name.upper(), str(theirs.identity.nik), str(theirs.identity.no_kk))
    arguments = scene.arguments | {"application_id": str(elsewhere)} | ids
    got = _ask(replace(scene, secrets=secrets), name, arguments, sees={"foreign"})
    homes = OURS[name].outcomes
    expected = dict(TABLE[name].outcomes)  # as with an id that is nobody's
    is_done_once = homes["officer"] != homes["colleague"]
    expected["foreign"] = homes["colleague"] if is_done_once else homes["officer"]
    assert _unlike(got, expected) == {}


def _things(owner: Owner, region: int, name: str) -> tuple[UUID, dict[str, str]]:
    """An approved application of `owner`, what it yields, a visit that is planned, and its trip; all of one region."""
    is_printed = name in PRINTED
    case, product = stage.make_approved(owner, region=region, **({"biometrics": "stored"} if is_printed else {}))
    operator, at = member(region, "operator"), clock.now()
    planned, _ = stage.make_approved(region=region)
    trip_id = stage.make_trip(operator)
    numbers = [planned.number] if is_printed else [planned.number, case.number]
    trip.add(operator, trip_id, visit_ids=(), numbers=numbers, key=str(uuid4()), at=at)
    with acting_as(system(region)):
        stop = visits.list_of_trip(trip_id, region_id=region)[-1]
    visit_id = _asked_for(region) if name == "officer:visit_drop" else stop.id
    return case.id, {"product_id": str(product.id), "visit_id": str(visit_id), "trip_id": str(trip_id)}


def _asked_for(region: int) -> UUID:
    """A village that asks: only what a place has asked for is dropped by the office."""
    place = {"address": "Balai desa", "village_name": "CONTOH", "district_name": "CONTOH", "note": ""}
    operator = member(region, "operator")
    visit.ask_for_place(operator, kind="village", place=place, expected=9, key=str(uuid4()), at=clock.now())
    with acting_as(system(region)):
        return next(one.id for one in visits.list_asked(region) if one.product_id is None)


def _ask(scene: Scene, name: str, arguments: Mapping[str, str], *, sees: set[str]) -> dict[str, Outcome]:
    """What everybody gets; whoever is refused, or is not among those who may see it, reads nothing of the person."""
    path = reverse(name, kwargs={key: arguments[key] for key in next(parameters_of(get_resolver(), name))})
    got: dict[str, Outcome] = {}
    for person in PEOPLE:
        browser = scene.browsers[person]
        answer = browser.get(path) if OURS[name].method == "get" else browser.post(path, {"key": str(uuid4())})
        got[person] = outcome_of(answer)
        if person not in sees or got[person] == 404:
            told = text_of(answer)
            assert not [secret for secret in scene.secrets if secret in told], f"{person} reads about the person"
    return got


def _unlike(got: Mapping[str, Outcome], wanted: Mapping[str, Outcome]) -> dict[str, str]:
    return {person: f"{got[person]} instead of {wanted[person]}" for person in PEOPLE if got[person] != wanted[person]}
