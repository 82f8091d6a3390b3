"""Own readings for citizens, the region's for staff and the job that reads."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_readings"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_and_owner("documents_reading"),
        rows.by_region_and_owner("documents_refusal"),
    ]
