"""Applications and what happens to them. Answers, facts and words are encrypted whole."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7
from adminduk.modules.applications.states import FINISHED, Kept, State


class Application(models.Model):
    """One permohonan.

    `subject` is the person it is about: {nik, no_kk, name, birth_date}; `facts` what the register said about
    him when the case began; `remaining_minutes` holds the stopped clock while it is the citizen's turn.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    number = models.CharField(max_length=24, unique=True)
    service_id = models.CharField(max_length=60)
    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    is_matched = models.BooleanField()
    needs_consent = models.BooleanField(default=False)
    subject_index = models.BinaryField()
    kk_index = models.BinaryField()
    subject = models.BinaryField()
    answers = models.BinaryField()
    facts = models.BinaryField(null=True)
    status_index = models.BinaryField(unique=True)
    round = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    remaining_minutes = models.IntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    settles_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)  # unanswered drafts and corrections end then
    reason = models.CharField(max_length=60, blank=True)
    reminded_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Kept], default=Kept.WHOLE)

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "owner_id", "-created_at"], name="application_of_owner"),
            models.Index(
                fields=["region_id", "due_at"],
                condition=models.Q(state="submitted"),
                name="application_due",
            ),
            models.Index(
                fields=["region_id", "ends_at"],
                condition=models.Q(ends_at__isnull=False),
                name="application_ending",
            ),
            models.Index(
                fields=["region_id", "subject_index"],
                condition=models.Q(state="submitted", is_matched=False),
                name="application_unmatched",
            ),
            models.Index(
                fields=["region_id", "kept", "changed_at"],
                condition=models.Q(state__in=FINISHED) & ~models.Q(kept="frame"),
                name="application_retention",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "owner_id", "service_id", "subject_index"],
                condition=models.Q(state="draft"),
                name="application_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(submitted_at__isnull=False)
                | models.Q(state__in=["withdrawn", "closed"]),
                name="application_submitted_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="correction") | models.Q(remaining_minutes__isnull=False),
                name="application_clock_stopped",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "refused"]) | models.Q(decided_by__isnull=False),
                name="application_decided_by",
            ),
        ]


class Claim(models.Model):
    """The one open application of a person for a service, across all regions; small and never partitioned."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service_id = models.CharField(max_length=60)
    subject_index = models.BinaryField()
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    region_id = models.IntegerField()
    owner_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service_id", "subject_index"], name="claim_one_open_per_person")
        ]


class Event(models.Model):
    """What happened, append-only. `words` (to the citizen, or an internal note) are encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField()
    reason = models.CharField(max_length=60, blank=True)
    words = models.BinaryField(null=True)
    is_internal = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["application", "at"], name="event_of_application")]


class Correction(models.Model):
    """One item that the citizen is asked to mend: a question or a document, with a coded reason and words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    round = models.SmallIntegerField()
    kind = models.CharField(max_length=8)  # question | document
    item = models.CharField(max_length=60)
    reason = models.CharField(max_length=60)
    words = models.BinaryField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "round", "kind", "item"], name="correction_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["question", "document"]), name="correction_kind"),
        ]
