"""Migration operations for row-level security: each table says in one line who may see and write its rows."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

STAFF_OR_SYSTEM = "(SELECT sec.kind()) IN ('officer','head','admin','system')"
IN_REGION = "region_id = ANY ((SELECT sec.regions())::int[])"
IS_OWNER = "((SELECT sec.kind()) = 'citizen' AND {owner} = (SELECT sec.actor()))"


def enable(table: str) -> str:
    """Row-level security on, for the table's owner too."""
    return f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"


def _sql(table: str, using: str, check: str | None, rights: str) -> str:
    return f"""
{enable(table)}
CREATE POLICY tenancy ON {table} USING ({using}) WITH CHECK ({check or using});
GRANT {rights} ON {table} TO adminduk_app;
"""


def by_region_and_owner(
    table: str, *, owner: str = "owner_id", rights: str = "SELECT, INSERT, UPDATE, DELETE"
) -> RunSQL:
    """Staff and system see their regions; a citizen sees, within his regions, only what he owns."""
    return RunSQL(_sql(table, f"{IN_REGION} AND ({STAFF_OR_SYSTEM} OR {IS_OWNER.format(owner=owner)})", None, rights))


def public_in_region(table: str, *, writers: str = STAFF_OR_SYSTEM) -> RunSQL:
    """Whoever acts in the region reads (hours, definitions); `writers` of the region write."""
    return RunSQL(
        f"""
{enable(table)}
CREATE POLICY reading ON {table} FOR SELECT USING ({IN_REGION});
CREATE POLICY writing ON {table} USING ({IN_REGION} AND {writers}) WITH CHECK ({IN_REGION} AND {writers});
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO adminduk_app;
"""
    )


def by_region_for_staff(table: str, *, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Staff and system see their regions; citizens nothing."""
    return RunSQL(_sql(table, f"{IN_REGION} AND {STAFF_OR_SYSTEM}", None, rights))


def write_only_by_region(table: str, *, readers: str = STAFF_OR_SYSTEM) -> RunSQL:
    """Anyone acting in the region may add a row; `readers` of the region may read; nobody may change one."""
    return RunSQL(_sql(table, f"{IN_REGION} AND {readers}", IN_REGION, "SELECT, INSERT"))


def append_only(table: str) -> RunSQL:
    """UPDATE, DELETE and TRUNCATE are refused by triggers, for the owner of the table too."""
    return RunSQL(
        f"""
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION sec.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION sec.refuse_change();
"""
    )


def without_region(table: str, *, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """A table without regions and without anything personal in clear: plain rights (named in the isolation test)."""
    return RunSQL(f"GRANT {rights} ON {table} TO adminduk_app;")


def seen_by_guard(table: str, *, rights: str = "SELECT") -> RunSQL:
    """The narrow functions of `sec` (owned by adminduk_guard) may read the table across regions."""
    return RunSQL(
        f"CREATE POLICY guard ON {table} TO adminduk_guard USING (true) WITH CHECK (true);"
        f"GRANT {rights} ON {table} TO adminduk_guard;"
    )


def guard_function(signature: str, *, returns: str, body: str, language: str = "sql") -> RunSQL:
    """A narrow SECURITY DEFINER function in `sec`, owned by adminduk_guard, callable by the app role."""
    name = f"sec.{signature}"
    return RunSQL(
        f"""
SET ROLE adminduk_guard;
CREATE FUNCTION {name} RETURNS {returns} LANGUAGE {language} STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $guard${body}$guard$;
REVOKE ALL ON FUNCTION {name} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {name} TO adminduk_app;
RESET ROLE;
"""
    )
