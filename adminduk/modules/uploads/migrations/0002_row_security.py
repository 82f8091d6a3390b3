"""Own uploads for citizens, the region's for the system; which objects are parts is told across regions."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("uploads", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_and_owner("uploads_upload"),
        rows.by_region_and_owner("uploads_part"),
        rows.seen_by_guard("uploads_part"),
        rows.guard_function(
            "known_parts(keys text[])",
            returns="SETOF text",
            body="SELECT k FROM unnest(keys) AS k WHERE EXISTS (SELECT FROM public.uploads_part WHERE object_key = k)",
        ),
    ]
