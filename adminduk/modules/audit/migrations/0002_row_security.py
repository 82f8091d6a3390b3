"""Anyone acting in a region adds entries; its staff and system read them; nobody changes them."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.write_only_by_region("audit_entry"),
        rows.append_only("audit_entry"),
        rows.write_only_by_region("audit_pending"),
        migrations.RunSQL("GRANT DELETE ON audit_pending TO adminduk_app"),
        rows.by_region_for_staff("audit_link", rights="SELECT, INSERT"),
        rows.append_only("audit_link"),
        rows.seen_by_guard("audit_entry"),
        rows.guard_function(
            "looks_at(person bytea, most int)",
            returns="TABLE (at timestamptz, actor_kind text, act text, region_id int, reason text)",
            body="SELECT e.at, e.actor_kind, e.act, e.region_id, e.reason FROM public.audit_entry e"
            " WHERE e.subject_index = person ORDER BY e.at DESC LIMIT most",
        ),
    ]
