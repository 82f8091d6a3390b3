"""Migration operations for row-level security: each table says in one line who may see and write its rows."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

# Who acts, once the HMAC has proved it; NULL for nobody, for a wrong signature and for one that has run out. Nothing is
# read out of the words before they are proved, so that no cast can fail.
WHO = """
CREATE TYPE sec.actor_in_regions AS (regions int[], kind text, actor uuid);
CREATE FUNCTION sec.who() RETURNS sec.actor_in_regions LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part text[] := string_to_array(current_setting('app.ctx', true), '|');
    pads sec.context_key;
BEGIN
    IF array_length(part, 1) IS DISTINCT FROM 5 THEN RETURN NULL; END IF;
    SELECT * INTO pads FROM sec.context_key;
    IF NOT FOUND OR part[5] IS DISTINCT FROM encode(sha256(pads.outer_pad || sha256(pads.inner_pad
        || convert_to(array_to_string(part[1:4], '|'), 'UTF8'))), 'hex') THEN RETURN NULL; END IF;
    IF part[4]::bigint < extract(epoch FROM clock_timestamp()) THEN RETURN NULL; END IF;
    RETURN (string_to_array(part[1], ',')::int[], part[2], part[3]::uuid);
END $$;

CREATE OR REPLACE FUNCTION sec.regions() RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ SELECT (sec.who()).regions $$;

CREATE OR REPLACE FUNCTION sec.kind() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ SELECT (sec.who()).kind $$;

CREATE OR REPLACE FUNCTION sec.actor() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ SELECT (sec.who()).actor $$;

REVOKE ALL ON FUNCTION sec.who(), sec.regions(), sec.kind(), sec.actor() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.who(), sec.regions(), sec.kind(), sec.actor() TO adminduk_app, adminduk_owner;
"""
# Within a policy PostgreSQL asks sec.who() once for each statement, however many rows are looked at. Columns are named
# with their table: a bare name would be one of sec.who() where both have it.
_HELD = "EXISTS (SELECT FROM sec.who() AS w WHERE {condition})"
_STAFF = "w.kind IN ('officer', 'head', 'admin', 'operator', 'system')"
_HERE = "{table}.region_id = ANY (w.regions)"


def in_region(table: str) -> str:
    """Whoever acts in the row's region."""
    return _HELD.format(condition=_HERE).format(table=table)


def staff_in_region(table: str) -> str:
    """Staff of the row's region, and the system acting for it."""
    return _HELD.format(condition=f"{_HERE} AND {_STAFF}").format(table=table)


def owner_or_staff(table: str, owner: str = "owner_id") -> str:
    """As `staff_in_region`, and the citizen who owns the row while he acts in its region."""
    mine = f"w.kind = 'citizen' AND {{table}}.{owner} = w.actor"
    return _HELD.format(condition=f"{_HERE} AND ({_STAFF} OR {mine})").format(table=table)


def account_or_staff(table: str) -> str:
    """A person's own account, and those that act in a region of the staff's."""
    mine = "w.kind = 'citizen' AND {table}.id = w.actor"
    return _HELD.format(condition=f"{mine} OR {_STAFF} AND {{table}}.regions && w.regions").format(table=table)


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
    return RunSQL(_sql(table, owner_or_staff(table, owner), None, rights))


def public_in_region(table: str, *, is_written_by_all: bool = False) -> RunSQL:
    """Whoever acts in the region reads (hours, definitions); its staff write, or whoever acts there."""
    writing = in_region(table) if is_written_by_all else staff_in_region(table)
    return RunSQL(
        f"""
{enable(table)}
CREATE POLICY reading ON {table} FOR SELECT USING ({in_region(table)});
CREATE POLICY writing ON {table} USING ({writing}) WITH CHECK ({writing});
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO adminduk_app;
"""
    )


def read_in_region(table: str) -> RunSQL:
    """Whoever acts in the region reads; the portal writes nothing (a trigger of the guard's does)."""
    return RunSQL(
        f"""
{enable(table)}
CREATE POLICY reading ON {table} FOR SELECT USING ({in_region(table)});
GRANT SELECT ON {table} TO adminduk_app;
"""
    )


def by_region_for_staff(table: str, *, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Staff and system see their regions; citizens nothing."""
    return RunSQL(_sql(table, staff_in_region(table), None, rights))


def write_only_by_region(table: str) -> RunSQL:
    """Anyone acting in the region may add a row; its staff and system may read; nobody may change one."""
    return RunSQL(_sql(table, staff_in_region(table), in_region(table), "SELECT, INSERT"))


def inspector_in_region(table: str) -> str:
    """The inspectorate of the row's region, and the system acting for it; nobody of the office."""
    return _HELD.format(condition=f"{_HERE} AND w.kind IN ('inspector', 'system')").format(table=table)


def for_inspector(table: str, *, adding: str | None = None) -> RunSQL:
    """Inspectorate and system read and change; `adding` says who may add rows if not they alone."""
    theirs = inspector_in_region(table)
    return RunSQL(
        f"""
{enable(table)}
CREATE POLICY reading ON {table} FOR SELECT USING ({theirs});
CREATE POLICY adding ON {table} FOR INSERT WITH CHECK ({adding or theirs});
CREATE POLICY changing ON {table} FOR UPDATE USING ({theirs}) WITH CHECK ({theirs});
CREATE POLICY removing ON {table} FOR DELETE USING ({theirs});
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO adminduk_app;
"""
    )


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
