"""Where somebody was visited, and why, is forgotten in time; whoever is still to be visited has a place."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_row_security")]
    operations = [
        migrations.AddConstraint(
            "visitrequest",
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "planned"]) | ~Q(place=b""), name="visit_has_its_place"
            ),
        ),
        migrations.AddIndex(
            "visitrequest",
            models.Index(
                fields=["region_id", "changed_at"],
                condition=Q(state__in=["done", "dropped"]) & ~Q(place=b""),
                name="visit_to_forget",
            ),
        ),
    ]
