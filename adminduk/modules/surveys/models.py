"""Two tables that cannot be joined: which application was asked, and how often each score was given in a month."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Asked(models.Model):
    """The owner of this application has answered, or does not want to; he is not asked again."""

    application_id = models.UUIDField(primary_key=True)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()


class Tally(models.Model):
    """How often `score` was given to `element` in a month. Single answers are never stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    service_id = models.CharField(max_length=60)
    month = models.DateField()  # its first day
    element = models.CharField(max_length=40)
    score = models.SmallIntegerField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "month", "service_id", "element", "score"], name="tally_of_score_once"
            ),
            models.CheckConstraint(condition=models.Q(count__gt=0), name="tally_of_score_counts"),
        ]
