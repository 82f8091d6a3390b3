"""The audit chain: dense, whole and verifiable, also when many write at once."""

from __future__ import annotations

import hashlib
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.errors import DomainError
from adminduk.modules.audit import actions, queries
from adminduk.modules.audit.models import Entry, Link
from adminduk.modules.audit.tree import GrowingTree
from tests import database as test_database
from tests import making
from tests.at_once import at_once

REGION = making.fresh_region()


def record(act: str = "look", region: int = REGION, subject: bytes | None = None) -> None:
    actor = making.officer(region)
    with acting_as(actor):
        actions.record(
            act, actor=actor, at=clock.now(), region_id=region, about=("application", uuid4()), subject_index=subject
        )


def chain(region: int = REGION) -> int:
    with acting_as(making.system(region)):
        return actions.chain_pending(region)


def state(region: int = REGION) -> queries.ChainState:
    with acting_as(making.system(region)):
        return queries.verify_chain(region)


def numbers(region: int = REGION) -> list[int]:
    with acting_as(making.system(region)):
        return list(Link.objects.filter(region_id=region).order_by("number").values_list("number", flat=True))


def test_entries_wait_until_the_sequencer_numbers_them(database: None) -> None:
    record()
    assert (state().length, state().waiting) == (0, 1)
    assert chain() == 1
    assert (state().length, state().waiting, state().broken_at) == (1, 0, None)
    assert chain() == 0


def test_many_writers_and_many_sequencers_at_once_leave_one_dense_chain(database: None) -> None:
    def write_and_chain(number: int) -> None:
        for _ in range(5):
            record()
            if number % 2:
                chain()

    assert at_once(12, write_and_chain) == [None] * 12
    chain()
    assert numbers() == list(range(1, 61))
    assert (state().waiting, state().broken_at) == (0, None)


def test_an_act_that_failed_is_not_in_the_chain(database: None) -> None:
    with pytest.raises(DomainError), acting_as(making.system(REGION)):
        actions.record(
            "act", actor=making.system(REGION), at=clock.now(), region_id=REGION, about=("application", uuid4())
        )
        raise DomainError("not_possible")
    record()
    chain()
    assert numbers() == [1]


def test_regions_have_chains_of_their_own(database: None) -> None:
    other = making.fresh_region()
    for region in (REGION, other, REGION):
        record(region=region)
        chain(region)
    assert (numbers(), numbers(other)) == ([1, 2], [1])


CHANGES = {
    "an entry's words": "UPDATE audit_entry SET reason = 'other' WHERE id = (SELECT entry_id FROM audit_link LIMIT 1)",
    "an entry's moment": "UPDATE audit_entry SET at = at - interval '1 day'",
    "an entry's actor": "UPDATE audit_entry SET actor_id = gen_random_uuid()",
    "a link's hash": "UPDATE audit_link SET hash = sha256(hash) WHERE number = 2",
    "a link removed": "DELETE FROM audit_link WHERE number = 2",
    "a link and its entry removed": "WITH l AS (DELETE FROM audit_link WHERE number = 2 RETURNING entry_id)"
    " DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM l)",
    "the order changed": "UPDATE audit_link SET number = 100 - number",
    "the last link removed": "DELETE FROM audit_link WHERE number = 4",
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_superuser_changes_is_found(database: None, what: str) -> None:
    for _ in range(4):
        record()
    chain()
    assert state().broken_at is None
    with test_database.superuser_connection() as above:
        above.execute("SET session_replication_role = replica")  # he can switch the triggers off
        above.execute(CHANGES[what])
    assert not state().is_intact


def test_a_person_finds_who_looked_in_every_region_and_not_who_looked_at_others(database: None) -> None:
    person, other = uuid4().bytes, uuid4().bytes
    for region in (REGION, making.fresh_region()):
        record("look", region=region, subject=person)
        record("look", region=region, subject=other)
    with acting_as(making.anonymous(REGION)):
        assert len(queries.list_looks(person)) == 2
        assert Entry.objects.count() == 0


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_the_tree_hash_is_that_of_rfc_6962(leaves: list[bytes]) -> None:
    def root(part: list[bytes]) -> bytes:  # as section 2.1 writes it
        if not part:
            return hashlib.sha256(b"").digest()
        if len(part) == 1:
            return part[0]
        split = 1 << ((len(part) - 1).bit_length() - 1)
        return hashlib.sha256(b"\x01" + root(part[:split]) + root(part[split:])).digest()

    tree = GrowingTree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root == root(leaves)
