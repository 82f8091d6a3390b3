"""Own messages for citizens, the region's for staff and the worker."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_and_owner("notifications_message"),
    ]
