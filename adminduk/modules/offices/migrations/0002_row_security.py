"""Staff see their office; sign-in finds one officer by narrow functions."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_for_staff("offices_officer"),
        rows.seen_by_guard("offices_officer"),
        rows.public_in_region("offices_openinginterval"),
        rows.public_in_region("offices_closure"),
        rows.public_in_region("offices_incident"),
        rows.guard_function(
            "find_officer_by_email(wanted text)",
            returns="SETOF public.offices_officer",
            body="SELECT * FROM public.offices_officer WHERE email = wanted AND is_active",
        ),
        rows.guard_function(
            "find_officer(wanted uuid)",
            returns="SETOF public.offices_officer",
            body="SELECT * FROM public.offices_officer WHERE id = wanted AND is_active",
        ),
        rows.guard_function(
            "find_invited_officer(wanted bytea)",
            returns="SETOF public.offices_officer",
            body="SELECT * FROM public.offices_officer WHERE invite_index = wanted AND is_active",
        ),
    ]
