"""A person sees his account, an office those that act in its region; sign-in goes through narrow functions."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        migrations.RunSQL(
            rows.enable("accounts_account")
            + f"CREATE POLICY tenancy ON accounts_account USING ({rows.account_or_staff('accounts_account')})"
            f" WITH CHECK ({rows.account_or_staff('accounts_account')});"
            "GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_account TO adminduk_app;"
        ),
        rows.seen_by_guard("accounts_account"),
        rows.without_region("accounts_challenge"),
        migrations.RunSQL(
            "GRANT INSERT, DELETE ON accounts_addressclaim TO adminduk_app; GRANT SELECT (address_index) ON accounts_addressclaim TO adminduk_app; GRANT SELECT ON accounts_addressclaim TO adminduk_guard;"
        ),
        rows.guard_function(
            "account_of_nik(wanted bytea)",
            returns="uuid",
            body="SELECT id FROM public.accounts_account WHERE nik_index = wanted AND is_matched",
        ),
        rows.guard_function(
            "unmatched_account(wanted bytea, by_address bytea)",
            returns="uuid",
            body="SELECT id FROM public.accounts_account"
            " WHERE nik_index = wanted AND address_index = by_address AND NOT is_matched",
        ),
        rows.guard_function(
            "session_of(account uuid)",
            returns="TABLE (session_epoch int, regions int[])",
            body="SELECT a.session_epoch, a.regions FROM public.accounts_account a WHERE a.id = account",
        ),
        rows.guard_function(
            "address_serves(wanted bytea, family bytea)",
            returns="boolean",
            body="SELECT kk_index = family FROM public.accounts_addressclaim WHERE address_index = wanted",
        ),
    ]
