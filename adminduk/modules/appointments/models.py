"""How many people a place receives, when it receives nobody, and who has which place.

A place is a number within a slot. That no number is given twice is a unique index, that none stands above the
capacity a trigger, and that an appointment never changes hands a right that the portal's role does not have.
"""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7
from adminduk.modules.appointments.states import ACTIVE, FIRM, State
from adminduk.modules.appointments.types import Kind

_KINDS = [str(kind) for kind in Kind]
_HELD = models.Q(state=str(State.HELD))


class CapacityInterval(models.Model):
    """On `weekday` from `opens` to `closes`: every `minutes` minutes `places` people who come for `kind`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    weekday = models.SmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    minutes = models.SmallIntegerField()
    places = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "site_id", "kind", "weekday", "opens"], name="capacity_once"),
            models.CheckConstraint(condition=models.Q(kind__in=_KINDS), name="capacity_kind"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="capacity_weekday"),
            models.CheckConstraint(condition=models.Q(opens__lt=models.F("closes")), name="capacity_forward"),
            models.CheckConstraint(condition=models.Q(minutes__range=(5, 240)), name="capacity_minutes"),
            models.CheckConstraint(condition=models.Q(places__range=(1, 200)), name="capacity_places"),
        ]


class BreakInterval(models.Model):
    """No appointments in this part of every such weekday."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    weekday = models.SmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "site_id", "weekday", "begins"], name="break_once"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="break_weekday"),
            models.CheckConstraint(condition=models.Q(begins__lt=models.F("ends")), name="break_forward"),
        ]


class SiteClosure(models.Model):
    """A place receives nobody on a day or in a part of it. Lifted ones stay, so that it can be told why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    day = models.DateField()
    begins = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    reason = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region_id", "day"], name="site_closure_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins__isnull=True, ends__isnull=True)
                | models.Q(begins__isnull=False, ends__isnull=False, begins__lt=models.F("ends")),
                name="site_closure_part",
            ),
        ]


class Appointment(models.Model):
    """A place for one application at one time. Only state, needs and what belongs to them ever change."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application_id = models.UUIDField()
    subject_index = models.BinaryField()
    site_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    day = models.DateField()
    starts = models.TimeField()
    minutes = models.SmallIntegerField()
    place = models.SmallIntegerField()
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=9)
    held_until = models.DateTimeField(null=True)
    group_id = models.UUIDField()
    needs = models.BinaryField(null=True)  # sealed: they may tell about somebody's health
    reason = models.CharField(max_length=120, blank=True)  # why the office moved or cancelled it
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "application_id"], name="appointment_of_application"),
            models.Index(fields=["region_id", "site_id", "day"], name="appointment_of_day"),
            models.Index(
                fields=["region_id", "day"],
                condition=models.Q(state__in=[str(state) for state in FIRM]),
                name="appointment_to_come",
            ),
            models.Index(  # what is taken is counted from it alone: only holds have a `held_until`
                fields=["region_id", "kind", "site_id", "day", "starts"],
                include=["held_until"],
                condition=models.Q(state__in=[str(state) for state in ACTIVE]),
                name="appointment_taken",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "site_id", "kind", "day", "starts", "place"],
                condition=models.Q(state__in=[str(state) for state in ACTIVE]),
                name="appointment_place_once",
            ),
            models.UniqueConstraint(
                fields=["region_id", "subject_index"],
                condition=models.Q(state__in=[str(state) for state in FIRM]),
                name="appointment_one_each",
            ),
            models.UniqueConstraint(
                fields=["region_id", "subject_index"], condition=_HELD, name="appointment_one_hold_each"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in State]), name="appointment_state"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=_KINDS), name="appointment_kind"),
            models.CheckConstraint(condition=models.Q(place__gte=1), name="appointment_place"),
            models.CheckConstraint(
                condition=(_HELD & models.Q(held_until__isnull=False)) | (~_HELD & models.Q(held_until__isnull=True)),
                name="appointment_hold",
            ),
        ]
