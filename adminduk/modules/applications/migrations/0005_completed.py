"""Applications whose card is in the person's hands."""

from django.db import migrations, models

STATES = ["draft", "submitted", "correction", "approved", "completed", "refused", "withdrawn", "closed"]


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_retention")]
    operations = [
        migrations.AlterField(
            "application", "state", models.CharField(choices=[(s, s) for s in STATES], max_length=10)
        ),
        migrations.RemoveIndex("application", "application_retention"),
        migrations.AddIndex(
            "application",
            models.Index(
                condition=models.Q(
                    ("state__in", ("approved", "completed", "refused", "withdrawn", "closed")),
                    models.Q(("kept", "frame"), _negated=True),
                ),
                fields=["region_id", "kept", "changed_at"],
                name="application_retention",
            ),
        ),
    ]
