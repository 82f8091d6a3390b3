"""Row-level security under raw SQL: what a wrong context, or none, shows of every table that has a region."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from adminduk.foundation import crypto
from adminduk.foundation.tenancy import acting_as, signed_context
from adminduk.kernel.actor import NOBODY, STAFF, Actor, ActorKind
from tests import database as test_database
from tests import making
from tests.foundation.every_table import INSPECTOR_ONLY, PUBLIC_IN_REGION, STAFF_ONLY, WITHOUT_REGION, fill

OTHER_REGION = making.fresh_region()
REGION = making.fresh_region()


@pytest.fixture
def tables(database: None) -> tuple[str, ...]:
    """Every table with row-level security, from the catalogue of PostgreSQL itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r','p')"
        )
        return tuple(sorted({name for (name,) in cursor.fetchall()} - WITHOUT_REGION.keys()))


@pytest.fixture
def owner(tables: tuple[str, ...]) -> making.Owner:
    """A citizen of REGION; both regions have a row in every table."""
    fill(OTHER_REGION)
    return fill(REGION)


@contextmanager
def context(value: str | None) -> Iterator[None]:
    """A transaction in which somebody has put `value` into the setting by SQL."""
    with transaction.atomic(), connection.cursor() as cursor:
        if value is not None:
            cursor.execute("SELECT set_config('app.ctx', %s, true)", [value])
        yield


def count_rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def sign(body: str, key: bytes) -> str:
    return f"{body}|{hmac.new(key, body.encode(), hashlib.sha256).hexdigest()}"


def forged_contexts() -> dict[str, str | None]:
    """What an attacker who can inject SQL may put there without knowing the key."""
    body = f"{REGION}|system|{NOBODY}|{int(time.time()) + 300}"
    right = signed_context(making.system(REGION))
    stretched = right.replace(str(REGION), f"{REGION},{OTHER_REGION}", 1)
    past = f"{REGION}|system|{NOBODY}|{int(time.time()) - 1}"
    return {
        "none": None,
        "empty": "",
        "unsigned": body,
        "signed with another key": sign(body, b"k" * 32),
        "signed with no key": sign(body, b""),
        "more regions under a right signature": stretched,
        "another kind under a right signature": right.replace("system", "admin", 1),
        "expired": sign(past, crypto.keys().context),
        "longer life": f"{right.rsplit('|', 2)[0]}|{int(time.time()) + 9999}|{right.rsplit('|', 1)[1]}",
        "expiry is no number": sign(f"{REGION}|system|{NOBODY}|x", crypto.keys().context),
        "region is no number": sign(body.replace(str(REGION), "1 OR true", 1), crypto.keys().context),
        "too many parts": f"{right}|x",
        "no regions": signed_context(Actor(kind=ActorKind.SYSTEM, id=NOBODY, regions=())),
        "nobody of the region": signed_context(making.anonymous(OTHER_REGION + 1)),
    }


def test_every_table_has_forced_row_security_or_stands_on_the_list(database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
            " EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
            " FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r','p')"
        )
        rows = cursor.fetchall()
    unprotected = {name for name, is_forced, has_policy in rows if not (is_forced and has_policy)}
    assert unprotected == WITHOUT_REGION.keys()


def test_every_table_with_rows_of_a_region_is_filled_for_this_test(
    owner: making.Owner, tables: tuple[str, ...]
) -> None:
    with test_database.superuser_connection() as above:
        empty = {t for t in tables if above.execute(f"SELECT count(*) FROM {t}").fetchone() == (0,)}
    assert empty == set()


@pytest.mark.parametrize("name", forged_contexts().keys())
def test_a_forged_context_shows_no_row_of_any_table(owner: making.Owner, tables: tuple[str, ...], name: str) -> None:
    with context(forged_contexts()[name]):
        seen = {}
        for table in tables:
            try:
                with transaction.atomic():
                    seen[table] = count_rows(table)
            except DatabaseError:
                seen[table] = 0  # refusing with an error shows nothing either
    assert {table for table, rows in seen.items() if rows} == set()


@pytest.mark.parametrize("kind", [*(k for k in STAFF if k is not ActorKind.INSPECTOR), ActorKind.SYSTEM])
def test_staff_and_system_see_their_region_whole_and_no_other(
    owner: making.Owner, tables: tuple[str, ...], kind: ActorKind
) -> None:
    with acting_as(making.officer(REGION, kind)):
        unseen = {table for table in tables if count_rows(table) == 0}
        column = {table: "regions[1]" if table == "accounts_account" else "region_id" for table in tables}
        with connection.cursor() as cursor:
            for table in set(tables) - unseen:
                cursor.execute(f"SELECT DISTINCT {column[table]} FROM {table}")
                assert cursor.fetchall() == [(REGION,)], table
    assert unseen == (set() if kind is ActorKind.SYSTEM else INSPECTOR_ONLY)


def test_the_inspectorate_sees_reports_and_what_is_public_and_nothing_else(
    owner: making.Owner, tables: tuple[str, ...]
) -> None:
    with acting_as(making.officer(REGION, ActorKind.INSPECTOR)):
        seen = {table for table in tables if count_rows(table) > 0}
    assert seen == PUBLIC_IN_REGION | INSPECTOR_ONLY


def test_a_citizen_sees_what_is_his_or_public_in_his_region(owner: making.Owner, tables: tuple[str, ...]) -> None:
    with acting_as(owner.actor):
        seen = {table for table in tables if count_rows(table) > 0}
    assert seen == set(tables) - STAFF_ONLY - INSPECTOR_ONLY


def test_another_citizen_of_the_region_sees_what_is_public_and_nothing_else(
    owner: making.Owner, tables: tuple[str, ...]
) -> None:
    with acting_as(making.make_owner(REGION).actor):
        seen = {table for table in tables if count_rows(table) > 0}
    assert seen == PUBLIC_IN_REGION | {"accounts_account"}  # his own account


def test_somebody_not_signed_in_sees_what_is_public_and_nothing_else(
    owner: making.Owner, tables: tuple[str, ...]
) -> None:
    with acting_as(making.anonymous(REGION)):
        seen = {table for table in tables if count_rows(table) > 0}
    assert seen == PUBLIC_IN_REGION


@pytest.mark.parametrize("verb", ["UPDATE {} SET region_id = region_id", "DELETE FROM {}"])
def test_no_row_of_another_region_is_changed_or_deleted(
    owner: making.Owner, tables: tuple[str, ...], verb: str
) -> None:
    stranger = making.system(making.fresh_region())
    for table in tables:
        with acting_as(stranger), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(verb.format(table))
                    assert cursor.rowcount == 0, table
            except DatabaseError as error:
                assert isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege), (table, error)


def test_a_row_cannot_be_moved_into_or_out_of_ones_region(owner: making.Owner, tables: tuple[str, ...]) -> None:
    for table in set(tables) - {"accounts_account"}:
        with acting_as(making.system(REGION)), connection.cursor() as cursor:
            with pytest.raises(DatabaseError) as caught, transaction.atomic():
                cursor.execute(f"UPDATE {table} SET region_id = {OTHER_REGION}")
            assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege), table


def test_the_context_ends_with_its_transaction(owner: making.Owner) -> None:
    with acting_as(owner.actor):
        assert count_rows("applications_application") == 1
    assert count_rows("applications_application") == 0
    with transaction.atomic():
        assert count_rows("applications_application") == 0


def test_a_nested_actor_sees_his_rows_and_the_outer_one_his_own_again(owner: making.Owner) -> None:
    with acting_as(owner.actor):
        with acting_as(making.anonymous(OTHER_REGION)):
            assert count_rows("applications_application") == 0
        assert count_rows("applications_application") == 1
