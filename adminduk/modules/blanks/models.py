"""The ledger: entries that are only ever added, and what the database makes of them.

`Card`, `Balance` and `Day` are written by the trigger of `Entry` alone (migrations/0003_ledger.py): the portal's role
may only read them.
"""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Entry(models.Model):
    """One movement of the cards first…last, or a count. The trigger fills in `quantity`, `origin…` and `expected`.

    `site_id` is where the cards are afterwards (for sent: whence they leave; `to_site_id`: whither).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    quantity = models.IntegerField(default=0)
    origin = models.CharField(max_length=10, default="")
    origin_site_id = models.UUIDField(null=True)
    target = models.CharField(max_length=10, default="")
    to_site_id = models.UUIDField(null=True)
    printer_id = models.UUIDField(null=True)
    job_id = models.UUIDField(null=True)
    minutes_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=40, default="")
    words = models.CharField(max_length=200, default="")
    document = models.CharField(max_length=60, default="")
    counted = models.IntegerField(null=True)
    expected = models.IntegerField(null=True)
    day = models.DateField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "site_id", "-at"], name="entry_of_site"),
            models.Index(fields=["region_id", "day", "kind"], name="entry_of_day"),
            models.Index(fields=["job_id"], condition=models.Q(job_id__isnull=False), name="entry_of_job"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="counted", counted__gte=0, first__isnull=True)
                | models.Q(first__gte=1, last__gte=models.F("first"), counted__isnull=True) & ~models.Q(kind="counted"),
                name="blanks_entry_shape",
            ),
            # A difference between what was counted and what the ledger says must be explained.
            models.CheckConstraint(
                condition=models.Q(counted__isnull=True) | models.Q(counted=models.F("expected")) | ~models.Q(words=""),
                name="blanks_difference_explained",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["spoiled", "missing"]) | ~models.Q(reason=""), name="blanks_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="destroyed") | models.Q(minutes_id__isnull=False), name="blanks_minutes_named"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="delivered") | ~models.Q(document=""), name="blanks_delivery_note"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["loaded", "printed"])
                | models.Q(job_id__isnull=False, printer_id__isnull=False),
                name="blanks_job_named",
            ),
            # A card in a printer or out of it is spoiled by who ends its job: else the job would wait for it for ever,
            # and a good card could be written off.
            models.CheckConstraint(
                condition=~models.Q(kind="spoiled") | models.Q(job_id__isnull=False) | models.Q(origin="stock"),
                name="blanks_spoiled_with_its_job",
            ),
            # One job prints one card, whatever happens to processes and lines.
            models.UniqueConstraint(
                fields=["region_id", "job_id"], condition=models.Q(kind="loaded"), name="blanks_loaded_once"
            ),
            models.UniqueConstraint(
                fields=["region_id", "job_id"], condition=models.Q(kind="printed"), name="blanks_printed_once"
            ),
        ]


class Card(models.Model):
    """Where one blank card is now."""

    region_id = models.IntegerField()
    serial = models.BigIntegerField()
    site_id = models.UUIDField()
    place = models.CharField(max_length=10)
    to_site_id = models.UUIDField(null=True)
    entry_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["region_id", "site_id", "place", "serial"], name="card_of_site")]
        constraints = [models.UniqueConstraint(fields=["region_id", "serial"], name="blanks_serial_once")]


class Balance(models.Model):
    """How many cards of a site are where. Its row is the lock under which all entries of the site are written."""

    region_id = models.IntegerField()
    site_id = models.UUIDField()
    stock = models.IntegerField(default=0)
    moving = models.IntegerField(default=0)
    printer = models.IntegerField(default=0)
    printed = models.IntegerField(default=0)
    spoiled = models.IntegerField(default=0)
    destroyed = models.IntegerField(default=0)
    missing = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "site_id"], name="blanks_balance_once"),
            models.CheckConstraint(
                condition=models.Q(
                    stock__gte=0, moving__gte=0, printer__gte=0, printed__gte=0, spoiled__gte=0, destroyed__gte=0,
                    missing__gte=0,
                ),
                name="blanks_never_below_zero",
            ),
        ]  # fmt: skip


class Day(models.Model):
    """The entries of a day added up by site, printer (or none), kind and origin: for the board and reconciliation."""

    region_id = models.IntegerField()
    site_id = models.UUIDField()
    printer_id = models.UUIDField()  # all zeros: no printer
    day = models.DateField()
    kind = models.CharField(max_length=10)
    origin = models.CharField(max_length=10)
    quantity = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "site_id", "day", "printer_id", "kind", "origin"], name="blanks_day_once"
            )
        ]


class Minutes(models.Model):
    """Minutes of a destruction, by the second person; those who reported the cards stand in the entries."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    number = models.CharField(max_length=60)
    what = models.CharField(max_length=10)
    method = models.CharField(max_length=10)
    quantity = models.IntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    actor_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "number"], name="blanks_minutes_once"),
            models.CheckConstraint(
                condition=models.Q(what__in=["blank", "old_card"], method__in=["cut", "burnt"], quantity__gte=1)
                & ~models.Q(number=""),
                name="blanks_minutes_shape",
            ),
        ]


class OldCard(models.Model):
    """An old card that somebody handed in; it is never used again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    site_id = models.UUIDField()
    application_id = models.UUIDField()
    day = models.DateField()
    at = models.DateTimeField()
    actor_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application_id"], name="blanks_old_card_once")]
        indexes = [models.Index(fields=["region_id", "site_id"], name="old_card_of_site")]


class OldCardEnd(models.Model):
    """The destruction of an old card, by another person than the one who took it in (trigger)."""

    old_card = models.OneToOneField(OldCard, primary_key=True, on_delete=models.PROTECT, related_name="+")
    region_id = models.IntegerField()
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="+")
    actor_id = models.UUIDField()
