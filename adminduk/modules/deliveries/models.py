"""Parcels and the lists they travel on. The address lies with the application: there is no other to send to."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7
from adminduk.modules.deliveries.states import MOST_ATTEMPTS, ParcelState


class Manifest(models.Model):
    """What a courier was given at one time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    number = models.CharField(max_length=24, unique=True)
    courier = models.CharField(max_length=80)
    parcels = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region_id", "made_at"], name="manifest_of_region")]


class Parcel(models.Model):
    """One card; see types.Parcel."""

    application_id = models.UUIDField(primary_key=True)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    product_id = models.UUIDField(null=True)
    site_id = models.UUIDField(null=True)
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ParcelState])
    courier = models.CharField(max_length=80)
    cost_rupiah = models.IntegerField()
    tracking = models.CharField(max_length=40, default="")
    attempts = models.SmallIntegerField(default=0)
    last_attempt_on = models.DateField(null=True)
    old_card = models.CharField(max_length=10, default="none")
    old_card_taken = models.BooleanField(null=True)
    chosen_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "state", "changed_at"], name="parcel_by_state"),
            models.Index(fields=["manifest"], name="parcel_of_manifest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "tracking"], condition=~models.Q(tracking=""), name="parcel_tracking_once"
            ),
            models.CheckConstraint(
                condition=models.Q(attempts__range=(0, MOST_ATTEMPTS)), name="parcel_attempts_at_most"
            ),
            models.CheckConstraint(condition=models.Q(cost_rupiah__gte=0), name="parcel_cost"),
        ]


class Passage(models.Model):
    """What happened to a parcel, in codes, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application_id = models.UUIDField()
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    act = models.CharField(max_length=10)
    day = models.DateField(null=True)  # as the courier reports it
    actor_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["application_id", "at"], name="passage_of_parcel")]
