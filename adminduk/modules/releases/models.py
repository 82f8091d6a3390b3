"""One row per definition in force somewhere: id is the SHA-256 of its canonical text."""

from django.db import models


class Release(models.Model):
    """The text of a service's definition with a region's overlay, never changed."""

    id = models.CharField(primary_key=True, max_length=64)
    region_id = models.IntegerField()
    service_id = models.CharField(max_length=60)
    body = models.TextField()
    created_at = models.DateTimeField()
