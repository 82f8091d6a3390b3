"""The schema `sec`: who acts, checked by HMAC inside PostgreSQL. Owned by adminduk_guard, which alone reads the key."""

from django.db import migrations

from adminduk.foundation.row_security import WHO

SQL = """
CREATE SCHEMA IF NOT EXISTS sec AUTHORIZATION adminduk_guard;
SET ROLE adminduk_guard;

CREATE TABLE sec.context_key (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64), outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64));

{who}
CREATE FUNCTION sec.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;

REVOKE ALL ON SCHEMA sec FROM PUBLIC;
GRANT USAGE ON SCHEMA sec TO adminduk_app, adminduk_owner, adminduk_backup;
REVOKE ALL ON sec.context_key FROM PUBLIC;
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
    operations = [migrations.RunSQL(SQL.replace("{who}", WHO))]
