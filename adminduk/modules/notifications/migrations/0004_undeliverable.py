"""The head of office finds what did not arrive without reading all messages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_by_age")]
    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["region_id", "planned_at"],
                condition=models.Q(status="undeliverable"),
                name="message_undeliverable",
            ),
        ),
    ]
