"""Encrypted values open in their place alone; keys rotate; blind indexes do not meet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from adminduk.foundation import crypto, keys
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.accounts import queries as accounts
from tests import database as test_database
from tests import making

PLACE = "table|column|row|3374"


@pytest.fixture
def installation() -> Iterator[keys.Keys]:
    """The keys of this process, put back afterwards."""
    before = crypto.keys()
    yield before
    crypto.configure(before)


def test_a_value_opens_in_its_place() -> None:
    assert crypto.decrypt(crypto.encrypt(b"isi", context=PLACE), context=PLACE) == b"isi"
    assert crypto.decrypt_json(crypto.encrypt_json({"a": [1, "é"]}, context=PLACE), context=PLACE) == {"a": [1, "é"]}


@pytest.mark.parametrize("other", ["other|column|row|3374", "table|column|other|3374", "table|column|row|5171", ""])
def test_a_value_copied_to_another_place_does_not_open(other: str) -> None:
    sealed = crypto.encrypt(b"isi", context=PLACE)
    with pytest.raises(InvalidTag):
        crypto.decrypt(sealed, context=other)


@pytest.mark.parametrize("position", range(1, 32))
def test_a_changed_byte_is_noticed(position: int) -> None:
    sealed = bytearray(crypto.encrypt(b"isi", context=PLACE))
    sealed[position] ^= 1
    with pytest.raises(InvalidTag):
        crypto.decrypt(bytes(sealed), context=PLACE)


def test_equal_values_look_different() -> None:
    assert len({crypto.encrypt(b"isi", context=PLACE) for _ in range(20)}) == 20


def test_after_rotation_new_values_use_the_new_key_and_old_ones_still_open(installation: keys.Keys) -> None:
    old = crypto.encrypt(b"lama", context=PLACE)
    crypto.configure(dataclasses.replace(installation, current=7, data={**installation.data, 7: b"7" * 32}))
    new = crypto.encrypt(b"baru", context=PLACE)
    assert (old[0], new[0]) == (installation.current, 7)
    assert crypto.decrypt(old, context=PLACE) == b"lama"
    assert crypto.decrypt(new, context=PLACE) == b"baru"


def test_a_key_that_was_taken_away_opens_nothing(installation: keys.Keys) -> None:
    old = crypto.encrypt(b"lama", context=PLACE)
    crypto.configure(dataclasses.replace(installation, current=7, data={7: b"7" * 32}))
    with pytest.raises(KeyError):
        crypto.decrypt(old, context=PLACE)


def test_a_nik_and_a_kk_with_the_same_digits_have_different_indexes() -> None:
    digits = "3374011708900001"
    assert crypto.blind_index(digits, purpose="nik") == crypto.blind_index(digits, purpose="nik")
    assert crypto.blind_index(digits, purpose="nik") != crypto.blind_index(digits, purpose="no_kk")


def test_indexes_of_two_installations_differ(installation: keys.Keys) -> None:
    before = crypto.blind_index("3374011708900001", purpose="nik")
    crypto.configure(dataclasses.replace(installation, blind_index=b"b" * 32))
    assert crypto.blind_index("3374011708900001", purpose="nik") != before


def test_an_identity_copied_into_another_account_by_the_database_administrator_does_not_open(database: None) -> None:
    region = making.fresh_region()
    one, other = making.make_owner(region), making.make_owner(region)
    with test_database.superuser_connection() as above:
        above.execute(
            "UPDATE accounts_account SET identity = (SELECT identity FROM accounts_account WHERE id = %s)"
            " WHERE id = %s",
            [one.actor.id, other.actor.id],
        )
    with acting_as(one.actor):
        assert accounts.get_person(one.actor.id).identity == one.identity
    with acting_as(other.actor), pytest.raises(InvalidTag):
        accounts.get_person(other.actor.id)


def test_a_key_file_is_private_complete_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "new" / "keys.json"
    keys.create(file)
    made = keys.load(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert {len(made.data[1]), len(made.blind_index), len(made.context), len(made.audit)} == {32}
    assert made.data[1].hex() not in repr(made)
    with pytest.raises(FileExistsError):
        keys.create(file)
    assert keys.load(file) == made
