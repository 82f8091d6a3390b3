"""The report tells every figure, met or missed, and names what is weak."""

from typing import Any

from benchmarks.papers import report, seeds
from benchmarks.papers.portraits import Portraits
from benchmarks.papers.rivals import Rival
from benchmarks.papers.running import Run
from benchmarks.papers.scoring import Judged, Rate

NIK = "3374010101909001"
NO_PORTRAITS = Portraits(absent="nobody sat")


def judged(
    label: str, *, accepted: bool, reasons: tuple[str, ...] = (), read: str = NIK, certain: bool = False
) -> Judged:
    truth: dict[str, Any] = {
        "type": "ktp", "expected_type": "ktp", "label": label, "reasons": [] if label == "good" else [label],
        "fields": {"nik": NIK}, "print": [NIK], "layout": "bold", "set": "test", "quarter": 0, "seed": 802,
    }  # fmt: skip
    answer = {
        "verdict": "accept" if accepted else "retake", "reasons": list(reasons), "doc_type": "ktp",
        "fields": {"nik": read}, "n16": [read], "n16_certain": [read] if certain else [],
        "cpu": 0.5, "cpu_all": 0.8, "seconds": 0.6,
    }  # fmt: skip
    return Judged(truth, answer)


def page(*some: Judged, portraits: Portraits = NO_PORTRAITS, skip: int = 0) -> str:
    run = Run(list(some), largest_mb=400, all_mb=600, start_seconds=2, cheap_seconds=0.1)
    others = [
        Rival("ours", Rate(9, 10), Rate(0, 0), 0.8),
        Rival("theirs", Rate(6, 10), Rate(0, 0), 4.0),
        Rival("third", Rate(0, 0), Rate(0, 0), 0, "not installed"),
    ]
    return report.page({seeds.TEST: run, seeds.UNSEEN: run}, others, portraits, "a machine", skip=skip)


def test_a_perfect_set_meets_all() -> None:
    text = page(judged("good", accepted=True), judged("blurred", accepted=False, reasons=("blurred",)))
    assert "**missed**" not in text
    assert "| good accepted | ≥ 97.0 % | 100.0 % met | 100.0 % met |" in text
    assert "None of the figures by kind, defect or field lies below its goal." in text


def test_a_miss_is_told_and_named() -> None:
    text = page(
        judged("good", accepted=False, reasons=("cut",), read="3374010101909008", certain=True),
        judged("glare", accepted=True),
        judged("dark", accepted=False, reasons=("blurred",)),
    )
    assert "| good accepted | ≥ 97.0 % | 0.0 % **missed** | 0.0 % **missed** |" in text
    assert "| numbers not on the page, shown as certain | ≤ 0 | 1 **missed** | 1 **missed** |" in text
    assert "- glare pictures caught: 0.0 % (0 of 2)" in text
    assert "- right reason first for dark ones: 0.0 % (0 of 2)" in text
    assert "| dark | 100.0 % (2 of 2) | 0.0 % (0 of 2) | 0.0 % (0 of 2) | blurred 2 |" in text


def test_others_stand_beside_ours_as_ratios() -> None:
    text = page(judged("good", accepted=True))
    assert "| theirs | 60.0 % (6 of 10) | – | 4.00 s | 0.67 | 5.0 |" in text
    assert "| third | not installed |" in text


def test_portraits_have_their_own_figures_to_reach() -> None:
    portraits = Portraits(
        (
            judged("good", accepted=True),
            judged("glasses", accepted=True),
            judged("dark: one side", accepted=False, reasons=("dark",)),
        ),
        sitters=3,
    )
    text = page(judged("good", accepted=True), portraits=portraits)
    assert "| portraits: good accepted | ≥ 98.0 % | 100.0 % met | – |" in text
    assert "| portraits: bad caught | ≥ 95.0 % | 50.0 % **missed** | – |" in text
    assert "3 portraits of 3 sitters" in text
    assert "| glasses | 0.0 % (0 of 1) | – |" in text


def test_portraits_that_could_not_be_had_are_told() -> None:
    text = page(judged("good", accepted=True))
    assert "Not measured: nobody sat." in text
    assert "| portraits: good accepted | ≥ 98.0 % | – | – |" in text


def test_seeds_left_out_are_told() -> None:
    text = page(judged("good", accepted=True), skip=320)
    assert "The first 320 seeds of each set were left out (`--skip 320`)" in text
    assert "Seeds: test 802 to 802, unseen 802 to 802." in text
    assert "--seeds test --count 1 --skip 320 --to FOLDER" in text
    assert "left out" not in page(judged("good", accepted=True))
