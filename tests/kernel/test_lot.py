"""The lot: the same for the same seed and list, another for any change, and everybody on it once."""

from __future__ import annotations

import hashlib
import secrets

from hypothesis import given
from hypothesis import strategies as st

from adminduk.kernel import lot
from adminduk.kernel.lot import Entry

ids = st.text("0123456789abcdef", min_size=1, max_size=16)
lists = st.lists(st.builds(Entry, ids, st.integers(0, 9)), unique_by=lambda entry: entry.id, min_size=1, max_size=40)
secret_bytes = st.binary(min_size=32, max_size=32)


@given(lists, secret_bytes)
def test_everybody_is_drawn_once_in_order_of_need_whatever_the_order_of_the_list(
    entries: list[Entry], secret: bytes
) -> None:
    seed = lot.seed_of(secret, lot.list_hash(entries))
    drawn = lot.draw(entries, seed=seed)
    assert sorted(drawn) == sorted(entries)
    assert [entry.need for entry in drawn] == sorted((entry.need for entry in entries), reverse=True)
    assert lot.draw(reversed(entries), seed=seed) == drawn
    assert lot.list_hash(reversed(entries)) == lot.list_hash(entries)


@given(lists, secret_bytes, ids, st.integers(0, 9))
def test_a_changed_list_or_secret_is_noticed(entries: list[Entry], secret: bytes, new: str, need: int) -> None:
    committed, listed = lot.commitment(secret), lot.list_hash(entries)
    assert lot.is_true(entries, committed=committed, listed=listed, secret=secret)
    changed = [*entries[1:], Entry(new, need)]
    if sorted(changed) != sorted(entries):
        assert not lot.is_true(changed, committed=committed, listed=listed, secret=secret)
    other = bytes([secret[0] ^ 1]) + secret[1:]
    assert not lot.is_true(entries, committed=committed, listed=listed, secret=other)


def test_the_order_can_be_worked_out_with_sha256_alone() -> None:
    entries = [Entry("aa"), Entry("bb"), Entry("cc", 1)]
    listed = hashlib.sha256(b"aa,0\nbb,0\ncc,1\n").hexdigest()
    seed = hashlib.sha256(b"s" * 32 + listed.encode()).hexdigest()
    by_hand = sorted(("aa", "bb"), key=lambda word: hashlib.sha256((seed + word).encode()).hexdigest())
    assert lot.list_hash(entries) == listed
    assert [entry.id for entry in lot.draw(entries, seed=lot.seed_of(b"s" * 32, listed))] == ["cc", *by_hand]


def test_places_do_not_depend_on_who_entered_first() -> None:
    """Among a hundred, the first ten to enter get a tenth of the first places: within what chance allows."""
    entries = [Entry(f"{number:02x}") for number in range(100)]
    early, rounds = {entry.id for entry in entries[:10]}, 400
    won = 0
    for number in range(rounds):
        secret = hashlib.sha256(f"round {number}".encode()).digest()
        drawn = lot.draw(entries, seed=lot.seed_of(secret, lot.list_hash(entries)))
        won += sum(entry.id in early for entry in drawn[:10])
    assert abs(won / (rounds * 10) - 0.1) < 0.03  # six standard deviations


def test_a_fresh_secret_gives_a_fresh_order() -> None:
    entries = [Entry(f"{number:04x}") for number in range(200)]
    orders = {lot.draw(entries, seed=lot.seed_of(secrets.token_bytes(32), lot.list_hash(entries))) for _ in range(5)}
    assert len(orders) == 5
