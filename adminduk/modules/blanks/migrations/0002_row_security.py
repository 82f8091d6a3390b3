"""Staff add entries and read them; balances and days are public in the region; nobody changes anything."""

from django.db import migrations

from adminduk.foundation import row_security as rows

PROJECTIONS = ("blanks_card", "blanks_balance", "blanks_day")


class Migration(migrations.Migration):
    dependencies = [("blanks", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_for_staff("blanks_entry", rights="SELECT, INSERT"),
        rows.append_only("blanks_entry"),
        rows.by_region_for_staff("blanks_minutes", rights="SELECT, INSERT"),
        rows.append_only("blanks_minutes"),
        rows.by_region_for_staff("blanks_oldcard", rights="SELECT, INSERT"),
        rows.append_only("blanks_oldcard"),
        rows.by_region_for_staff("blanks_oldcardend", rights="SELECT, INSERT"),
        rows.append_only("blanks_oldcardend"),
        rows.by_region_for_staff("blanks_card", rights="SELECT"),
        rows.read_in_region("blanks_balance"),
        rows.read_in_region("blanks_day"),
        *(rows.seen_by_guard(table, rights="SELECT, INSERT, UPDATE") for table in PROJECTIONS),
        rows.seen_by_guard("blanks_entry"),
        rows.seen_by_guard("blanks_oldcard"),
    ]
