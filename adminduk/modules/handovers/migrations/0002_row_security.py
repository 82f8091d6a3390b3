"""The office sees its cards, a citizen his own; what happened is never changed."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("handovers", "0001_initial"), ("foundation", "0004_who")]
    operations = [
        rows.by_region_and_owner("handovers_pickup", rights="SELECT, INSERT, UPDATE"),
        rows.by_region_and_owner("handovers_happening", rights="SELECT, INSERT"),
        rows.append_only("handovers_happening"),
    ]
