"""Read rounds and wishes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_one
from adminduk.kernel.errors import NotFound
from adminduk.modules.draws.models import Round, Wish
from adminduk.modules.draws.types import DrawRound, EnteredWish, Part


def secret_context(round_id: UUID, region_id: int) -> str:
    """The place that a secret is bound to."""
    return f"draws_round|sealed_secret|{round_id}|{region_id}"


def _round(row: Round) -> DrawRound:
    return DrawRound(
        row.id, row.region_id, row.kind, row.state, row.commitment, row.list_hash, row.secret, row.free_at_opening,
        row.asking_at_opening, row.opened_at, row.closes_at, row.draws_at, row.drawn_at, row.ended_at,
    )  # fmt: skip


def _wish(row: Wish) -> EnteredWish:
    return EnteredWish(
        row.id, row.region_id, row.owner_id, row.round_id, row.application_id, bytes(row.subject_index), row.entry,
        row.need, tuple(UUID(word) for word in row.site_ids), Part(row.part), row.state, row.turn, row.made_at,
    )  # fmt: skip


def find_round(region_id: int, *, kind: str, lock: bool = False) -> DrawRound | None:
    """The round that decides now who gets a place, None where people choose themselves."""
    rows = Round.objects.select_for_update() if lock else Round.objects
    row = rows.filter(region_id=region_id, kind=kind).exclude(state="ended").first()
    return _round(row) if row else None


def find_last(region_id: int, *, kind: str) -> DrawRound | None:
    """The newest round, whatever has become of it; None before the first."""
    row = Round.objects.filter(region_id=region_id, kind=kind).order_by("-opened_at").first()
    return _round(row) if row else None


def get_round(round_id: UUID, *, region_id: int) -> DrawRound:
    """One round, also one that has ended. Raises NotFound."""
    row = Round.objects.filter(id=round_id, region_id=region_id).first()
    if row is None:
        raise NotFound("draw")
    return _round(row)


def list_rounds(region_id: int, *, most: int = 20) -> tuple[DrawRound, ...]:
    """The last rounds of a region, newest first."""
    return tuple(_round(row) for row in Round.objects.filter(region_id=region_id).order_by("-opened_at")[:most])


def list_due_rounds(region_id: int, *, now: datetime) -> tuple[DrawRound, ...]:
    """Rounds whose list is to be closed, or that are to be drawn."""
    rows = Round.objects.filter(region_id=region_id, state__in=["open", "frozen"], closes_at__lte=now)
    return tuple(_round(row) for row in rows.order_by("opened_at"))


def secret_of(round_id: UUID, *, region_id: int) -> bytes:
    """The office's secret, for the draw itself."""
    sealed = Round.objects.values_list("sealed_secret", flat=True).get(id=round_id, region_id=region_id)
    return crypto.decrypt(bytes(sealed), context=secret_context(round_id, region_id))


def find_wish(application_id: UUID, *, region_id: int, round_id: UUID) -> EnteredWish | None:
    """What an application has entered in a round last, None when nothing or taken back."""
    rows = Wish.objects.filter(region_id=region_id, round_id=round_id, application_id=application_id)
    row = rows.exclude(state="left").order_by("made_at", "id").last()
    return _wish(row) if row else None


def has_open_wish(subject_index: bytes, *, region_id: int, round_id: UUID) -> bool:
    """Whether a person takes part in a round, for whichever application, and has been given no time."""
    rows = Wish.objects.filter(region_id=region_id, round_id=round_id, subject_index=subject_index)
    return rows.exclude(state__in=["left", "given"]).exists()


def list_of_application(application_id: UUID, *, region_id: int) -> tuple[EnteredWish, ...]:
    """All that an application has entered, oldest first."""
    rows = Wish.objects.filter(region_id=region_id, application_id=application_id)
    return tuple(_wish(row) for row in rows.order_by("made_at", "id"))


def list_entered(application_ids: Collection[UUID], *, region_id: int) -> frozenset[UUID]:
    """Which of these have ever entered a round, as far as it is still known."""
    rows = Wish.objects.filter(region_id=region_id, application_id__in=list(application_ids))
    return frozenset(rows.values_list("application_id", flat=True))


def list_wishes(round_id: UUID, *, region_id: int, state: str, lock: bool = False) -> tuple[EnteredWish, ...]:
    """Wishes of a round in this state, in their drawn order (before the draw: as they were made).

    `lock` holds them to the end of the transaction: nobody takes his back meanwhile.
    """
    wishes = Wish.objects.select_for_update() if lock else Wish.objects
    rows = wishes.filter(region_id=region_id, round_id=round_id, state=state)
    return tuple(_wish(row) for row in rows.order_by("turn", "made_at", "id"))


def list_entries(round_id: UUID, *, region_id: int) -> tuple[tuple[str, int], ...]:
    """(entry, need) of all who were on the list when it was closed: what can be drawn again."""
    rows = Wish.objects.filter(region_id=region_id, round_id=round_id, is_listed=True)
    return tuple(rows.order_by("entry").values_list("entry", "need"))


def count_ahead(wish: EnteredWish) -> int:
    """How many wait before this wish: counted by a narrow function, whoever asks."""
    row = fetch_one("SELECT sec.wishes_ahead(%s, %s)", [wish.round_id, wish.turn or 0])
    return int(row[0]) if row else 0
