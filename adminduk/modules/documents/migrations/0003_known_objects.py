"""Orphans in the storage are found by asking which keys a page names; removed pages are found by their region."""

from django.db import migrations, models

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_row_security")]
    operations = [
        migrations.AddIndex(
            "page",
            models.Index(condition=models.Q(("removed_at__isnull", False)), fields=["region_id"], name="page_removed"),
        ),
        rows.seen_by_guard("documents_page"),
        rows.guard_function(
            "known_objects(keys text[])",
            returns="SETOF text",
            body="SELECT k FROM unnest(keys) AS k WHERE EXISTS (SELECT FROM public.documents_page"
            " WHERE object_key = k) OR EXISTS (SELECT FROM public.documents_page WHERE preview_key = k)",
        ),
    ]
