"""Own rows for citizens, the region's for staff; events are never changed."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_and_owner("applications_application"),
        rows.by_region_and_owner("applications_claim"),
        rows.by_region_and_owner("applications_event", rights="SELECT, INSERT"),
        rows.append_only("applications_event"),
        rows.by_region_and_owner("applications_correction"),
        rows.seen_by_guard("applications_application"),
        rows.guard_function(
            "public_status(wanted bytea)",
            returns="TABLE (application_id uuid, region_id int, owner_id uuid)",
            body="SELECT id, a.region_id, a.owner_id FROM public.applications_application a"
            " WHERE status_index = wanted AND state <> 'draft'",
        ),
    ]
