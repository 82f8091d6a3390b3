"""What officers say against the machine, and the counters, are the region's staff's."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_officer_words"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_for_staff("documents_officerword"),
        rows.by_region_for_staff("documents_tally", rights="SELECT, INSERT, UPDATE"),
    ]
