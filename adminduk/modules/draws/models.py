"""Rounds in which scarce places are drawn, and who has entered them."""

from __future__ import annotations

from django.db import models

from adminduk.foundation.ids import uuid7


class Round(models.Model):
    """One draw for one kind of business in a region.

    open: wishes are taken, the secret is only committed to · frozen: the list is published · drawn: the secret is told,
    places are given, who got none waits · ended: nobody waits any more, people choose their times themselves again.
    """

    class State(models.TextChoices):
        OPEN = "open", "dibuka"
        FROZEN = "frozen", "daftar ditutup"
        DRAWN = "drawn", "sudah diundi"
        ENDED = "ended", "selesai"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    commitment = models.CharField(max_length=64)
    sealed_secret = models.BinaryField()
    list_hash = models.CharField(max_length=64, blank=True)
    secret = models.CharField(max_length=64, blank=True)  # hexadecimal, told with the draw
    free_at_opening = models.IntegerField()
    asking_at_opening = models.IntegerField()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    draws_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "kind"], condition=~models.Q(state="ended"), name="draw_one_round"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", list_hash="", secret="")
                | models.Q(state="frozen", secret="") & ~models.Q(list_hash="")
                | models.Q(state__in=["drawn", "ended"]),
                name="draw_told_in_order",
            ),
        ]


class Wish(models.Model):
    """Somebody who wants a place. `entry` is his word on the published list; `turn` his place in the drawn order.

    After the draw a wish waits until it is given a place or taken back.
    """

    class State(models.TextChoices):
        ENTERED = "entered", "terdaftar"
        WAITING = "waiting", "menunggu"
        GIVEN = "given", "mendapat tempat"
        LEFT = "left", "mundur"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    owner_id = models.UUIDField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    application_id = models.UUIDField()
    subject_index = models.BinaryField()
    entry = models.CharField(max_length=16)
    need = models.SmallIntegerField()
    site_ids = models.JSONField()  # places that will do
    part = models.CharField(max_length=9)  # morning, afternoon, any
    state = models.CharField(max_length=8, choices=State.choices, default=State.ENTERED)
    is_listed = models.BooleanField(default=False)  # on the list that was closed, whatever has become of it since
    turn = models.IntegerField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["region_id", "round", "turn"], condition=models.Q(state="waiting"), name="wish_waiting_in_turn"
            ),
            models.Index(fields=["region_id", "application_id"], name="wish_of_application"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "subject_index"],
                condition=models.Q(state__in=["entered", "waiting"]),
                name="wish_one_asks",
            ),
            models.UniqueConstraint(fields=["round", "entry"], name="wish_entry_once"),
            models.UniqueConstraint(fields=["round", "turn"], name="wish_turn_once"),
        ]
