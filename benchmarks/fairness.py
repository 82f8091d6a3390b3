"""`./run bench --fairness`: what share of scarce places scripted accounts get, first come first served and by our draw.

A model of people, not a measurement of them: its assumptions stand in `Crowd` and are printed with the table. The draw
is the product's own (adminduk/kernel/lot.py).
"""

from __future__ import annotations

import hashlib
import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from adminduk.kernel import lot

FILE = Path(__file__).resolve().parents[1] / "docs" / "fairness.md"
ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who wants a place. Seconds after the places appear until somebody presses the button."""

    people: int = 1_000
    scripted: int = 50
    places: int = 100
    returned: int = 20  # places that are given back later, one after the other
    script_seconds: tuple[float, float] = (0.2, 2.0)  # uniform
    person_minutes: float = 30.0  # half of the people have looked by then (log-normal, sigma 1)
    script_looks_every: float = 5.0  # seconds, for a place that was given back
    person_looks_every: float = 6 * 3600.0


CROWD = Crowd()


def _names(crowd: Crowd) -> list[str]:
    return [f"s{number:05x}" for number in range(crowd.scripted)] + [f"p{number:05x}" for number in range(crowd.people)]


def first_come(crowd: Crowd, chance: random.Random) -> tuple[int, int]:
    """Places of scripted accounts when whoever presses first has the place: (of the first ones, of the returned)."""

    def pressed(name: str) -> float:
        if name.startswith("s"):
            return chance.uniform(*crowd.script_seconds)
        return 60 * crowd.person_minutes * chance.lognormvariate(0, 1)

    order = sorted(_names(crowd), key=pressed)
    winners, rest = order[: crowd.places], order[crowd.places :]
    later = 0
    for _ in range(crowd.returned):
        scripts = [name for name in rest if name.startswith("s")]
        people = len(rest) - len(scripts)
        script = min((chance.uniform(0, crowd.script_looks_every) for _ in scripts), default=float("inf"))
        person = chance.expovariate(people / crowd.person_looks_every) if people else float("inf")
        if script < person:
            rest.remove(scripts[0])
            later += 1
    return sum(name.startswith("s") for name in winners), later


def by_lot(crowd: Crowd, chance: random.Random) -> tuple[int, int]:
    """The same crowd in our draw: how quickly somebody enters does not matter, returned places go down the list."""
    entries = [lot.Entry(name) for name in _names(crowd)]
    secret = hashlib.sha256(chance.randbytes(32)).digest()
    drawn = lot.draw(entries, seed=lot.seed_of(secret, lot.list_hash(entries)))
    count = [entry.id.startswith("s") for entry in drawn]
    return sum(count[: crowd.places]), sum(count[crowd.places : crowd.places + crowd.returned])


def shares(
    crowd: Crowd, way: Callable[[Crowd, random.Random], tuple[int, int]], *, rounds: int = ROUNDS
) -> tuple[float, float, float, float]:
    """Mean share of first places, its 95 % half-width, share of returned places, and the most in any one round."""
    chance = random.Random("fairness")
    first, later = zip(*(way(crowd, chance) for _ in range(rounds)), strict=True)
    width = 1.96 * statistics.stdev(first) / rounds**0.5 / crowd.places if rounds > 1 else 0.0
    return (
        statistics.mean(first) / crowd.places, width, statistics.mean(later) / crowd.returned, max(first) / crowd.places
    )  # fmt: skip


def page(crowd: Crowd = CROWD, *, rounds: int = ROUNDS) -> str:
    """docs/fairness.md."""
    head_share = crowd.scripted / (crowd.scripted + crowd.people)
    rows = []
    for places in (100, 40):
        for name, way in (("first come, first served", first_come), ("our draw", by_lot)):
            share, width, later, most = shares(replace(crowd, places=places), way, rounds=rounds)
            figures = f"{share:.1%} ± {width:.2%} | {later:.1%} | {most:.0%} | {share / head_share:.2f} ×"
            rows.append(f"| {places} | {name} | {figures} |")
    return f"""# Fairness of scarce appointments

Written by `./run bench --fairness --write`. How places are given when there are too few: docs/adr/0023-draws.md.

## What scripted accounts get

{crowd.scripted} scripted accounts among {crowd.scripted + crowd.people:,} who want one of a few places: their share of
heads is **{head_share:.1%}**. {crowd.returned} places are given back afterwards, one by one. {rounds:,} rounds.

| places | way | scripted accounts' share of the places | of places given back | most in one round | ÷ share of heads |
|---|---|---|---|---|---|
{chr(10).join(rows)}

"First come" is what most offices do today: all places of a week appear at a fixed hour. The model: a script presses
{crowd.script_seconds[0]} to {crowd.script_seconds[1]} seconds after that, half of the people within
{crowd.person_minutes:.0f} minutes. For a place that was given back a script looks every
{crowd.script_looks_every:.0f} seconds, a person every {crowd.person_looks_every / 3600:.0f} hours; a script that has a
place wants no second one. These are assumptions, not measurements of people. In the draw the moment of entering has no
influence at all, so no such assumption matters there; its figure is that of the product's own code.

What the draw cannot do: tell a broker's client from anybody else. An account is a person with an approved application,
whose appointment cannot be passed on, so a broker gains nothing by entering many.

## Drawing again

Each round's page in the portal (`/d/<code>/undian/<round>`) tells the commitment when the round opens, the hash of
the list when it is closed, then the secret, and offers all of it as one file. This draws it again and compares:

    ./run manage draw_again undian.json

It needs no database and no key. By hand it is `sha256sum` alone: `adminduk/kernel/lot.py` says how in thirty lines.
"""


def measure(*, write: bool) -> None:
    """Print the page, and keep it with `write`."""
    text = page()
    print(text)
    if write:
        FILE.write_text(text, "utf-8")
