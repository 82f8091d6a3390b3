"""A person reads and makes his own request; trips are the staff's."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_and_owner("visits_visitrequest"),
        rows.by_region_for_staff("visits_trip"),
    ]
