"""A person who chose the wrong region first may begin again in the right one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_row_security")]
    operations = [
        migrations.RemoveConstraint("application", "application_one_draft"),
        migrations.AddConstraint(
            "application",
            models.UniqueConstraint(
                fields=["region_id", "owner_id", "service_id", "subject_index"],
                condition=models.Q(state="draft"),
                name="application_one_draft",
            ),
        ),
    ]
