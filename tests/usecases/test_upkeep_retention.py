"""What has served its purpose goes, by the table that the privacy page shows; what is still needed stays."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.applications import queries as cases
from adminduk.modules.applications.models import Event
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import queries as documents
from adminduk.modules.issuance import queries as issuance
from adminduk.modules.issuance.actions import end
from adminduk.modules.notifications import queries as notifications
from adminduk.modules.notifications.actions import mark_sent
from adminduk.usecases import fulfil, review, review_decisions, upkeep_storage
from adminduk.usecases.outside import catalogue, storage
from adminduk.usecases.upkeep_retention import apply_retention
from adminduk.usecases.upkeep_storage import delete_orphans, delete_pictures
from tests.making import Owner, make_owner
from tests.usecases import citizen, reviewing
from tests.usecases.stand_ins import SEMARANG, Register

REGION = SEMARANG.number
SYSTEM = jobs.system_actor(REGION)


@pytest.fixture
def owner(database: None, register: Register) -> Owner:
    return citizen.somebody(register)


def days(kind: str) -> int:
    return catalogue().retention[kind].days


def run(after: float) -> None:
    """Let days pass and do the work, twice: repeating is harmless."""
    clock.move_forward(timedelta(days=after))
    for _ in range(2):
        apply_retention(SYSTEM)
        delete_pictures(SYSTEM)


def refused(owner: Owner) -> UUID:
    """A decided application, with words of the officer."""
    case_id, officer, at = citizen.sent(owner.actor), reviewing.staff(), clock.now()
    review.take_next(officer, at=at)
    refusal = review_decisions.Refusal("data_change_first", "Perbarui data keluarga lebih dulu", ())
    review_decisions.refuse(officer, case_id, refusal=refusal, key="", at=at)
    return case_id


def case_of(case_id: UUID) -> Case:
    with acting_as(SYSTEM):
        return cases.get_case(case_id)


def keys_of(case_id: UUID) -> list[str]:
    with acting_as(SYSTEM):
        pages = documents.list_pages(case_id, region_id=REGION)
    return [key for page in pages for key in (page.object_key, page.preview_key)]


def test_pictures_and_register_data_go_first_and_the_rest_later(owner: Owner) -> None:
    case_id = refused(owner)
    keys = keys_of(case_id)
    assert keys and all(storage().exists(key) for key in keys)
    run(after=days("documents") - 1)
    assert all(storage().exists(key) for key in keys)
    run(after=2)
    assert not any(storage().exists(key) for key in keys)
    thin = case_of(case_id)
    assert thin.answers and thin.subject and "address" not in thin.facts and thin.facts["card"] == "issued"
    run(after=days("application"))
    frame = case_of(case_id)
    assert (frame.subject, frame.answers, frame.facts) == ({}, {}, {})
    assert (frame.number, frame.decided_at, frame.state) == (thin.number, thin.decided_at, thin.state)
    with acting_as(SYSTEM):
        assert not Event.objects.filter(application_id=case_id, words__isnull=False).exists()


def approved(owner: Owner) -> UUID:
    case_id, officer = citizen.sent(owner.actor), reviewing.staff()
    review.take_next(officer, at=clock.now())
    review_decisions.approve(officer, case_id, ticked=reviewing.every_tick(case_of(case_id)), key="", at=clock.now())
    return case_id


def test_an_approved_application_gives_its_place_back_with_its_pictures(owner: Owner) -> None:
    first = approved(owner)
    with pytest.raises(DomainError, match="already_open"):
        citizen.sent(owner.actor)
    run(after=days("documents") + 1)
    assert citizen.sent(owner.actor) != first


def test_what_a_card_still_needs_is_kept_until_it_is_done(owner: Owner) -> None:
    case_id = approved(owner)
    clock.move_forward(timedelta(minutes=1))
    fulfil.begin(SYSTEM, application_id=str(case_id))
    run(after=days("documents") - 30 / 86_400)  # the decision is that old, the card half a minute younger
    assert keys_of(case_id)
    run(after=days("application") + 1)
    assert case_of(case_id).facts["address"] and keys_of(case_id)
    with pytest.raises(DomainError, match="already_open"):
        citizen.sent(owner.actor)
    with acting_as(SYSTEM):
        product = issuance.find_of_application(case_id, region_id=REGION)
        assert product is not None
        end(product, is_done=True, reason="", at=clock.now())
    run(after=0)
    assert not case_of(case_id).facts.get("address") and not keys_of(case_id)


def test_an_open_application_is_never_thinned(owner: Owner) -> None:
    case_id = citizen.sent(owner.actor)
    run(after=days("application") * 2)
    assert case_of(case_id).answers and keys_of(case_id)


def test_old_messages_go_and_new_ones_stay(owner: Owner) -> None:
    case_id = refused(owner)
    with acting_as(SYSTEM):
        sent, given_up = notifications.list_of_application(case_id, region_id=REGION)
        mark_sent(sent.id, region_id=REGION, at=clock.now())
    run(after=days("messages") - 1)
    with acting_as(SYSTEM):
        left = notifications.list_of_application(case_id, region_id=REGION)
    assert [(message.id, message.status) for message in left] == [(sent.id, "sent"), (given_up.id, "given_up")]
    run(after=2)
    with acting_as(SYSTEM):
        assert notifications.list_of_application(case_id, region_id=REGION) == ()


def is_known(owner: Owner) -> bool:
    with acting_as(owner.actor):
        try:
            accounts.get_person(owner.actor.id)
        except NotFound:
            return False
        return True


def test_an_unused_account_goes_when_nothing_of_its_applications_is_left(owner: Owner) -> None:
    refused(owner)
    run(after=days("account") - 1)
    assert is_known(owner)
    run(after=days("documents"))
    run(after=days("application"))
    assert not is_known(owner)


def test_who_was_never_confirmed_and_began_nothing_is_forgotten_early(database: None, register: Register) -> None:
    unmatched, matched = make_owner(REGION, is_matched=False), make_owner(REGION)
    run(after=days("draft") + 1)
    assert (is_known(unmatched), is_known(matched)) == (False, True)


def test_objects_without_a_page_go_after_a_day_and_those_with_one_stay(owner: Owner) -> None:
    _remove_all_objects()
    case_id = citizen.complete_draft(owner.actor)
    orphan = storage().new_key()
    storage().put(orphan, b"left behind")
    delete_orphans(SYSTEM)
    assert storage().exists(orphan)  # an upload may still be under way
    _make_all_objects_old()
    delete_orphans(SYSTEM)
    assert not storage().exists(orphan)
    assert all(storage().exists(key) for key in keys_of(case_id))


def test_a_storage_whose_objects_are_all_unknown_is_left_alone(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep_storage, "SUSPICIOUS", 10)
    orphans = [storage().new_key() for _ in range(11)]
    for key in orphans:
        storage().put(key, b"x")
    _make_all_objects_old()
    delete_orphans(SYSTEM)
    assert all(storage().exists(key) for key in orphans)


def _remove_all_objects() -> None:
    """Tests leave objects behind whose rows are gone: after many tests too many for leftovers."""
    for path in _all_objects():
        path.unlink()


def _make_all_objects_old() -> None:
    for path in _all_objects():
        os.utime(path, (1, 1))


def _all_objects() -> list[Path]:
    return [path for path in (settings.ENVIRONMENT.data_dir / "objects").rglob("*") if path.is_file()]
