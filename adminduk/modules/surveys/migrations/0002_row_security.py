"""Who was asked is his own and the office's; sums are public in their region, and whoever acts there adds to them."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial"), ("foundation", "0004_who")]
    operations = [
        rows.by_region_and_owner("surveys_asked"),
        rows.public_in_region("surveys_tally", is_written_by_all=True),
    ]
