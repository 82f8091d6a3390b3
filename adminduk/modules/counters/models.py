"""Counters, the numbers that were given out, and the tickets of the day. Nobody's name stands here."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from adminduk.foundation.ids import uuid7

SERVICES = ["recording", "collection", "other"]
Q = models.Q


class Counter(models.Model):
    """A counter of a site, what it serves, and who sits there since which day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    number = models.SmallIntegerField()
    services = ArrayField(models.CharField(max_length=12))
    is_active = models.BooleanField(default=True)
    operator_id = models.UUIDField(null=True)
    seated_on = models.DateField(null=True)  # the day in the region: a seat of yesterday is free

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "site_id", "number"], name="counter_number_once"),
            models.UniqueConstraint(fields=["operator_id"], name="counter_one_per_operator"),
            models.CheckConstraint(condition=Q(number__range=(1, 200)), name="counter_number"),
            models.CheckConstraint(
                condition=Q(services__contained_by=SERVICES) & Q(services__len__gt=0), name="counter_services"
            ),
            models.CheckConstraint(
                condition=Q(operator_id__isnull=True, seated_on__isnull=True)
                | Q(operator_id__isnull=False, seated_on__isnull=False, is_active=True),
                name="counter_seat",
            ),
        ]


class Series(models.Model):
    """The last number of a letter that a site gave out on a day: without gaps, however many press at once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    day = models.DateField()
    letter = models.CharField(max_length=1)
    last = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "site_id", "day", "letter"], name="series_once"),
            models.CheckConstraint(condition=Q(letter__in=["A", "B", "C"]), name="series_letter"),
            models.CheckConstraint(condition=Q(last__gt=0), name="series_forward"),
        ]


class Ticket(models.Model):
    """One person's place in the queue of one day. `turn_at` orders; `waits_since` measures."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.IntegerField()
    service = models.CharField(max_length=12)
    lane = models.CharField(max_length=12)
    state = models.CharField(max_length=8, default="waiting")
    arrived_at = models.DateTimeField()
    turn_at = models.DateTimeField()
    waits_since = models.DateTimeField()
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+", null=True)
    wanted_counter = models.ForeignKey(Counter, models.PROTECT, related_name="+", null=True)
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    calls = models.SmallIntegerField(default=0)
    times_missed = models.SmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    appointment_id = models.UUIDField(null=True)  # gone after the day, as the next
    application_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["region_id", "site_id", "day", "lane", "turn_at", "id"],
                condition=Q(state="waiting"),
                name="ticket_in_line",
            ),
            models.Index(fields=["region_id", "site_id", "day", "called_at"], name="ticket_called"),
            models.Index(fields=["counter", "day", "called_at"], name="ticket_of_counter"),
            models.Index(fields=["region_id", "day"], name="ticket_of_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["region_id", "site_id", "day", "letter", "number"], name="ticket_once"),
            models.UniqueConstraint(
                fields=["appointment_id", "day"],
                condition=Q(appointment_id__isnull=False),
                name="ticket_one_per_appointment",
            ),
            models.UniqueConstraint(
                fields=["counter", "day"], condition=Q(state="called"), name="ticket_one_at_a_counter"
            ),
            models.CheckConstraint(condition=Q(service__in=SERVICES), name="ticket_service"),
            models.CheckConstraint(condition=Q(lane__in=["appointment", "walk_in"]), name="ticket_lane"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "left"], counter__isnull=True, called_at__isnull=True, calls=0)
                | Q(
                    state__in=["called", "done", "missed"], counter__isnull=False, called_at__isnull=False, calls__gt=0
                ),
                name="ticket_at_counter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "called"], ended_at__isnull=True)
                | Q(state__in=["done", "missed", "left"], ended_at__isnull=False),
                name="ticket_ended",
            ),
        ]
