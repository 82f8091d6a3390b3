"""Blank cards come, go to other places, are spoiled, counted and destroyed: each act an entry of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID

from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.audit import actions as audit
from adminduk.modules.blanks import actions as blanks
from adminduk.modules.blanks.types import Because, Cards
from adminduk.modules.offices import queries as offices
from adminduk.modules.printing import actions as printing
from adminduk.usecases.print_jobs import signed_by

METHODS: Final = ("cut", "burnt")
SPOILED_IN_STOCK: Final = ("wet", "bent", "misprint", "other")
LOST: Final = ("not_found", "stolen", "not_arrived")


def _keep(actor: Actor, act: str, site_id: UUID, write: Callable[[int], None], *, key: str, at: datetime) -> None:
    """One act at a place of the actor's region, with its line in the audit trail. Raises NotFound."""

    def work() -> str:
        (region_id,) = actor.regions
        offices.get_site(site_id, region_id=region_id)
        write(region_id)
        audit.record(act, actor=actor, at=at, region_id=region_id, about=("site", site_id))
        return ""

    once(actor, key, work)


def deliver(actor: Actor, cards: Cards, *, site_id: UUID, document: str, key: str, at: datetime) -> None:
    """New cards have come from the centre. Raises NotFound; DomainError as blanks.actions does."""
    signed = signed_by(actor, at=at)

    def write(region_id: int) -> None:
        blanks.deliver(cards, region_id=region_id, site_id=site_id, document=document.strip(), signed=signed)
        printing.end_shortage(region_id, site_id=site_id, at=at)

    _keep(actor, "stock.deliver", site_id, write, key=key, at=at)


def send(actor: Actor, cards: Cards, *, site_id: UUID, to_site_id: UUID, key: str, at: datetime) -> None:
    """Cards leave for another place of the region."""
    signed = signed_by(actor, at=at)

    def write(region_id: int) -> None:
        offices.get_site(to_site_id, region_id=region_id)
        blanks.send(cards, region_id=region_id, site_id=site_id, to_site_id=to_site_id, signed=signed)

    _keep(actor, "stock.send", site_id, write, key=key, at=at)


def receive(actor: Actor, cards: Cards, *, site_id: UUID, key: str, at: datetime) -> None:
    """Cards of another place have arrived."""
    signed = signed_by(actor, at=at)

    def write(region_id: int) -> None:
        blanks.receive(cards, region_id=region_id, site_id=site_id, signed=signed)
        printing.end_shortage(region_id, site_id=site_id, at=at)

    _keep(actor, "stock.receive", site_id, write, key=key, at=at)


def spoil(actor: Actor, cards: Cards, *, site_id: UUID, because: Because, key: str, at: datetime) -> None:
    """Cards of the stock cannot be used. A second person confirms it when he destroys them."""
    if because.reason not in SPOILED_IN_STOCK:
        raise DomainError("reason_missing")
    signed = signed_by(actor, at=at)
    _keep(
        actor,
        "stock.spoil",
        site_id,
        lambda region_id: blanks.spoil(cards, region_id=region_id, site_id=site_id, because=because, signed=signed),
        key=key,
        at=at,
    )


def lose(actor: Actor, cards: Cards, *, site_id: UUID, because: Because, key: str, at: datetime) -> None:
    """Cards are not where the ledger has them."""
    if because.reason not in LOST:
        raise DomainError("reason_missing")
    signed = signed_by(actor, at=at)
    _keep(
        actor,
        "stock.lose",
        site_id,
        lambda region_id: blanks.miss(cards, region_id=region_id, site_id=site_id, because=because, signed=signed),
        key=key,
        at=at,
    )


def find(actor: Actor, cards: Cards, *, site_id: UUID, key: str, at: datetime) -> None:
    """Missing cards have turned up."""
    signed = signed_by(actor, at=at)
    _keep(
        actor,
        "stock.find",
        site_id,
        lambda region_id: blanks.find(cards, region_id=region_id, site_id=site_id, signed=signed),
        key=key,
        at=at,
    )


def count(actor: Actor, counted: int, *, site_id: UUID, words: str, key: str, at: datetime) -> None:
    """Somebody has counted the stock. A difference needs words and is shown to the head until a count agrees."""
    signed = signed_by(actor, at=at)
    _keep(
        actor,
        "stock.count",
        site_id,
        lambda region_id: blanks.count(counted, region_id=region_id, site_id=site_id, words=words, signed=signed),
        key=key,
        at=at,
    )


def destroy(
    actor: Actor, chosen: tuple[Collection[int], Collection[UUID]], *, site_id: UUID, number: str, method: str,
    key: str, at: datetime,
) -> None:  # fmt: skip
    """The second person destroys spoiled blank cards and old cards, `chosen`, with minutes for each of the two.

    Raises DomainError: nothing_chosen, two_people, minutes_known, minutes_number_missing.
    """
    serials, old_cards = chosen
    if not serials and not old_cards:
        raise DomainError("nothing_chosen")
    if method not in METHODS:
        raise DomainError("minutes_number_missing")
    signed = signed_by(actor, at=at)

    def write(region_id: int) -> None:
        name = number.strip()[:50]
        if serials:
            blanks.destroy(serials, region_id=region_id, site_id=site_id, number=name, method=method, signed=signed)
        if old_cards:
            second = f"{name} KTP lama" if serials and name else name
            blanks.destroy_old_cards(
                old_cards, region_id=region_id, site_id=site_id, number=second, method=method, signed=signed
            )

    _keep(actor, "stock.destroy", site_id, write, key=key, at=at)


def expect_delivery(actor: Actor, *, site_id: UUID, on: date | None, key: str, at: datetime) -> None:
    """When more cards should come, while there are none: promises go by it. Raises DomainError."""
    _keep(
        actor,
        "stock.expect",
        site_id,
        lambda region_id: printing.expect_delivery(region_id, site_id=site_id, on=on),
        key=key,
        at=at,
    )
