"""Who waits for a card, jobs of the printers, what was out of order."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Printer(models.Model):
    """A card printer of a site."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region_id", "site_id", "name"], name="printing_printer_once")]


class Item(models.Model):
    """A product that waits for its card. The row leaves when the card has passed, so that the table stays small.

    `job_id`: it is being printed. `stopped_reason`: an officer has to look first. `shortage_id`: the shortage of blank
    cards of which its owner has been told; `promised_on`: the day that he was told.
    """

    product_id = models.UUIDField(primary_key=True)
    region_id = models.IntegerField()
    application_id = models.UUIDField()
    owner_id = models.UUIDField()
    site_id = models.UUIDField()
    step_id = models.CharField(max_length=40)
    rank = models.SmallIntegerField()
    queued_at = models.DateTimeField()
    job_id = models.UUIDField(null=True)
    stopped_reason = models.CharField(max_length=40, default="")
    promised_on = models.DateField(null=True)
    shortage_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["region_id", "site_id", "rank", "queued_at", "product_id"],
                condition=models.Q(job_id__isnull=True, stopped_reason=""),
                name="print_line",
            ),
            models.Index(fields=["region_id", "application_id"], name="print_of_application"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(rank__in=[0, 1, 2]), name="printing_rank"),
            models.CheckConstraint(
                condition=models.Q(job_id__isnull=True) | models.Q(stopped_reason=""),
                name="printing_stopped_or_printed",
            ),
        ]


class MovedAhead(models.Model):
    """An exception from the order, with its coded reason; counted in public."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    product_id = models.UUIDField(unique=True)
    reason = models.CharField(max_length=40)
    day = models.DateField()
    at = models.DateTimeField()
    actor_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["region_id", "day"], name="moved_ahead_on")]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="printing_reason_coded")]


class Batch(models.Model):
    """Cards that somebody began to print together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    printer = models.ForeignKey(Printer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    actor_id = models.UUIDField()


class Job(models.Model):
    """One card on one printer. Its id is the printer's too: whatever is asked twice is printed once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    product_id = models.UUIDField()
    application_id = models.UUIDField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    site_id = models.UUIDField()
    printer = models.ForeignKey(Printer, on_delete=models.PROTECT, related_name="+")
    serial = models.BigIntegerField()
    state = models.CharField(max_length=10)
    is_sent = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, default="")
    checked_by = models.UUIDField(null=True)
    given_up_at = models.DateTimeField(null=True)  # its printer had been told and said nothing
    cancel_answer = models.CharField(max_length=10, default="")  # of that printer, when it was told to forget the job

    class Meta:
        indexes = [
            models.Index(
                fields=["region_id", "site_id", "asked_at"],
                condition=models.Q(state__in=["asked", "jammed", "printed"]),
                name="print_job_open",
            ),
            models.Index(fields=["region_id", "product_id"], name="print_job_of_product"),
            models.Index(
                fields=["region_id", "site_id"],
                condition=models.Q(given_up_at__isnull=False, cancel_answer=""),
                name="print_job_may_come",
            ),
        ]
        constraints = [
            # Nothing is printed twice: one card under way or good for each product, one product for each card.
            models.UniqueConstraint(
                fields=["product_id"],
                condition=models.Q(state__in=["asked", "jammed", "printed", "passed"]),
                name="printing_one_card",
            ),
            models.UniqueConstraint(
                fields=["region_id", "serial"],
                condition=~models.Q(state="cancelled"),
                name="printing_one_product",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["asked", "jammed", "printed", "passed", "spoiled", "cancelled", "replaced"]
                ),
                name="printing_job_state",
            ),
        ]


class Shortage(models.Model):
    """A site had no blank card while people waited. At most one at a time. `expected_on`: when more should come."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "site_id"], condition=models.Q(ended_at__isnull=True), name="printing_one_shortage"
            )
        ]


class Alarm(models.Model):
    """A print that was not as it should be; once for each card and kind."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    job_id = models.UUIDField()
    serial = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["region_id", "-at"], name="print_alarm_latest")]
        constraints = [models.UniqueConstraint(fields=["region_id", "kind", "job_id"], name="printing_alarm_once")]
