"""The schema `sec`: who acts, checked by HMAC inside PostgreSQL. Owned by adminduk_guard, which alone reads the key."""

from django.db import migrations

SQL = """
CREATE SCHEMA IF NOT EXISTS sec AUTHORIZATION adminduk_guard;
SET ROLE adminduk_guard;

CREATE TABLE sec.context_key (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64), outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64));

CREATE FUNCTION sec.claims() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    raw text := current_setting('app.ctx', true);
    part text[];
    pads sec.context_key;
BEGIN
    IF raw IS NULL OR raw = '' THEN RETURN NULL; END IF;
    part := string_to_array(raw, '|');
    IF array_length(part, 1) <> 5 OR part[4] !~ '^[0-9]{1,12}$'
        OR part[4]::bigint < extract(epoch FROM clock_timestamp()) THEN RETURN NULL; END IF;
    SELECT * INTO pads FROM sec.context_key;
    IF NOT FOUND OR part[5] IS DISTINCT FROM encode(sha256(pads.outer_pad || sha256(pads.inner_pad
        || convert_to(array_to_string(part[1:4], '|'), 'UTF8'))), 'hex') THEN RETURN NULL; END IF;
    RETURN part;
EXCEPTION WHEN data_exception THEN RETURN NULL;
END $$;

CREATE FUNCTION sec.regions() RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN c[1] = '' THEN '{}'::int[] ELSE string_to_array(c[1], ',')::int[] END FROM sec.claims() AS c $$;

CREATE FUNCTION sec.kind() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ SELECT c[2] FROM sec.claims() AS c $$;

CREATE FUNCTION sec.actor() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ SELECT c[3]::uuid FROM sec.claims() AS c $$;

CREATE FUNCTION sec.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;

REVOKE ALL ON SCHEMA sec FROM PUBLIC;
GRANT USAGE ON SCHEMA sec TO adminduk_app, adminduk_owner, adminduk_backup;
REVOKE ALL ON sec.context_key FROM PUBLIC;
REVOKE ALL ON FUNCTION sec.claims(), sec.regions(), sec.kind(), sec.actor() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.regions(), sec.kind(), sec.actor() TO adminduk_app, adminduk_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO adminduk_guard, adminduk_app, adminduk_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO adminduk_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO adminduk_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO adminduk_backup;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(SQL)]
