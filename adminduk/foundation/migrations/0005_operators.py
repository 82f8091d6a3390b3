"""Databases made before: operators are staff of their region like the others."""

from django.db import migrations

BEFORE, NOW = "'admin'::text, 'system'::text", "'admin'::text, 'operator'::text, 'system'::text"
SQL = f"""
DO $upgrade$
DECLARE held record;
BEGIN
    FOR held IN SELECT tablename, policyname, qual, with_check FROM pg_policies
        WHERE qual LIKE $text$%{BEFORE}%$text$ OR with_check LIKE $text$%{BEFORE}%$text$ LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING (%s)', held.policyname, held.tablename,
            replace(held.qual, $text${BEFORE}$text$, $text${NOW}$text$));
        IF held.with_check IS NOT NULL THEN
            EXECUTE format('ALTER POLICY %I ON %I WITH CHECK (%s)', held.policyname, held.tablename,
                replace(held.with_check, $text${BEFORE}$text$, $text${NOW}$text$));
        END IF;
    END LOOP;
END $upgrade$;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0004_who")]
    operations = [migrations.RunSQL(SQL)]
