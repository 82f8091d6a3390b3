"""The database's roles: who owns what, who may see what, and the check that the portal itself may bypass nothing."""

from __future__ import annotations

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

GUARD = "adminduk_guard"  # owns the schema sec and the key of the context; nobody signs in as it
OWNER = "adminduk_owner"  # owns the tables, runs migrations; acts as the guard only when it says so (NOINHERIT)
APP = "adminduk_app"  # the portal and its worker: owns nothing, sees what the context shows
BACKUP = "adminduk_backup"  # reads everything, writes nothing
ROLES = {
    GUARD: "NOLOGIN NOSUPERUSER NOBYPASSRLS",
    OWNER: "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOBYPASSRLS",
    BACKUP: "LOGIN NOSUPERUSER BYPASSRLS",
}
_LONGEST_WAIT_FOR_LOCK = "10s"
_MAY_BYPASS = """
SELECT current_user::text,
    EXISTS (SELECT FROM pg_roles r WHERE (r.rolsuper OR r.rolbypassrls) AND pg_has_role(current_user, r.oid, 'MEMBER')),
    EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('public', 'sec') AND pg_has_role(current_user, c.relowner, 'MEMBER'))
"""


class UnsafeRole(SystemExit):
    """The process must not start: its database role is above row-level security."""


def refuse_unsafe_role(connection: BaseDatabaseWrapper) -> None:
    """Raises UnsafeRole (exits) if the connection's role bypasses row-level security or owns a table."""
    with connection.cursor() as cursor:
        cursor.execute(_MAY_BYPASS)
        role, may_bypass, is_owner = cursor.fetchone() or ("?", True, True)
    if may_bypass or is_owner:
        what = "bypasses row-level security" if may_bypass else "owns tables"
        raise UnsafeRole(f"adminduk: the database role {role} {what}; DATABASE_URL must name a role like {APP}")


def create(superuser_url: str, database: str) -> None:
    """Make what is missing of the roles and the database, as a superuser who is not needed afterwards."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for role, attributes in ROLES.items():
            known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("CREATE ROLE {} " if known is None else "ALTER ROLE {} ")
            connection.execute(verb.format(sql.Identifier(role)) + sql.SQL(attributes))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(GUARD), sql.Identifier(OWNER)))
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER))
            )
    with psycopg.connect(superuser_url, dbname=database, autocommit=True) as connection:
        # Without INHERIT the owner of a database has no rights on its public schema by that alone (PostgreSQL 15).
        connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
                sql.Identifier(database), sql.Identifier(APP), sql.Identifier(BACKUP)
            )
        )


def migrate_and_store_pads(owner_alias: str, pads: tuple[bytes, bytes]) -> None:
    """Migrate as the owner, then give the guard the key that signs contexts (as the pads of its HMAC)."""
    from django.core.management import call_command
    from django.db import connections, transaction

    connection = connections[owner_alias]
    with connection.cursor() as cursor:
        # Rather no migration now than everybody waiting behind it for a lock.
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [_LONGEST_WAIT_FOR_LOCK])
    call_command("migrate", database=owner_alias, interactive=False, verbosity=0)
    with transaction.atomic(using=owner_alias), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {GUARD}")
        cursor.execute(
            "INSERT INTO sec.context_key (inner_pad, outer_pad) VALUES (%s, %s) ON CONFLICT (only_one)"
            " DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            pads,
        )
    connection.close()
