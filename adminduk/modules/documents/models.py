"""Documents of an application and their pages. The pictures lie in the storage, encrypted; here are their names."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Page(models.Model):
    """One rewritten page of the document that answers `requirement`. `kind` is the chosen alternative."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application_id = models.UUIDField()
    requirement = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    position = models.SmallIntegerField()
    object_key = models.CharField(max_length=80, unique=True)
    preview_key = models.CharField(max_length=80, unique=True)
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField()
    content_index = models.BinaryField()
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["application_id", "requirement", "position"], name="page_of_application"),
            models.Index(fields=["region_id"], condition=models.Q(removed_at__isnull=False), name="page_removed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application_id", "requirement", "position"],
                condition=models.Q(removed_at__isnull=True),
                name="page_position_once",
            ),
            models.UniqueConstraint(
                fields=["application_id", "requirement", "content_index"],
                condition=models.Q(removed_at__isnull=True),
                name="page_content_once",
            ),
            models.CheckConstraint(condition=models.Q(position__range=(1, 30)), name="page_position"),
        ]
