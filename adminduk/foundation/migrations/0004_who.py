"""Databases made before: the same policies, but who acts is proved once for each statement instead of three times."""

from django.db import migrations

from adminduk.foundation import row_security as rows

OWNED, STAFF = rows.owner_or_staff("%1$I"), rows.staff_in_region("%1$I")
ACCOUNT = rows.account_or_staff("accounts_account")


def _change(using: str, check: str) -> str:
    return f"ALTER POLICY tenancy ON %1$I USING ({using}) WITH CHECK ({check})"


SQL = f"""
DO $upgrade$
DECLARE held record;
BEGIN
    IF to_regprocedure('sec.who()') IS NOT NULL THEN RETURN; END IF;
    SET ROLE adminduk_guard;
    {rows.WHO}
    DROP FUNCTION sec.claims();
    RESET ROLE;
    FOR held IN SELECT tablename AS name, qual, with_check FROM pg_policies WHERE policyname = 'tenancy' LOOP
        EXECUTE format(CASE
            WHEN held.qual LIKE '%owner_id%' THEN $policy${_change(OWNED, OWNED)}$policy$
            WHEN held.with_check = held.qual THEN $policy${_change(STAFF, STAFF)}$policy$
            ELSE $policy${_change(STAFF, rows.in_region("%1$I"))}$policy$ END, held.name);
    END LOOP;
    DROP POLICY own ON accounts_account;
    DROP POLICY office ON accounts_account;
    CREATE POLICY tenancy ON accounts_account USING ({ACCOUNT}) WITH CHECK ({ACCOUNT});
END $upgrade$;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_rights")]
    operations = [migrations.RunSQL(SQL)]
