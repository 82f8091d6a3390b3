"""Messages to people: the text is made from event and parameters when it is sent or shown, in the person's language."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Message(models.Model):
    """One message. `params` and `address` are encrypted. Its Message-ID is made of `id`, so a repeat is recognised."""

    class Status(models.TextChoices):
        PLANNED = "planned"
        SENT = "sent"
        UNDELIVERABLE = "undeliverable"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application_id = models.UUIDField(null=True)
    event = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=5)
    address = models.BinaryField()
    params = models.BinaryField()
    status = models.CharField(max_length=13, choices=Status.choices, default=Status.PLANNED)
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["application_id", "planned_at"], name="message_of_application"),
            models.Index(fields=["region_id", "planned_at"], name="message_by_age"),
            models.Index(fields=["region_id", "due_at"], condition=models.Q(status="planned"), name="message_planned"),
            models.Index(
                fields=["region_id", "planned_at"],
                condition=models.Q(status="undeliverable"),
                name="message_undeliverable",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="sent") | models.Q(sent_at__isnull=False), name="message_sent_at"
            )
        ]
