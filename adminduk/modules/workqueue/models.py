"""Cases that wait for an officer. A row exists only while it is the office's turn, so the table stays small."""

from __future__ import annotations

from django.db import models


class Item(models.Model):
    """One waiting case. It is free when nobody holds it or the hold has ended."""

    application_id = models.UUIDField(primary_key=True)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    queued_at = models.DateTimeField()  # of the first submission: a correction does not cost the place
    due_at = models.DateTimeField()
    kk_index = models.BinaryField()  # an officer does not decide his own family's case
    holder_id = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    is_escalated = models.BooleanField(default=False)  # waits for the head of office

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "is_escalated", "queued_at", "application_id"], name="item_oldest_first"),
            models.Index(
                fields=["region_id", "holder_id"], condition=models.Q(holder_id__isnull=False), name="item_of_holder"
            ),
            models.Index(fields=["region_id", "due_at"], name="item_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(holder_id__isnull=True, held_until__isnull=True)
                | models.Q(holder_id__isnull=False, held_until__isnull=False),
                name="item_hold",
            )
        ]
