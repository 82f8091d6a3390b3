"""`./run check` over a dozen pictures that tuning never saw: wide bounds that catch breakage, nothing is timed."""

import json

import pytest

from benchmarks.papers import make, running, seeds
from benchmarks.papers.scoring import score


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> running.Run:
    folder = tmp_path_factory.mktemp("papers")
    good = [case for case in make.cases(seeds.TEST, 60) if case.wanted == "good"][:6]
    wanted = {"blurred", "bright", "glare", "cut", "wrong_type", "not_document"}
    bad = {case.wanted: case for case in make.cases(seeds.TEST, 60) if case.wanted in wanted}
    make.write(folder, iter([*good, *bad.values()]))
    return running.check(folder)


def test_most_pictures_get_the_right_verdict(run: running.Run) -> None:
    found = score(run.judged)
    assert found.pictures == 12
    assert found.good_accepted.hits >= 4
    assert found.bad_caught.hits >= 4
    assert found.right_type.share is not None and found.right_type.share >= 0.7


def test_most_numbers_are_read_and_none_is_invented_as_certain(run: running.Run) -> None:
    found = score(run.judged)
    assert found.main_number.hits >= 4
    assert found.invented_certain == 0


def test_answers_are_json_with_all_that_was_promised(run: running.Run) -> None:
    for one in run.judged:
        assert {"file", "verdict", "reasons", "doc_type", "fields", "n16", "seconds", "cpu"} <= set(one.answer)
        assert one.answer["verdict"] in {"accept", "retake"}
        assert bool(one.reasons) == (one.answer["verdict"] == "retake"), json.dumps(one.answer)
        assert one.answer["doc_type"] in {*make.KINDS, "portrait", "other"}


def test_the_reader_stays_within_its_memory(run: running.Run) -> None:
    assert 0 < run.largest_mb < 1000
