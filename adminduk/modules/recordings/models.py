"""Recordings, attempts, words of the national system. No picture, no fingerprint, no iris is here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from adminduk.foundation.ids import uuid7


class Recording(models.Model):
    """What the recording of one product stands at. `raw` is the national status word for word, `outcome` what it means.

    `attention` puts it on an officer's list. `ask_at`: when the centre is asked again. `reminders` and `remind_at`: of
    the person, as long as he has to come; with each state they begin anew.
    """

    product_id = models.UUIDField(primary_key=True)
    region_id = models.IntegerField()
    application_id = models.UUIDField()
    owner_id = models.UUIDField()
    subject_index = models.BinaryField()  # of the NIK: lists of the national system name people by it
    step_id = models.CharField(max_length=40)
    state = models.CharField(max_length=10)
    raw = models.CharField(max_length=60, default="", blank=True)
    outcome = models.CharField(max_length=10, default="", blank=True)
    source = models.CharField(max_length=8, default="", blank=True)
    attention = models.CharField(max_length=10, default="", blank=True)
    attempts = models.SmallIntegerField(default=0)
    reference = models.CharField(max_length=24, default="", blank=True)
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    captured_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    ask_at = models.DateTimeField(null=True)
    asks = models.SmallIntegerField(default=0)
    reminders = models.SmallIntegerField(default=0)
    remind_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "subject_index"], name="recording_of_person"),
            models.Index(fields=["region_id", "reference"], condition=~Q(reference=""), name="recording_reference"),
            models.Index(fields=["application_id"], name="recording_of_application"),
            models.Index(
                fields=["region_id", "changed_at"], condition=~Q(attention=""), name="recording_needs_officer"
            ),
            models.Index(
                fields=["region_id", "ask_at"], condition=Q(ask_at__isnull=False), name="recording_to_be_asked"
            ),
            models.Index(
                fields=["region_id", "entered_at"], condition=Q(state__in=["wanted", "again"]), name="recording_to_come"
            ),
            models.Index(
                fields=["region_id", "remind_at"],
                condition=Q(state__in=["wanted", "again"]),
                name="recording_to_remind",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "wanted", "under_way", "at_centre", "again", "held", "done", "left",
                    ]
                ),
                name="recording_state",
            ),
        ]  # fmt: skip


class Attempt(models.Model):
    """One time before the camera. The centre knows it by `reference`. `exceptions`: codes of what was not usual."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    product_id = models.UUIDField()
    owner_id = models.UUIDField()
    number = models.SmallIntegerField()
    reference = models.CharField(max_length=24, unique=True)
    operator_id = models.UUIDField()
    site_id = models.UUIDField(null=True)
    visit_id = models.UUIDField(null=True)
    exceptions = models.JSONField(default=list)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=12, default="", blank=True)
    photographs = models.SmallIntegerField(default=0)  # how many were shown to the person
    is_photo_approved = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)  # the centre has been told

    class Meta:
        indexes = [
            models.Index(
                fields=["region_id", "ended_at"],
                condition=Q(result="recorded", sent_at__isnull=True),
                name="attempt_not_told",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["product_id", "number"], name="attempt_number"),
            models.UniqueConstraint(
                fields=["product_id"], condition=Q(ended_at__isnull=True), name="attempt_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, result="") | (Q(ended_at__isnull=False) & ~Q(result="")),
                name="attempt_ends_with_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(result="recorded") | Q(is_photo_approved=True), name="attempt_photo_approved"
            ),
        ]


class StatusHeard(models.Model):
    """One word of the national system; rows are added and, when the case is forgotten, deleted, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    product_id = models.UUIDField()
    owner_id = models.UUIDField()
    reference = models.CharField(max_length=24, default="", blank=True)
    raw = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10)
    source = models.CharField(max_length=8)
    said_on = models.DateField(null=True)
    actor_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["product_id", "at"], name="status_of_product")]
