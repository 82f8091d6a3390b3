"""Staff, opening hours and closures of the joined regions."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from adminduk.foundation.ids import uuid7


class Officer(AbstractBaseUser):
    """A person of an office. `last_login`, `password` come from Django."""

    class Role(models.TextChoices):
        OFFICER = "officer", "verifikator"
        HEAD = "head", "kepala dinas"
        ADMIN = "admin", "admin daerah"
        OPERATOR = "operator", "operator loket"
        INSPECTOR = "inspector", "inspektorat"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    totp_secret = models.BinaryField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    kk_index = models.BinaryField(null=True)  # of his own family: he does not decide their cases
    invite_index = models.BinaryField(null=True, unique=True)
    invite_ends_at = models.DateTimeField(null=True)
    session_epoch = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    objects: models.Manager[Officer] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["region_id", "role"], name="officer_region_role")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["officer", "head", "admin", "operator", "inspector"]), name="officer_role"
            )
        ]


class OpeningInterval(models.Model):
    """The office is open on `weekday` (0 = Monday) from `opens` to `closes`, local time. A break parts two."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    weekday = models.SmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "weekday", "opens"], name="interval_once"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="interval_weekday"),
            models.CheckConstraint(condition=models.Q(opens__lt=models.F("closes")), name="interval_forward"),
        ]


class Closure(models.Model):
    """A day on which the office is closed, national or of the region; lifted: it works, whatever its file says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    day = models.DateField()
    reason = models.CharField(max_length=120)
    is_lifted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region_id", "day"], name="closure_once")]


class Incident(models.Model):
    """A banner that the head of office or the admin shows to everybody, for example while a server is down."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    text = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region_id", "ended_at"], name="incident_region_open")]


class Site(models.Model):
    """A place where the office serves people: the office itself, a counter in a kecamatan, a mall of public services.

    `code` is its name in the region's file, or made when the office adds it on its screen. Whatever has pointed to a
    site keeps doing so: it is closed, not deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    district_code = models.CharField(max_length=8, blank=True)  # kecamatan, dotted: 33.74.01
    is_main = models.BooleanField(default=False)
    records = models.BooleanField(default=True)  # biometrics are recorded here
    prints = models.BooleanField(default=False)
    hands_over = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "code"], name="site_code_once"),
            models.UniqueConstraint(
                fields=["region_id"], condition=models.Q(is_main=True, is_active=True), name="site_one_main"
            ),
        ]
