"""Numbers that are read a second time because they can be none."""

from __future__ import annotations

from adminduk.gateways.reader import engine
from adminduk.gateways.reader.recognise import Reading

WRONG, RIGHT = "9507290661206910", "9507296612069100"  # the first has a 61st month


def reading(text: str) -> Reading:
    return Reading(text, (0.9,) * len(text), (0.5,) * len(text))


def test_what_can_be_no_number_is_read_again() -> None:
    needed = {text: {is_needed(reading(text)) for _, is_needed in engine._WAYS} for text in (WRONG, RIGHT[:-1], RIGHT)}
    assert needed == {WRONG: {True}, RIGHT[:-1]: {True}, RIGHT: {False}}


def test_only_what_can_be_a_number_is_better() -> None:
    assert engine._is_better(reading(RIGHT), reading(WRONG))
    assert not engine._is_better(reading(WRONG[:-1] + "1"), reading(WRONG))
