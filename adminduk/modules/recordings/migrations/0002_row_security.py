"""A person reads what became of his own recording; the region's staff and the system write."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("recordings", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_and_owner("recordings_recording"),
        rows.by_region_and_owner("recordings_attempt"),
        rows.by_region_and_owner("recordings_statusheard", rights="SELECT, INSERT, DELETE"),
    ]
