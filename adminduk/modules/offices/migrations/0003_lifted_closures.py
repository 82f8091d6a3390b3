"""An office may work on a day that its region's file closes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offices", "0002_row_security")]
    operations = [
        migrations.AddField("closure", "is_lifted", models.BooleanField(default=False)),
    ]
