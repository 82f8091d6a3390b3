"""The synthetic papers: a seed gives one picture, labels follow from physics, nothing is shared with the checker."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest

from benchmarks.papers import make, people, physics, seeds, words
from benchmarks.papers.physics import Physics
from benchmarks.papers.scoring import Judged, Rate, same, score

ROOT = Path(__file__).resolve().parents[2]
CLEAR = Physics(
    smallest_digit=12, main_digit=16, blur_sigma=0.5, contrast_worst=0.5, contrast_best=0.6, contrast_middle=0.55,
    lost_share=0, paper_level=0.8, noise_sigma=0.01, outside_share=0, print_outside=0, turn=1, foreshortening=0.95,
)  # fmt: skip


@pytest.mark.parametrize("kind", make.KINDS)
def test_a_seed_makes_one_picture_with_its_truth(kind: str) -> None:
    case = make.Case(seed=101, set_name=seeds.TUNING, expected=kind, wanted="good")
    first, second = make.make(case), make.make(case)
    assert first == second
    picture = cv2.imdecode(np.frombuffer(first.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None and max(picture.shape) >= 1200
    assert first.truth["type"] == kind and first.truth["reasons"] == []
    corners = np.array(first.truth["corners"])
    assert corners.shape == (4, 2) and corners.min() > -0.01 and corners.max() < 1.01


def test_every_kind_and_every_defect_takes_its_turn() -> None:
    for name in seeds.SETS:
        some = list(make.cases(name, 144))
        assert {case.expected for case in some} == set(make.KINDS)
        assert {"good", "blurred", "dark", "bright", "glare", "cut", "small", "skewed", "wrong_type", "not_document",
                "pages_missing"} == {case.wanted for case in some}  # fmt: skip
        assert sum(case.wanted == "good" for case in some) == 72
        assert all(seeds.set_of(case.seed) == name for case in some)
    assert not {case.seed for case in make.cases(seeds.TUNING, 400)} & {
        case.seed for case in make.cases(seeds.TEST, 400)
    }


@pytest.mark.parametrize(
    ("reason", "bad", "doubtful"),
    [
        ("blurred", {"blur_sigma": 4.0}, {"blur_sigma": 2.0}),
        ("dark", {"paper_level": 0.12, "contrast_middle": 0.1, "noise_sigma": 0.03}, {"paper_level": 0.3}),
        (
            "bright",
            {"paper_level": 1.0, "contrast_middle": 0.05, "contrast_worst": 0.05, "contrast_best": 0.06},
            {"contrast_middle": 0.2},
        ),
        ("glare", {"lost_share": 0.3, "contrast_worst": 0.0}, {"contrast_worst": 0.15, "lost_share": 0.02}),
        ("cut", {"outside_share": 0.2}, {"outside_share": 0.05}),
        ("small", {"smallest_digit": 5.0, "main_digit": 6.0}, {"smallest_digit": 7.0, "main_digit": 9.0}),
        ("skewed", {"foreshortening": 0.4}, {"turn": 12}),
    ],
)  # fmt: skip
def test_a_label_needs_its_physics_and_leaves_a_grey_zone(
    reason: str, bad: dict[str, float], doubtful: dict[str, float]
) -> None:
    assert physics.label(CLEAR, "good") == "good"
    assert physics.label(CLEAR, reason) is None
    wrong, between = replace(CLEAR, **bad), replace(CLEAR, **doubtful)
    assert physics.label(wrong, reason) == reason
    assert physics.label(wrong, "good") is None
    assert physics.label(between, reason) is None
    assert physics.label(between, "good") is None


def test_generator_and_checker_share_nothing() -> None:
    """Only what runs the checker may name it, and that as a command."""
    for path in sorted((ROOT / "benchmarks" / "papers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not any(name.split(".")[0] == "adminduk" for name in names), path


def test_nobody_has_the_numbers_of_these_people() -> None:
    random = Random(5)
    where = people.place(random)
    for who in people.family(random, where, 8):
        assert who.nik[:6] == where.code and int(who.nik[12:]) >= 9000
        assert int(who.nik[6:8]) == who.born.day + (0 if who.is_male else 40)


def test_dates_are_spoken_as_papers_print_them() -> None:
    assert (
        words.spoken_date(date(1998, 11, 25))
        == "dua puluh lima November tahun seribu sembilan ratus sembilan puluh delapan"
    )
    assert words.english(2016) == "two thousand sixteen"


def test_every_picture_counts_in_the_score() -> None:
    def judged(label: str, verdict: str, reasons: list[str], n16: list[str]) -> Judged:
        truth = {"type": "ktp", "label": label, "reasons": [] if label == "good" else [label], "print": ["1" * 16],
                 "fields": {"nik": "1" * 16, "nama": "SITI A."}}  # fmt: skip
        fields = {"nik": n16[0], "nama": "SITI A"} if n16 else {}
        return Judged(truth, {"verdict": verdict, "reasons": reasons, "doc_type": "ktp", "fields": fields, "n16": n16,
                              "n16_certain": n16[1:]})  # fmt: skip

    found = score([
        judged("good", "accept", [], ["1" * 16]), judged("good", "retake", ["dark"], ["2" * 16, "3" * 16]),
        judged("blurred", "accept", [], []), judged("blurred", "retake", ["dark", "blurred"], []),
    ])  # fmt: skip
    assert (found.good_accepted, found.bad_caught) == (Rate(1, 2), Rate(1, 2))
    assert (found.right_reason, found.any_right_reason) == (Rate(0, 1), Rate(1, 1))
    assert (found.main_number, found.fields) == (Rate(1, 2), Rate(3, 4))
    assert (found.invented, found.invented_certain) == (2, 1)
    assert same("NUR AINI", "Nur 'Aini") and not same("", "")
