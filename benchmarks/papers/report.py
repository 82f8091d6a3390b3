"""docs/document-check.md: what `./run check` makes of pictures that it has never seen, told whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.papers import make, seeds
from benchmarks.papers.portraits import Portraits
from benchmarks.papers.rivals import Rival
from benchmarks.papers.running import Run
from benchmarks.papers.scoring import Judged, Rate, Score, by_field, rate, score, total

FILE = Path(__file__).resolve().parents[2] / "docs" / "document-check.md"


_INTRODUCTION = """\
Every picture is drawn and photographed by `benchmarks/papers`, out of people and places that do not exist. A seed makes
one picture; two of each five seeds are for tuning, two for the test, and every fifth belongs to a family of layouts,
typefaces and backgrounds that tuning never sees (*unseen*). Generator and checker share no constant. Labels follow from
the physics of each picture (`benchmarks/papers/physics.py`); pictures between good and bad are not made. Drawn pictures
are kinder than the field: expect less there. The officers' corrections in the running portal tell the true rates."""
_REPEAT = """\
The pictures of a set, and answers for them:

    .venv/bin/python -m benchmarks.papers make --seeds test --count {count}{skip} --to FOLDER
    ./run check --list FOLDER/truth.jsonl --json"""
_MEANINGS = """\
*Right reason*: of the bad pictures that were caught, the first reason given is true. *Type*: of all pictures that are
physically good, papers nobody asked for among them. *Main number*: of good pictures, in its field, digit by digit.
*CPU*: until the verdict, rewriting and measuring included, one thread, the middle picture. *Portraits*: see below."""
_LIMITS = """## What this does not show

- Many faces: the portraits are of very few people, so skin, age and hair of others are not proven by them.
- Pictures of real documents: there are none here, and there must be none.
- Handwritten numbers; several papers in one picture; papers in other scripts.
- One machine: CPU and seconds hold for it alone, ratios travel better.
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """One figure to reach: at least `goal`, or at most where `is_ceiling`."""

    name: str
    goal: float
    shown: Callable[[float], str]
    is_ceiling: bool = False

    def row(self, values: Iterable[float | None]) -> str:
        cells = []
        for value in values:
            if value is None:
                cells.append("–")
                continue
            is_met = value <= self.goal if self.is_ceiling else value >= self.goal
            cells.append(f"{self.shown(value)} {'met' if is_met else '**missed**'}")
        bound = "≤" if self.is_ceiling else "≥"
        return f"| {self.name} | {bound} {self.shown(self.goal)} | " + " | ".join(cells) + " |"


def page(runs: dict[str, Run], rivals: list[Rival], portraits: Portraits, machine: str, *, skip: int = 0) -> str:
    """`skip`: so many of each set's first seeds were left out."""
    scores = {name: score(run.judged) for name, run in runs.items()}
    counts = ", ".join(f"{name} {len(run.judged)}" for name, run in runs.items())
    return f"""# What the check of documents reaches

Written by `./run bench --papers --write`. Pictures: {counts}. Machine: {machine}.

{_INTRODUCTION}
{_of_skipped(runs, skip)}
{_repeat(len(runs[seeds.TEST].judged), skip)}

## Figures to reach

{_reach_table(scores, runs, portraits)}

{_MEANINGS}

## The rest of the figures

{_more_table(scores, runs)}

{_parts(_fresh(runs))}

## Portraits

{_of_portraits(portraits)}

## Beside others

Good pictures of the test that have a number of sixteen digits, as they are (some stored turned).

{_beside(rivals)}

## Weak spots

{_weak(_fresh(runs))}

{_LIMITS}"""


def _of_skipped(runs: dict[str, Run], skip: int) -> str:
    """Which seeds of each set were measured, where it was not the first."""
    if not skip:
        return ""
    measured = []
    for name, run in runs.items():
        seen = [one.truth["seed"] for one in run.judged]
        measured.append(f"{name} {min(seen)} to {max(seen)}")
    return (
        f"\nThe first {skip} seeds of each set were left out (`--skip {skip}`): they have been measured and looked at"
        f" before.\nSeeds: {', '.join(measured)}.\n"
    )


def _repeat(count: int, skip: int) -> str:
    return _REPEAT.format(count=count, skip=f" --skip {skip}" if skip else "")


def _parts(some: list[Judged]) -> str:
    return f"""## By kind

Test and unseen together.

{_by_kind(some)}

## By defect

Test and unseen together. *Named* counts the right reason at any place.

{_by_defect(some)}

## By layout

Good pictures of test and unseen: accepted, and main number.

{_by_layout(some)}

## Fields

Good pictures of test and unseen; equal but for case, spaces and punctuation. Fields of the people on a Kartu Keluarga
count only where the NIK was read.

{_by_field(some)}"""


def _reach_table(scores: dict[str, Score], runs: dict[str, Run], portraits: Portraits) -> str:
    def percent(value: float) -> str:
        return f"{100 * value:.1f} %"

    rows: list[tuple[Reach, Callable[[str], float | None]]] = [
        (Reach("good accepted", 0.97, percent), lambda name: scores[name].good_accepted.share),
        (Reach("bad caught", 0.97, percent), lambda name: scores[name].bad_caught.share),
        (Reach("right reason", 0.90, percent), lambda name: scores[name].right_reason.share),
        (Reach("type", 0.99, percent), lambda name: scores[name].right_type.share),
        (Reach("main number", 0.99, percent), lambda name: scores[name].main_number.share),
        (Reach("NIK of all members of a KK", 0.97, percent), lambda name: scores[name].members.share),
        (
            Reach("numbers not on the page, shown as certain", 0, lambda value: f"{value:.0f}", is_ceiling=True),
            lambda name: float(scores[name].invented_certain),
        ),
        (
            Reach("portraits: good accepted", 0.98, percent),
            lambda name: portraits.good_accepted.share if name == seeds.TEST else None,
        ),
        (
            Reach("portraits: bad caught", 0.95, percent),
            lambda name: portraits.bad_caught.share if name == seeds.TEST else None,
        ),
        (
            Reach("CPU of the stage within the request", 0.15, lambda value: f"{1000 * value:.0f} ms", is_ceiling=True),
            lambda name: runs[name].cheap_seconds,
        ),
        (
            Reach("CPU until the verdict", 1.0, lambda value: f"{value:.2f} s", is_ceiling=True),
            lambda name: _quantile(runs[name].judged, "cpu", 0.5),
        ),
        (
            Reach("largest process", 700, lambda value: f"{value:.0f} MB", is_ceiling=True),
            lambda name: runs[name].largest_mb,
        ),
        (
            Reach("start", 3, lambda value: f"{value:.1f} s", is_ceiling=True),
            lambda name: runs[name].start_seconds,
        ),
    ]
    head = "| | to reach | " + " | ".join(scores) + " |\n|---|---|" + "---|" * len(scores) + "\n"
    return head + "\n".join(reach.row(value(name) for name in scores) for reach, value in rows)


def _more_table(scores: dict[str, Score], runs: dict[str, Run]) -> str:
    lines: list[tuple[str, Callable[[str], str]]] = [
        ("good accepted", lambda name: str(scores[name].good_accepted)),
        ("bad caught", lambda name: str(scores[name].bad_caught)),
        ("right reason first", lambda name: str(scores[name].right_reason)),
        ("right reason named", lambda name: str(scores[name].any_right_reason)),
        ("type", lambda name: str(scores[name].right_type)),
        ("main number", lambda name: str(scores[name].main_number)),
        ("members' NIK", lambda name: str(scores[name].members)),
        ("families read whole", lambda name: str(scores[name].whole_families)),
        ("all fields", lambda name: str(scores[name].fields)),
        ("numbers of 16 digits that are not on the page", lambda name: str(scores[name].invented)),
        ("CPU until the verdict, 95 of 100 below", lambda name: f"{_quantile(runs[name].judged, 'cpu', 0.95):.2f} s"),
        ("CPU until every line is read, middle", lambda name: f"{_quantile(runs[name].judged, 'cpu_all', 0.5):.2f} s"),
        ("seconds, middle", lambda name: f"{_quantile(runs[name].judged, 'seconds', 0.5):.2f} s"),
        ("all processes together", lambda name: f"{runs[name].all_mb:.0f} MB"),
    ]
    head = "| | " + " | ".join(scores) + " |\n|---|" + "---|" * len(scores) + "\n"
    return head + "\n".join(
        f"| {label} | " + " | ".join(value(name) for name in scores) + " |" for label, value in lines
    )


def _by_kind(some: list[Judged]) -> str:
    rows = [
        "| kind | good accepted | bad caught | type | main number | all fields | invented numbers |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in make.KINDS:
        asked = score([one for one in some if one.truth["expected_type"] == kind])
        drawn = [one for one in some if one.truth["type"] == kind and one.is_legible]
        rows.append(
            f"| {kind} | {asked.good_accepted} | {asked.bad_caught} | {rate(drawn, lambda one: one.has_right_type)} |"
            f" {asked.main_number} | {asked.fields} | {asked.invented} |"
        )
    others = [one for one in some if one.truth["type"] == "other" and one.is_legible]
    invented = sum(one.invented(certain=False) for one in others)
    rows.append(f"| other papers | – | – | {rate(others, lambda one: one.has_right_type)} | – | – | {invented} |")
    return "\n".join(rows)


def _by_defect(some: list[Judged]) -> str:
    rows = ["| defect | caught | right reason first | named | said instead |", "|---|---|---|---|---|"]
    for defect in sorted({one.truth["label"] for one in some} - {"good"}):
        bad = [one for one in some if one.truth["label"] == defect]
        caught = [one for one in bad if not one.is_accepted]
        wrong = [one.reasons[0] for one in caught if one.reasons and not one.has_right_reason]
        said = ", ".join(f"{word} {wrong.count(word)}" for word in sorted(set(wrong))) or "–"
        rows.append(
            f"| {defect} | {Rate(len(caught), len(bad))} | {rate(caught, lambda one: one.has_right_reason)} |"
            f" {rate(caught, lambda one: one.names_right_reason)} | {said} |"
        )
    return "\n".join(rows)


def _by_layout(some: list[Judged]) -> str:
    rows = ["| kind, layout | set | accepted | main number |", "|---|---|---|---|"]
    for kind, layout, name in sorted(
        {(one.truth["type"], one.truth["layout"], one.truth["set"]) for one in some if one.is_good}
    ):
        good = [
            one
            for one in some
            if one.is_good and (one.truth["type"], one.truth["layout"], one.truth["set"]) == (kind, layout, name)
        ]
        main = rate((one for one in good if one.main[1]), lambda one: one.has_main)
        rows.append(f"| {kind}, {layout} | {name} | {rate(good, lambda one: one.is_accepted)} | {main} |")
    return "\n".join(rows)


def _by_field(some: list[Judged]) -> str:
    found = by_field(some)
    rows = ["| kind | field: share read |", "|---|---|"]
    for kind in make.KINDS:
        shares = [
            f"{name} {100 * hit.hits / hit.of:.0f} %" for (of, name), hit in found.items() if of == kind and hit.of
        ]
        rows.append(f"| {kind} | {', '.join(shares)} |")
    return "\n".join(rows)


def _of_portraits(portraits: Portraits) -> str:
    """Each defect of a portrait with how it was caught; an `: addition` tells kinds of one defect apart."""
    if portraits.absent:
        return f"Not measured: {portraits.absent}."
    rows = [
        f"{len(portraits.judged)} portraits of {portraits.sitters} sitters, cut out of public-domain pictures in free"
        " packages, set before red or blue, lit, turned and",
        "spoilt at random (`benchmarks/papers/sitters.py`), on draws that set no bound. None of the pictures is kept.",
        f"Good accepted {portraits.good_accepted}, bad caught {portraits.bad_caught}, right reason first"
        f" {portraits.right_reason}.",
        "",
        "| defect | caught | right reason first |",
        "|---|---|---|",
    ]
    for defect in dict.fromkeys(one.truth["label"] for one in portraits.bad):
        bad = [one for one in portraits.bad if one.truth["label"] == defect]
        caught = [one for one in bad if not one.is_accepted]
        rows.append(f"| {defect} | {Rate(len(caught), len(bad))} | {rate(caught, lambda one: one.has_right_reason)} |")
    return "\n".join(rows)


def _beside(rivals: list[Rival]) -> str:
    rows = [
        "| | main number found | members' NIK found | CPU a picture | accuracy to ours | CPU to ours |",
        "|---|---|---|---|---|---|",
    ]
    ours = rivals[0]
    for one in rivals:
        if one.absent:
            rows.append(f"| {one.name} | {one.absent} | | | | |")
            continue
        both, best = total([one.main, one.members]), total([ours.main, ours.members])
        accuracy = (both.share or 0) / best.share if best.share else 0.0
        cost = one.cpu / ours.cpu if ours.cpu else 0.0
        rows.append(f"| {one.name} | {one.main} | {one.members} | {one.cpu:.2f} s | {accuracy:.2f} | {cost:.1f} |")
    return "\n".join(rows)


def _weak(some: list[Judged]) -> str:
    """Named by figures alone: whatever stays below the figure to reach, worst first."""
    found: list[tuple[float, str]] = []
    for defect in sorted({one.truth["label"] for one in some} - {"good"}):
        bad = [one for one in some if one.truth["label"] == defect]
        caught = [one for one in bad if not one.is_accepted]
        _note(found, f"{defect} pictures caught", Rate(len(caught), len(bad)), 0.97)
        _note(found, f"right reason first for {defect} ones", rate(caught, lambda one: one.has_right_reason), 0.90)
    for kind in make.KINDS:
        good = [one for one in some if one.is_good and one.truth["type"] == kind]
        _note(found, f"good {kind} accepted", rate(good, lambda one: one.is_accepted), 0.97)
        _note(
            found, f"main number of {kind}", rate((one for one in good if one.main[1]), lambda one: one.has_main), 0.99
        )
    for label, turns in (("stored upright", {0}), ("stored on the side", {1, 3}), ("stored upside down", {2})):
        good = [one for one in some if one.is_good and one.truth["quarter"] in turns]
        _note(found, f"good pictures {label} accepted", rate(good, lambda one: one.is_accepted), 0.97)
    for (kind, name), hit in by_field(some).items():
        _note(found, f"{name} of {kind} read", hit, 0.8)
    return (
        "\n".join(f"- {line}" for _, line in sorted(found))
        or "- None of the figures by kind, defect or field lies below its goal."
    )


def _note(found: list[tuple[float, str]], label: str, measured: Rate, goal: float) -> None:
    if measured.share is not None and measured.share < goal:
        found.append((measured.share, f"{label}: {measured}"))


def _fresh(runs: dict[str, Run]) -> list[Judged]:
    return [one for name, run in runs.items() if name != seeds.TUNING for one in run.judged]


def _quantile(some: list[Judged], name: str, part: float) -> float:
    values = sorted(float(one.answer[name]) for one in some)
    return values[min(len(values) - 1, int(part * len(values)))] if values else 0.0
