"""Open rounds, take wishes, close, draw, give."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import BinaryField, Max
from django.db.models.functions import Cast

from adminduk.foundation import crypto
from adminduk.foundation.ids import uuid7
from adminduk.kernel import lot
from adminduk.kernel.actor import NOBODY
from adminduk.kernel.errors import DomainError
from adminduk.modules.draws.models import Round, Wish
from adminduk.modules.draws.queries import secret_context
from adminduk.modules.draws.types import DrawRound, EnteredWish, Part


def open_round(
    region_id: int, *, kind: str, scarcity: tuple[int, int], closes_at: datetime, pause: timedelta, at: datetime
) -> UUID | None:
    """Commit to a secret and take wishes until `closes_at`; drawn `pause` after the list has been published.

    `scarcity`: (free places, people who ask). None when a round decides already.
    """
    round_id, secret = uuid7(), secrets.token_bytes(32)
    try:
        with transaction.atomic():
            Round(
                id=round_id,
                region_id=region_id,
                kind=kind,
                commitment=lot.commitment(secret),
                sealed_secret=crypto.encrypt(secret, context=secret_context(round_id, region_id)),
                free_at_opening=scarcity[0],
                asking_at_opening=scarcity[1],
                opened_at=at,
                closes_at=closes_at,
                draws_at=closes_at + pause,
            ).save(force_insert=True)
    except IntegrityError:
        return None
    return round_id


def enter(
    round_: DrawRound, *, owner_id: UUID, application_id: UUID, subject_index: bytes, need: int,
    site_ids: Sequence[UUID], part: Part, at: datetime,
) -> None:  # fmt: skip
    """Enter a wish, or change what it asks for. After the draw it goes to the end of those who wait.

    Whoever was given a place and could not keep it, or has left after the draw, enters anew: what was drawn stands.
    Must act as the system, which sees the end. Raises DomainError("draw_closed") between closing and draw.
    """
    if round_.state not in ("open", "drawn"):
        raise DomainError("draw_closed")
    given = {"site_ids": [str(site) for site in site_ids], "part": str(part), "changed_at": at}
    mine = Wish.objects.filter(region_id=round_.region_id, round_id=round_.id, subject_index=subject_index)
    if mine.filter(state__in=["entered", "waiting"]).update(**given):
        return
    mine.filter(state="left", turn__isnull=True).delete()
    waits = round_.state == "drawn"
    Wish(
        region_id=round_.region_id,
        owner_id=owner_id,
        round_id=round_.id,
        application_id=application_id,
        subject_index=subject_index,
        entry=secrets.token_hex(8),
        need=need,
        state="waiting" if waits else "entered",
        turn=_last_turn(round_) + 1 if waits else None,
        made_at=at,
        **given,
    ).save(force_insert=True)


def _last_turn(round_: DrawRound) -> int:
    Round.objects.select_for_update().get(id=round_.id, region_id=round_.region_id)
    rows = Wish.objects.filter(region_id=round_.region_id, round_id=round_.id)
    return int(rows.aggregate(last=Max("turn"))["last"] or 0)


def leave(application_id: UUID, *, region_id: int, at: datetime) -> None:
    """Take back what an application has entered and not been given. Twice is harmless."""
    rows = Wish.objects.filter(region_id=region_id, application_id=application_id, state__in=["entered", "waiting"])
    rows.update(state="left", changed_at=at)


def freeze(round_: DrawRound, *, at: datetime) -> str:
    """Close the list and publish its hash, which is returned."""
    rows = Wish.objects.filter(region_id=round_.region_id, round_id=round_.id, state="entered")
    rows.update(is_listed=True)
    listed = lot.list_hash(lot.Entry(entry, need) for entry, need in rows.values_list("entry", "need"))
    Round.objects.filter(id=round_.id, region_id=round_.region_id, state="open").update(
        state="frozen", list_hash=listed
    )
    return listed


def settle(round_: DrawRound, *, secret: bytes, order: Sequence[lot.Entry], at: datetime) -> None:
    """Tell the secret and write everybody's turn; whoever left since the list was closed keeps his turn, unused.

    Whoever takes his wish back at the same moment has left before it or after it, never in between.
    """
    turns = {entry.id: turn for turn, entry in enumerate(order, start=1)}
    every = Wish.objects.select_for_update().filter(region_id=round_.region_id, round_id=round_.id)
    rows = list(every.order_by("id"))
    for row in rows:
        row.turn = turns.get(row.entry)
        row.state = "waiting" if row.state == "entered" else row.state
        row.changed_at = at
    Wish.objects.bulk_update(rows, ["turn", "state", "changed_at"])
    Round.objects.filter(id=round_.id, region_id=round_.region_id, state="frozen").update(
        state="drawn", secret=secret.hex(), drawn_at=at
    )


def give(wish: EnteredWish, *, at: datetime) -> None:
    """The wish has come true."""
    Wish.objects.filter(id=wish.id, region_id=wish.region_id, state="waiting").update(state="given", changed_at=at)


def end_round(round_: DrawRound, *, at: datetime) -> None:
    """Nobody waits: people choose their times themselves again."""
    Round.objects.filter(id=round_.id, region_id=round_.region_id, state="drawn").update(state="ended", ended_at=at)


def forget_people(region_id: int, *, before: datetime) -> int:
    """Whose wishes they were in rounds that ended before: gone. What was published stays. Returns how many."""
    rows = Wish.objects.filter(region_id=region_id, round__state="ended", round__ended_at__lt=before)
    ids = list(rows.exclude(owner_id=NOBODY).values_list("id", flat=True))
    nothing = {"owner_id": NOBODY, "application_id": NOBODY, "site_ids": [], "part": str(Part.ANY)}
    by_entry = Cast("entry", BinaryField())
    return Wish.objects.filter(region_id=region_id, id__in=ids).update(**nothing, subject_index=by_entry)
