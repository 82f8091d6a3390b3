"""A person asks once at a time; whoever was given a place and could not keep it enters the round anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("draws", "0002_row_security")]
    operations = [
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.UniqueConstraint(
                fields=["round", "subject_index"],
                condition=models.Q(state__in=["entered", "waiting"]),
                name="wish_one_asks",
            ),
        ),
        migrations.RemoveConstraint(model_name="wish", name="wish_one_a_person"),
    ]
