"""Staff see their region's products; a citizen his own."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("issuance", "0001_initial"), ("foundation", "0005_operators")]
    operations = [
        rows.by_region_and_owner("issuance_product"),
        rows.by_region_and_owner("issuance_stepevent", rights="SELECT, INSERT"),
        rows.append_only("issuance_stepevent"),
    ]
