"""People who sign in. Everything that identifies is encrypted; equality goes through blind indexes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from adminduk.foundation.ids import uuid7


class Account(models.Model):
    """One person. Matched: the register confirmed NIK, No. KK, name and birth date; else "belum dicocokkan".

    `identity` is {nik, no_kk, name, birth_date}; `regions` are those in which he has or begins an application.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.IntegerField()
    regions = ArrayField(models.IntegerField())
    is_matched = models.BooleanField()
    nik_index = models.BinaryField()
    kk_index = models.BinaryField()
    identity = models.BinaryField()
    channel = models.CharField(max_length=5)
    address = models.BinaryField()
    address_index = models.BinaryField()
    is_undeliverable = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="id")
    session_epoch = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    signed_in_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["region_id", "is_matched", "signed_in_at"], name="account_idle")]
        constraints = [
            models.UniqueConstraint(
                fields=["nik_index"], condition=models.Q(is_matched=True), name="account_one_per_person"
            ),
            models.UniqueConstraint(
                fields=["nik_index", "address_index"],
                condition=models.Q(is_matched=False),
                name="account_unmatched_by_address",
            ),
            models.CheckConstraint(condition=models.Q(channel__in=["email", "sms"]), name="account_channel"),
        ]


class AddressClaim(models.Model):
    """One address serves one family: who holds a copy of a KK cannot collect other families on his own address.

    An office may let it serve further families (a grandmother without a telephone): see AddressShare.
    """

    address_index = models.BinaryField(primary_key=True)
    kk_index = models.BinaryField()


class AddressShare(models.Model):
    """A further family that an office, having seen documents, lets an address serve."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address_index = models.BinaryField()
    kk_index = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_index", "kk_index"], name="share_once")]


class Challenge(models.Model):
    """A code that was sent and is waited for: to sign in, to consent for the family, to change the address.

    `content` holds what was typed, and the code, encrypted; it ends after five minutes or five tries.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=12)
    content = models.BinaryField()
    tries = models.SmallIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.BinaryField(null=True)  # which form used it: the same form sent twice gets the same answer

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(tries__range=(0, 5)), name="challenge_five_tries")]
