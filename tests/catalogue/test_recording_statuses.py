"""What the national system's words on a recording mean: all known ones, and any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.recording_statuses import read_recording_station, read_recording_statuses
from tests.architecture.tree import ROOT

REFERENCE = ROOT / "definitions" / "reference"
STATUSES = read_recording_statuses(REFERENCE / "recording_statuses.yaml")


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("PRINT_READY_RECORD", "ready"),
        ("print ready-record", "ready"),
        ("BIO_CAPTURED", "waiting"),
        ("ENROLL_FAILURE_AT_REGIONAL", "failed"),
        ("ENROLL_FAILURE_OF_SOME_KIND", "failed"),
        ("DUPLICATE_RECORD", "duplicate"),
        ("SEARCH_FAILURE_AT_CENTRAL", "office"),
        ("ADJUDICATE_RECORD", "waiting"),
        ("CARD_ISSUED", "office"),
        ("STATUS_91_PUSAT", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_text_has_a_meaning(raw: str, outcome: str) -> None:
    assert STATUSES.of(raw).outcome == outcome


def test_only_a_single_record_is_printed() -> None:
    """One word alone leads to the print queue."""
    everything = STATUSES.statuses | STATUSES.prefixes
    assert [name for name, status in everything.items() if status.outcome == "ready"] == ["PRINT_READY_RECORD"]


def test_a_failure_is_the_persons_turn_and_says_whose_fault_it_is_not() -> None:
    failed = [status for status in STATUSES.statuses.values() if status.outcome == "failed"]
    assert failed and all(status.who == "citizen" and "bukan kesalahan Anda" in status.next.id for status in failed)


def test_an_unknown_text_cannot_be_defined_as_known(tmp_path: Path) -> None:
    written = (REFERENCE / "recording_statuses.yaml").read_text("utf-8")
    (tmp_path / "statuses.yaml").write_text(written.replace("outcome: unknown", "outcome: ready"), "utf-8")
    with pytest.raises(DefinitionError, match="unknown"):
        read_recording_statuses(tmp_path / "statuses.yaml")


def test_the_station_asks_for_free_eyes_and_says_that_it_is_free() -> None:
    station = read_recording_station(REFERENCE / "recording_station.yaml")
    assert {"identity", "eyes_free", "told"} == set(station.checks)
    assert {"fingers", "eyes", "signature"} <= set(station.exceptions)
