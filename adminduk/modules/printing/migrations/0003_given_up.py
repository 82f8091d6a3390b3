"""When somebody gave up a printer that had been told of a card and said nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("printing", "0002_row_security")]

    operations = [migrations.AddField("job", "given_up_at", models.DateTimeField(null=True))]
