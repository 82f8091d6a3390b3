"""What a second look at a number that was read unsurely puts right, and what it never makes sure."""

from __future__ import annotations

import numpy as np

from adminduk.gateways.reader.crop import cut, tightened
from adminduk.gateways.reader.recognise import Reading
from adminduk.gateways.reader.second_look import is_unsure, settled

TRUE, MISREAD = "3374014305900308", "3374014805900388"
_IMPOSSIBLE = "9507290661206910"  # a 61st month


def reading(text: str, *unsure: int, confidence: float = 0.99) -> Reading:
    confidences = tuple(0.6 if at in unsure else confidence for at in range(len(text)))
    return Reading(text, confidences, (0.5,) * len(text))


def test_only_a_number_with_a_doubtful_digit_is_looked_at_again() -> None:
    assert is_unsure(reading(TRUE, 7))
    assert is_unsure(reading(f": {TRUE}", 17))
    assert not is_unsure(reading(TRUE))
    assert not is_unsure(reading(f": {TRUE}", 0)), "only the colon is doubtful"
    assert not is_unsure(reading(TRUE[:-1], 3)), "no number"


def test_the_second_look_is_taken_and_what_was_disputed_stays_a_guess() -> None:
    found = settled(reading(f":{MISREAD}", 8), reading(f" {TRUE}."))
    assert found.text == f":{TRUE}"
    assert [at - 1 for at, confidence in enumerate(found.confidences) if confidence <= 0.5] == [7, 14]
    assert len(found.confidences) == len(found.places) == 17


def test_no_digit_becomes_surer_than_it_was() -> None:
    assert settled(reading(TRUE, 3), reading(TRUE)) == reading(TRUE, 3)
    assert settled(reading(TRUE, 3), reading(TRUE, 9)) == reading(TRUE, 3, 9)


def test_what_can_be_no_number_and_what_is_none_leaves_the_first_reading() -> None:
    first = reading(TRUE, 7)
    for second in (reading(_IMPOSSIBLE), reading(TRUE[1:]), reading(""), reading(f"{TRUE} {TRUE}")):
        assert settled(first, second) == first
    assert settled(reading(_IMPOSSIBLE, 7), reading(TRUE)).text == TRUE


def test_the_second_strip_has_the_digits_larger() -> None:
    picture = np.full((80, 300, 3), 255, np.uint8)
    picture[32:48, 60:240] = 0
    corners = np.array([(40, 20), (260, 20), (260, 60), (40, 60)], np.float32)
    once, again = (int((cut(picture, box)[:, 100, 0] < 128).sum()) for box in (corners, tightened(corners)))
    assert again > 1.3 * once
