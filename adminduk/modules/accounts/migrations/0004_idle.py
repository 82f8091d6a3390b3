"""Find accounts that nobody uses any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_shared_addresses_and_forms")]
    operations = [
        migrations.AddIndex(
            "account", models.Index(fields=["region_id", "is_matched", "signed_in_at"], name="account_idle")
        ),
    ]
