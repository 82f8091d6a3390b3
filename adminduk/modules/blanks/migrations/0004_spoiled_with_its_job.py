"""Outside the stock a card is spoiled by who ends its print job, never by its number alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blanks", "0003_ledger")]
    operations = [
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=models.Q(("kind", "spoiled"), _negated=True)
                | models.Q(job_id__isnull=False)
                | models.Q(origin="stock"),
                name="blanks_spoiled_with_its_job",
            ),
        )
    ]
