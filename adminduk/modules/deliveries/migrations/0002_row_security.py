"""The office sees its parcels, a citizen his own, lists only the office; what happened is never changed."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0001_initial"), ("foundation", "0004_who")]
    operations = [
        rows.by_region_and_owner("deliveries_parcel", rights="SELECT, INSERT, UPDATE"),
        rows.by_region_for_staff("deliveries_manifest", rights="SELECT, INSERT, UPDATE"),
        rows.by_region_and_owner("deliveries_passage", rights="SELECT, INSERT"),
        rows.append_only("deliveries_passage"),
    ]
