"""Cards at counters. The code lies nowhere: it follows from the card and from how many codes there have been."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7
from adminduk.modules.handovers.types import OldCard, PickupState


class Pickup(models.Model):
    """One card at one counter. `receipt` is sealed: who took it, what was looked at, how it was proved."""

    product_id = models.UUIDField(primary_key=True)
    region_id = models.IntegerField()
    application_id = models.UUIDField(unique=True)
    owner_id = models.UUIDField()
    site_id = models.UUIDField()
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in PickupState])
    generation = models.SmallIntegerField()
    old_card = models.CharField(max_length=10, choices=[(o.value, o.value) for o in OldCard])
    ready_at = models.DateTimeField()
    reminders = models.SmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    receipt = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["region_id", "ready_at"], condition=models.Q(state="ready"), name="pickup_ready_oldest"
            ),
            models.Index(fields=["region_id", "ended_at"], condition=~models.Q(state="ready"), name="pickup_ended"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="ready", ended_at__isnull=True)
                | (~models.Q(state="ready") & models.Q(ended_at__isnull=False)),
                name="pickup_ends_with_a_moment",
            ),
            models.CheckConstraint(condition=models.Q(generation__gt=0), name="pickup_generation"),
        ]


class Happening(models.Model):
    """What happened at the counter, in codes, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product_id = models.UUIDField()
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    act = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, default="")
    actor_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["product_id", "at"], name="happening_of_product")]
