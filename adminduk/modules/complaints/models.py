"""Reports and what the inspectorate did about them. Row-level security shows them to no staff of an office.

Nothing points to an account: who signs in and reports is not more known than who does not.
"""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7
from adminduk.modules.complaints.types import Kind


class Report(models.Model):
    """One report. `content` is sealed whole: what happened, where, when, how to reach the reporter if he says so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    number_index = models.BinaryField(unique=True)  # the number itself lies nowhere: only the reporter has it
    content = models.BinaryField()
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["region_id", "received_at"], condition=models.Q(closed_at__isnull=True), name="report_open"
            ),
            models.Index(
                fields=["region_id", "closed_at"], condition=models.Q(closed_at__isnull=False), name="report_closed"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="report_closed_with_outcome",
            )
        ]


class Step(models.Model):
    """A note among inspectors, or an answer that the reporter reads with his number. Sealed, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    region_id = models.IntegerField()
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in Kind])
    inspector_id = models.UUIDField()
    words = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "at"], name="step_of_report")]
