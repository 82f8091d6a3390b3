"""A backup also reads where the numbering of links stands."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_row_security")]
    operations = [migrations.RunSQL("GRANT SELECT ON SEQUENCE audit_link_id_seq TO adminduk_backup")]
