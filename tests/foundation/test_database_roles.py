"""No connection of the portal or of these tests is above row-level security."""

from __future__ import annotations

import pytest
from django.db import connection, connections

from adminduk.foundation import database_roles, tenancy
from adminduk.foundation.jobs import system_actor


def test_the_suite_connects_as_the_app_role(database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == (database_roles.APP, database_roles.APP)
    database_roles.refuse_unsafe_role(connection)


@pytest.mark.parametrize("role", [database_roles.OWNER, database_roles.BACKUP, "adminduk_super"])
def test_a_role_above_the_rules_is_refused(database: None, role: str) -> None:
    owner = connections["owner"]
    kept = owner.settings_dict["USER"]
    owner.settings_dict["USER"] = role
    try:
        with pytest.raises(database_roles.UnsafeRole, match=role):
            database_roles.refuse_unsafe_role(owner)
    finally:
        owner.close()
        owner.settings_dict["USER"] = kept


def test_a_connection_of_the_suite_with_an_unsafe_role_fails_at_once(database: None) -> None:
    connection.close()
    kept = connection.settings_dict["USER"]
    connection.settings_dict["USER"] = database_roles.OWNER
    try:
        with pytest.raises(database_roles.UnsafeRole):
            connection.ensure_connection()
    finally:
        connection.close()
        connection.settings_dict["USER"] = kept


def test_the_context_is_known_inside_a_transaction_only(database: None) -> None:
    with connection.cursor() as cursor:
        with tenancy.acting_as(system_actor(3374)):
            cursor.execute("SELECT sec.regions(), sec.kind()")
            assert cursor.fetchone() == ([3374], "system")
        cursor.execute("SELECT sec.regions(), sec.kind()")
        assert cursor.fetchone() == (None, None)
