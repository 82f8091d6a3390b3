"""Find messages whose time has passed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_row_security")]
    operations = [
        migrations.AddIndex("message", models.Index(fields=["region_id", "planned_at"], name="message_by_age")),
    ]
