"""One open application per person and service, whatever the region and however parallel."""

from __future__ import annotations

from uuid import UUID

import pytest

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications import actions
from tests import making
from tests.at_once import at_once

PERSON = b"blind index of a person"


def claim(owner: making.Owner, case_id: UUID, *, service: str = "ktp_el_hilang") -> str:
    with acting_as(owner.actor):
        actions.claim(
            case_id,
            service_id=service,
            subject_index=PERSON,
            region_id=owner.actor.regions[0],
            owner_id=owner.actor.id,
        )
    return "claimed"


def test_parallel_claims_in_different_regions_give_one(database: None) -> None:
    owners = [making.make_owner(making.fresh_region()) for _ in range(8)]
    drafts = [making.make_draft(owner) for owner in owners]
    outcomes = at_once(8, lambda number: claim(owners[number], drafts[number]))
    assert outcomes.count("claimed") == 1
    assert {outcome.code for outcome in outcomes if isinstance(outcome, DomainError)} == {"already_open"}


def test_a_refused_claim_leaves_the_transaction_usable(database: None) -> None:
    one, other = (making.make_owner(making.fresh_region()) for _ in range(2))
    claim(one, making.make_draft(one))
    draft = making.make_draft(other)
    with acting_as(other.actor):
        with pytest.raises(DomainError, match="already_open"):
            actions.claim(
                draft,
                service_id="ktp_el_hilang",
                subject_index=PERSON,
                region_id=other.actor.regions[0],
                owner_id=other.actor.id,
            )
        actions.store_answers(draft, region_id=other.actor.regions[0], answers={"a": "b"}, at=clock.now())


def test_another_service_is_another_place(database: None) -> None:
    owner = making.make_owner(making.fresh_region())
    claim(owner, making.make_draft(owner))
    assert claim(owner, _second_draft(owner), service="ktp_el_rusak") == "claimed"


def _second_draft(owner: making.Owner) -> UUID:
    other = making.make_owner(owner.actor.regions[0])
    return making.make_draft(other)


def test_a_released_place_may_be_taken_again(database: None) -> None:
    one, other = (making.make_owner(making.fresh_region()) for _ in range(2))
    draft = making.make_draft(one)
    claim(one, draft)
    with acting_as(one.actor):
        actions.release_claim(draft)
    assert claim(other, making.make_draft(other)) == "claimed"


def test_nobody_releases_the_claim_of_another_person(database: None) -> None:
    region = making.fresh_region()
    one, other = making.make_owner(region), making.make_owner(region)
    draft = making.make_draft(one)
    claim(one, draft)
    with acting_as(other.actor):
        actions.release_claim(draft)
    with pytest.raises(DomainError, match="already_open"):
        claim(other, making.make_draft(other))
