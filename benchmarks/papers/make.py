"""One picture with its truth from one seed, and sets of them as files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np

from benchmarks.papers import camera, empty_scenes, marks, physics, seeds, shots
from benchmarks.papers.camera import Picture
from benchmarks.papers.kinds import (
    birth_deed,
    birth_letter,
    family_card,
    foreign,
    identity_card,
    neighbourhood_letter,
    police_letter,
)
from benchmarks.papers.style import Paper

_DRAW: dict[str, Callable[..., Paper]] = {
    "kk": family_card.draw,
    "ktp": identity_card.draw,
    "akta_kelahiran": birth_deed.draw,
    "surat_lahir": birth_letter.draw,
    "lapor_hilang": police_letter.draw,
    "pengantar": neighbourhood_letter.draw,
}
KINDS = tuple(_DRAW)
_DEFECTS = (
    "blurred",
    "glare",
    "cut",
    "wrong_type",
    "dark",
    "blurred",
    "small",
    "not_document",
    "bright",
    "cut",
    "skewed",
    "wrong_type",
)
_TRIES = 40
_OF_MARGIN = "the plan of this defect hardly ever comes out beyond the margins"


@dataclass(frozen=True, slots=True)
class Case:
    """What a place in a set asks for."""

    seed: int
    set_name: str
    expected: str
    wanted: str

    @property
    def is_unseen(self) -> bool:
        return self.set_name == seeds.UNSEEN


@dataclass(frozen=True, slots=True)
class Made:
    """A picture as JPEG, and the line of truth about it."""

    jpeg: bytes
    truth: dict[str, object]


def cases(set_name: str, count: int, start: int = 0) -> Iterator[Case]:
    """Kinds take turns; of each kind every other picture is bad, and the defects take turns."""
    for place, seed in seeds.seeds_of(set_name, count, start):
        kind, turn = place % len(KINDS), place // len(KINDS)
        wanted = "good" if (turn + kind) % 2 == 0 else _DEFECTS[(turn // 2 + kind * 5) % len(_DEFECTS)]
        if wanted == "wrong_type" and KINDS[kind] == "kk" and turn // 2 % len(_DEFECTS) == _DEFECTS.index("wrong_type"):
            wanted = physics.PAGES_MISSING
        yield Case(seed, set_name, KINDS[kind], wanted)


def make(case: Case) -> Made:
    """Draw, light, photograph."""
    if case.wanted == "not_document":
        random = Random(f"{case.seed}/empty")
        picture, name, shot = empty_scenes.take(random, is_unseen=case.is_unseen)
        return Made(_jpeg(picture, shot.quality), _truth(case, "other", name, {}, {}) | {"ground": name})
    for attempt in range(_TRIES):
        random = Random(f"{case.seed}/{attempt}")
        paper = _paper(case, random)
        shot = shots.plan(random, paper.sheet, _physically(case))
        exposure = camera.expose(shot, paper.sheet, random)
        measured = exposure.physics()
        if physics.label(measured, _physically(case)) is None:
            continue
        picture, ground = camera.develop(exposure, random, is_unseen=case.is_unseen)
        truth = _truth(case, paper.kind, paper.layout, paper.fields, measured.as_json())
        return Made(_jpeg(picture, shot.quality), truth | _more(case, measured, exposure, ground, paper))
    raise AssertionError(f"{_OF_MARGIN}: {case}")


def _physically(case: Case) -> str:
    """How the picture itself should come out: a wrong or a lonely page is photographed well."""
    return "good" if case.wanted in {"wrong_type", physics.PAGES_MISSING} else case.wanted


def write(folder: Path, some: Iterator[Case], *, progress: Callable[[int], None] = lambda _: None) -> int:
    """Pictures and truth.jsonl; the answer is how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as lines:
        for case in some:
            made = make(case)
            (folder / str(made.truth["file"])).write_bytes(made.jpeg)
            lines.write(json.dumps(made.truth, ensure_ascii=False) + "\n")
            lines.flush()
            count += 1
            progress(count)
    return count


def _paper(case: Case, random: Random) -> Paper:
    paper = _clean_paper(case, random)
    if random.random() < 0.12:
        marks.stain(paper.sheet)
    return paper


def _clean_paper(case: Case, random: Random) -> Paper:
    if case.wanted == physics.PAGES_MISSING:
        return family_card.draw(random, is_unseen=case.is_unseen, page=random.randint(1, 2), pages=2)
    if case.wanted != "wrong_type":
        return _DRAW[case.expected](random, is_unseen=case.is_unseen)
    if random.random() < 0.5:
        return foreign.draw(random, is_unseen=case.is_unseen)
    return _DRAW[random.choice([kind for kind in KINDS if kind != case.expected])](random, is_unseen=case.is_unseen)


def _truth(
    case: Case, kind: str, layout: str, fields: dict[str, object], measured: dict[str, float]
) -> dict[str, object]:
    return {
        "file": f"{case.expected}-{case.wanted}-{case.seed:05d}.jpg",
        "type": kind,
        "label": case.wanted,
        "fields": fields,
        "expected_type": case.expected,
        "seed": case.seed,
        "set": case.set_name,
        "layout": layout,
        "reasons": [] if case.wanted == "good" else [case.wanted],
        "physics": measured,
    }


def _more(
    case: Case, measured: physics.Physics, exposure: camera.Exposure, ground: str, paper: Paper
) -> dict[str, object]:
    reasons = (
        [] if case.wanted == "good" else [case.wanted, *(r for r in physics.bad_reasons(measured) if r != case.wanted)]
    )
    return {
        "reasons": reasons,
        "ground": ground,
        "corners": [[round(v, 4) for v in at] for at in exposure.places()],
        "quarter": exposure.shot.quarter,
        "print": sorted(numbers16(paper)),
    }


def numbers16(paper: Paper) -> set[str]:
    """All numbers of exactly sixteen digits that are printed on the sheet."""
    found = set()
    for printed in paper.sheet.printed:
        run = ""
        for letter in [*printed.text, " "]:
            if letter.isdigit():
                run += letter
                continue
            if len(run) == 16:
                found.add(run)
            run = ""
    return found


def _jpeg(picture: Picture, quality: int) -> bytes:
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    assert done
    return bytes(data)
