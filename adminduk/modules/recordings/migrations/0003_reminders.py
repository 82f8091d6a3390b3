"""Whoever was invited and has not chosen a time is reminded, each time once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recordings", "0002_row_security")]

    operations = [
        migrations.AddField("recording", "reminders", models.SmallIntegerField(default=0)),
        migrations.AddField("recording", "remind_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "recording",
            models.Index(
                fields=["region_id", "remind_at"],
                condition=models.Q(state__in=["wanted", "again"]),
                name="recording_to_remind",
            ),
        ),
    ]
