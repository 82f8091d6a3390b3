"""Append-only entries, their chain per region, and signed checkpoints."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Entry(models.Model):
    """One act or one look at personal data. `subject_index`, a blind index, finds the person but does not name him."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField()
    act = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    subject_index = models.BinaryField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "subject_index", "-at"], name="entry_about_person"),
            models.Index(fields=["region_id", "object_id"], name="entry_about_object"),
        ]


class Pending(models.Model):
    """An entry that the sequencer has not chained yet; the row leaves when it has."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    region_id = models.IntegerField(db_index=True)


class Link(models.Model):
    """The dense number and hash that the sequencer gives an entry: hash = SHA-256(previous hash | entry's text)."""

    id = models.BigAutoField(primary_key=True)
    region_id = models.IntegerField()
    number = models.BigIntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    leaf = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "number"], name="link_dense"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="link_from_one"),
        ]
