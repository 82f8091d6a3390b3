"""Files that are being sent in parts. The parts lie in the storage, encrypted; here are their names and order."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Upload(models.Model):
    """A file for the document `requirement`: `received` of `length` bytes are on stable storage.

    `ended_as` is "" while it goes on, else taken (its pages exist) or given_up.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application_id = models.UUIDField()
    requirement = models.CharField(max_length=60)
    length = models.IntegerField()
    received = models.IntegerField(default=0)
    ended_as = models.CharField(max_length=10, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner_id"], condition=models.Q(ended_as=""), name="upload_open"),
            models.Index(fields=["region_id", "expires_at"], name="upload_expiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("length")), name="upload_received"
            ),
            models.CheckConstraint(condition=models.Q(ended_as__in=("", "taken", "given_up")), name="upload_ended_as"),
        ]


class Part(models.Model):
    """Bytes from `begins_at` on, one object of the storage."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    begins_at = models.IntegerField()
    size = models.IntegerField()
    object_key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "begins_at"], name="part_once")]
