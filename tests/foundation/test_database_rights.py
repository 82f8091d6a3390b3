"""What the portal's database role may not do, whatever SQL somebody brings it to run."""

from __future__ import annotations

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from tests import database as test_database
from tests import making
from tests.foundation.every_table import fill

NARROW_FUNCTIONS = {
    "account_of_nik",
    "actor",
    "address_serves",
    "address_shared",
    "address_users",
    "answers_by_number",
    "called_in_hall",
    "find_invited_officer",
    "find_officer",
    "find_officer_by_email",
    "kind",
    "known_objects",
    "known_parts",
    "looks_at",
    "place_in_hall",
    "place_in_print_line",
    "place_in_queue",
    "print_exceptions",
    "print_lines",
    "public_status",
    "regions",
    "report_by_number",
    "session_of",
    "taken_places",
    "unmatched_account",
    "waiting_in_hall",
    "who",
    "wishes_ahead",
}
# What triggers do for the guard; the portal cannot call them by itself.
BEHIND_TRIGGERS = {"book_blanks", "check_old_card_end", "lock_blanks"}

FORBIDDEN = (
    "SELECT * FROM sec.context_key",
    "UPDATE sec.context_key SET inner_pad = outer_pad",
    "SET ROLE adminduk_guard",
    "SET ROLE adminduk_owner",
    "SET ROLE adminduk_backup",
    "SET SESSION AUTHORIZATION adminduk_owner",
    "CREATE TABLE public.mine (x int)",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION sec.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "ALTER TABLE applications_application DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE applications_application NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY tenancy ON applications_application",
    "CREATE POLICY mine ON applications_application USING (true)",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "DROP TABLE applications_claim",
    "TRUNCATE applications_application CASCADE",
    "COPY applications_application TO PROGRAM 'cat'",
    "COPY (SELECT 1) TO '/tmp/adminduk-leak'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT kk_index FROM accounts_addressclaim",
    "UPDATE accounts_addressclaim SET kk_index = kk_index",
    "SELECT * FROM accounts_addressshare",
    "SELECT * FROM django_migrations",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_portal_may_not(database: None, statement: str) -> None:
    with pytest.raises(ProgrammingError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_portal_owns_nothing_and_is_a_member_of_no_role(database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
            " EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid),"
            " EXISTS (SELECT FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o')"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,) * 7


def test_row_security_off_raises_instead_of_showing_everything(database: None) -> None:
    fill(making.fresh_region())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("SELECT * FROM applications_application")


def test_functions_that_look_past_row_security_are_these_and_cannot_be_led_astray(database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.proconfig::text, pg_get_userbyid(p.proowner),"
            " has_function_privilege('adminduk_app', p.oid, 'EXECUTE'),"
            " EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
        )
        rows = cursor.fetchall()
    assert {row[0] for row in rows} == NARROW_FUNCTIONS | BEHIND_TRIGGERS
    for name, settings, owner, is_callable, is_public in rows:
        assert "search_path=" in settings and "pg_temp" in settings, name
        assert owner == "adminduk_guard", name
        assert is_callable == (name in NARROW_FUNCTIONS) and not is_public, name


def test_no_view_shows_rows_as_its_owner(database: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('v','m') AND relnamespace = 'public'::regnamespace"
            " AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)"
        )
        assert cursor.fetchall() == []


def test_the_backup_role_reads_every_table_and_changes_none(database: None) -> None:
    fill(making.fresh_region())
    url = test_database.server().url("adminduk_backup", test_database.database_name())
    with psycopg.connect(url, autocommit=True) as backup:
        tables = backup.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in tables.fetchall():
            backup.execute(f"SELECT count(*) FROM {table}")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                backup.execute(f"DELETE FROM {table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            backup.execute("SELECT * FROM sec.context_key")
        assert (backup.execute("SELECT count(*) FROM applications_application").fetchone() or (0,))[0] > 0


@pytest.mark.parametrize("table", ["audit_entry", "audit_link", "applications_event"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET region_id = region_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_append_only_rows_are_not_changed_even_by_a_superuser(database: None, table: str, verb: str) -> None:
    fill(making.fresh_region())
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed")
    with test_database.superuser_connection() as above, refused:
        above.execute(verb.format(table))
