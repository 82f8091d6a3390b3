"""Draws as people see them: whether one decides, what somebody has wished, and what is published of each round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from adminduk.catalogue.region_schema import Region
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel import lot
from adminduk.kernel.actor import NOBODY, Actor, ActorKind
from adminduk.modules.draws import queries as rounds
from adminduk.modules.draws.types import DrawRound, EnteredWish
from adminduk.modules.offices import queries as offices
from adminduk.modules.offices.types import ServiceSite


@dataclass(frozen=True, slots=True)
class Chance:
    """What decides now for somebody who needs a time, and what he has wished. `ahead`: how many wait before him."""

    round: DrawRound
    wish: EnteredWish | None
    ahead: int
    sites: tuple[ServiceSite, ...]


def find_chance(actor: Actor, application_id: UUID, *, region_id: int, kind: str) -> Chance | None:
    """None where people choose their times themselves."""
    with acting_as(actor):
        deciding = rounds.find_round(region_id, kind=kind)
        if deciding is None:
            return None
        wish = rounds.find_wish(application_id, region_id=region_id, round_id=deciding.id)
        if wish is not None and wish.state == "given":
            wish = None  # it came true; whoever asks again has to enter anew
        waits = wish is not None and wish.state == "waiting"
        return Chance(
            deciding,
            wish,
            rounds.count_ahead(wish) if wish and waits else 0,
            tuple(site for site in offices.list_sites(region_id) if site.records),
        )


def is_deciding(region: Region, *, kind: str) -> bool:
    """Whether times are drawn at the moment."""
    with acting_as(_anybody(region)):
        return rounds.find_round(region.code.number, kind=kind) is not None


def list_rounds(region: Region) -> tuple[DrawRound, ...]:
    """The last rounds of a region, for everybody."""
    with acting_as(_anybody(region)):
        return rounds.list_rounds(region.code.number)


def get_round(region: Region, round_id: UUID) -> DrawRound:
    """One round, for everybody. Raises NotFound."""
    with acting_as(_anybody(region)):
        return rounds.get_round(round_id, region_id=region.code.number)


def published(region: Region, round_: DrawRound) -> dict[str, Any]:
    """All that is published of a round, as the file that `draw_again` reads; the order only once it is drawn."""
    with acting_as(Actor(kind=ActorKind.SYSTEM, id=NOBODY, regions=(region.code.number,))):
        entries = rounds.list_entries(round_.id, region_id=round_.region_id)
    listed = [lot.Entry(*one) for one in entries]
    told: dict[str, Any] = {
        "round": str(round_.id),
        "region": region.code.text,
        "commitment": round_.commitment,
        "list_hash": round_.list_hash,
        "secret": round_.secret,
        "entries": [{"entry": entry.id, "need": entry.need} for entry in sorted(listed)],
    }
    if round_.secret:
        seed = lot.seed_of(bytes.fromhex(round_.secret), round_.list_hash)
        told["order"] = [entry.id for entry in lot.draw(listed, seed=seed)]
    return told


def _anybody(region: Region) -> Actor:
    return Actor(kind=ActorKind.ANONYMOUS, id=NOBODY, regions=(region.code.number,))
