"""What approved applications yield, and where it is on its way."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Product(models.Model):
    """One thing that an application yields: a card, later a deed or a letter. `step_*` is what is being done now.

    `wakes_at`: the step waits for this moment and for nobody. `site_id`: the place where the present step is done,
    null while that is open.
    """

    class State(models.TextChoices):
        OPEN = "open", "berjalan"
        DONE = "done", "selesai"
        STOPPED = "stopped", "dihentikan"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    application_id = models.UUIDField(unique=True)
    owner_id = models.UUIDField()
    subject_index = models.BinaryField()
    service_id = models.CharField(max_length=60)
    output = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    step_id = models.CharField(max_length=40)
    step_kind = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    wakes_at = models.DateTimeField(null=True)
    site_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["region_id", "step_kind", "entered_at", "id"],
                condition=models.Q(state="open"),
                name="product_at_step",
            ),
            models.Index(
                fields=["region_id", "wakes_at"], condition=models.Q(wakes_at__isnull=False), name="product_wakes"
            ),
            models.Index(fields=["region_id", "owner_id"], name="product_of_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at__isnull=True)
                | models.Q(state__in=["done", "stopped"], ended_at__isnull=False),
                name="product_end",
            ),
        ]


class StepEvent(models.Model):
    """What happened on the way, append-only: `act` is entered, done, sent_back or stopped."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step_id = models.CharField(max_length=40)
    step_kind = models.CharField(max_length=40)
    act = models.CharField(max_length=10)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField()
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["product", "at"], name="step_event_of_product"),
            models.Index(fields=["region_id", "step_kind", "act", "at"], name="step_event_figures"),
        ]
