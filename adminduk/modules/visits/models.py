"""Who is to be visited, and the trips of a team."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from adminduk.foundation.ids import uuid7


class Trip(models.Model):
    """A day of a team outside. Nothing about anybody to be visited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    day = models.DateField()
    departs = models.TimeField()
    title = models.CharField(max_length=120)
    team = models.CharField(max_length=200)
    is_closed = models.BooleanField(default=False)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["region_id", "day"], name="trip_by_day")]


class VisitRequest(models.Model):
    """Somebody who cannot come, or a school or prison. `place` is encrypted: address, village, district, note.

    It is empty once its time of keeping is over; whoever is still to be visited has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField(null=True)
    product_id = models.UUIDField(null=True)
    application_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=12)
    asked_by = models.CharField(max_length=7)  # citizen or office
    place = models.BinaryField()
    expected = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=8)
    trip_id = models.UUIDField(null=True)
    position = models.SmallIntegerField(null=True)
    day = models.DateField(null=True)  # of the trip: its visited person may read it
    result = models.CharField(max_length=12, default="", blank=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "asked_at"], condition=Q(state="asked"), name="visit_asked"),
            models.Index(fields=["trip_id", "position"], condition=Q(trip_id__isnull=False), name="visit_of_trip"),
            models.Index(fields=["product_id"], condition=Q(product_id__isnull=False), name="visit_of_product"),
            models.Index(
                fields=["region_id", "changed_at"],
                condition=Q(state__in=["done", "dropped"]) & ~Q(place=b""),
                name="visit_to_forget",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product_id"], condition=Q(state__in=["asked", "planned"]), name="visit_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "planned"]) | ~Q(place=b""), name="visit_has_its_place"
            ),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(trip_id__isnull=False, day__isnull=False), name="visit_has_its_trip"
            ),
        ]
