"""Definitions are public; whoever begins a case may keep the one it begins under."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.public_in_region("releases_release", is_written_by_all=True),
    ]
