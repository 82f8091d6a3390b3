"""The inspectorate is no staff of the office: whoever belongs to it reads and keeps his own row, and no other."""

from django.db import migrations

# He accepts his invitation and uses up one-time codes by it; another role he cannot give himself.
_OWN = """
CREATE POLICY own_row ON offices_officer FOR SELECT USING (EXISTS (SELECT FROM sec.who() AS w
    WHERE w.kind = 'inspector' AND offices_officer.id = w.actor AND offices_officer.region_id = ANY (w.regions)));
CREATE POLICY own_row_kept ON offices_officer FOR UPDATE USING (EXISTS (SELECT FROM sec.who() AS w
    WHERE w.kind = 'inspector' AND offices_officer.id = w.actor AND offices_officer.region_id = ANY (w.regions)))
    WITH CHECK (role = 'inspector' AND EXISTS (SELECT FROM sec.who() AS w
    WHERE w.kind = 'inspector' AND offices_officer.id = w.actor AND offices_officer.region_id = ANY (w.regions)));
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0004_sites_and_roles")]
    operations = [migrations.RunSQL(_OWN)]
