"""What happens to a report of bribes stands in the trail, but the office does not read there that there is one."""

from django.db import migrations

from adminduk.foundation import row_security as rows

_ENTRIES = f"""
DROP POLICY tenancy ON audit_entry;
CREATE POLICY adding ON audit_entry FOR INSERT WITH CHECK ({rows.in_region("audit_entry")});
CREATE POLICY reading ON audit_entry FOR SELECT USING (
    CASE WHEN audit_entry.object_kind = 'report' THEN {rows.inspector_in_region("audit_entry")}
    ELSE {rows.staff_in_region("audit_entry")} END);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_backup_of_sequence")]
    operations = [migrations.RunSQL(_ENTRIES)]
