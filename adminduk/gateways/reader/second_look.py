"""Numbers of sixteen digits that were read unsurely, looked at from nearer: what fills its strip is read best.

A line's box has paper above and below, so that small digits are smaller still in their strip, and 3 passes for 8.
Nothing becomes surer by a second look: a digit keeps the lesser of its two confidences, and one about which the two
looks disagree is never more than a guess.
"""

from __future__ import annotations

import re
from typing import Final

from adminduk.catalogue.papers.numbers import is_possible_no_kk, nik_of
from adminduk.gateways.reader.recognise import Reading

DOUBTFUL: Final = 0.93  # confidence of a sign below which it may be another
_DISPUTED: Final = 0.5
_NUMBER: Final = re.compile(r"(?<!\d)\d{16}(?!\d)")


def is_unsure(reading: Reading) -> bool:
    """A number of sixteen digits, one of which may be another."""
    return any(min(reading.confidences[run.start() : run.end()]) < DOUBTFUL for run in _NUMBER.finditer(reading.text))


def settled(first: Reading, second: Reading) -> Reading:
    """The first reading with its numbers as the second look has them; as it is where that saw other or no numbers."""
    runs, again = list(_NUMBER.finditer(first.text)), list(_NUMBER.finditer(second.text))
    if len(runs) != len(again):
        return first
    text, confidences = list(first.text), list(first.confidences)
    for run, better in zip(runs, again, strict=True):
        if is_possible(run.group()) and not is_possible(better.group()):
            continue
        for at, other in zip(range(*run.span()), range(*better.span()), strict=True):
            is_same = first.text[at] == second.text[other]
            text[at] = second.text[other]
            confidences[at] = min(second.confidences[other], first.confidences[at] if is_same else _DISPUTED)
    return Reading("".join(text), tuple(confidences), first.places)


def is_possible(digits: str) -> bool:
    """Whether sixteen digits can be a NIK or the number of a Kartu Keluarga."""
    return nik_of(digits) is not None or is_possible_no_kk(digits)
