"""Documents of an application and their pages. The pictures lie in the storage, encrypted; here are their names.

Verdicts and measures are JSON texts (`papers_as_json`) that say nothing about anybody; what was read is sealed.
"""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7
from adminduk.modules.documents.types import ReadingState, Said


class Page(models.Model):
    """One rewritten page of the document that answers `requirement`. `kind` is the chosen alternative.

    `verdict` is that of the cheap look at upload, `read_verdict` that of the reading. `attempt` counts from 1 the
    pictures that were refused for this document before. `was_refused`: the same picture came before. `origin`: sealed.
    `tallied_at`: a decision has counted the page.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application_id = models.UUIDField()
    requirement = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    position = models.SmallIntegerField()
    object_key = models.CharField(max_length=80, unique=True)
    preview_key = models.CharField(max_length=80, unique=True)
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField()
    content_index = models.BinaryField()
    measures = models.TextField(null=True)
    verdict = models.TextField(null=True)
    attempt = models.SmallIntegerField(db_default=1)
    was_refused = models.BooleanField(db_default=False)
    sent_as_is_at = models.DateTimeField(null=True)
    reading = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ReadingState], db_default="none")
    read_verdict = models.TextField(null=True)
    read_at = models.DateTimeField(null=True)
    origin = models.BinaryField(null=True)
    tallied_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["application_id", "requirement", "position"], name="page_of_application"),
            models.Index(fields=["region_id"], condition=models.Q(removed_at__isnull=False), name="page_removed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application_id", "requirement", "position"],
                condition=models.Q(removed_at__isnull=True),
                name="page_position_once",
            ),
            models.UniqueConstraint(
                fields=["application_id", "requirement", "content_index"],
                condition=models.Q(removed_at__isnull=True),
                name="page_content_once",
            ),
            models.CheckConstraint(condition=models.Q(position__range=(1, 30)), name="page_position"),
        ]


class Reading(models.Model):
    """What stands on a page: fields, members of a family, numbers, lines with their places. Sealed whole."""

    page = models.OneToOneField(Page, on_delete=models.PROTECT, related_name="+", primary_key=True)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application_id = models.UUIDField()
    sealed = models.BinaryField()
    read_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["application_id"], name="reading_of_application")]


class Refusal(models.Model):
    """A picture that would not do and was taken away: known again by its blind index. Its reasons are no data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    application_id = models.UUIDField()
    requirement = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    content_index = models.BinaryField()
    verdict = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application_id", "requirement", "kind", "content_index"], name="refusal_once"
            )
        ]


class OfficerWord(models.Model):
    """What an officer says against the machine about a page: `subject` "" is the picture, else a read value.

    `value`: the right value, sealed. `is_implied`: follows from a correction that he asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+", db_index=False)
    region_id = models.IntegerField()
    application_id = models.UUIDField()
    subject = models.CharField(max_length=80, blank=True)
    said = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Said])
    value = models.BinaryField(null=True)
    is_implied = models.BooleanField(default=False)
    officer_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["application_id"], name="word_of_application")]
        constraints = [models.UniqueConstraint(fields=["page", "subject"], name="word_once")]


class Tally(models.Model):
    """How often the machine was right, by day: counters without anybody's data.

    `subject`: "" counts pictures (`cause`: why refused, "" for accepted ones), else read values of that name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    cause = models.CharField(max_length=32, blank=True)
    seen = models.IntegerField()
    wrong = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "day", "kind", "subject", "cause"], name="tally_once")
        ]
