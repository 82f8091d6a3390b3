"""What a printer answered when it was told to forget a job that had been given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("printing", "0003_given_up")]

    operations = [
        migrations.AddField("job", "cancel_answer", models.CharField(default="", max_length=10)),
        migrations.AddIndex(
            "job",
            models.Index(
                condition=models.Q(("cancel_answer", ""), ("given_up_at__isnull", False)),
                fields=["region_id", "site_id"],
                name="print_job_may_come",
            ),
        ),
    ]
