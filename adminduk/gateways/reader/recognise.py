"""Reads strips of text: batches of like width through the recognition model, then the best path (CTC)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from adminduk.gateways.reader.crop import HEIGHT
from adminduk.gateways.reader.models import Floats, Models
from adminduk.gateways.reader.text_area import Pixels

_BATCH: Final = 2  # larger batches are no quicker on a processor and fill up more
_STEP: Final = 8  # pixels of a strip for each column of the output


@dataclass(frozen=True, slots=True)
class Reading:
    """`confidences` and `places` have one entry for each character: 0 to 1, and its middle along the strip, 0 to 1."""

    text: str
    confidences: tuple[float, ...]
    places: tuple[float, ...]

    @property
    def confidence(self) -> float:
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


def read_strips(strips: Sequence[Pixels], models: Models, *, threads: int = 1) -> list[Reading]:
    """The text of each strip, in the order given."""
    readings: list[Reading] = [Reading("", (), ())] * len(strips)
    batches = list(_batches(strips))

    def read(batch: list[int]) -> list[Reading]:
        return _read_batch([strips[at] for at in batch], models)

    if threads > 1 and len(batches) > 1:
        with ThreadPoolExecutor(threads) as pool:
            answers = list(pool.map(read, batches))
    else:
        answers = [read(batch) for batch in batches]
    for batch, answer in zip(batches, answers, strict=True):
        for at, reading in zip(batch, answer, strict=True):
            readings[at] = reading
    return readings


def _batches(strips: Sequence[Pixels]) -> Iterator[list[int]]:
    """Positions of strips of like width, widest first: what is filled up is computed for nothing."""
    batch: list[int] = []
    for at in sorted(range(len(strips)), key=lambda at: -strips[at].shape[1]):
        if batch and (len(batch) == _BATCH or strips[at].shape[1] < 0.95 * strips[batch[0]].shape[1]):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _read_batch(strips: Sequence[Pixels], models: Models) -> list[Reading]:
    width = -(-max(strip.shape[1] for strip in strips) // _STEP) * _STEP
    batch = np.zeros((len(strips), 3, HEIGHT, width), np.float32)
    for row, strip in zip(batch, strips, strict=True):
        row[:, :, : strip.shape[1]] = strip.transpose(2, 0, 1)
        row[:, :, : strip.shape[1]] *= 2 / 255
        row[:, :, : strip.shape[1]] -= 1
    chances = models.recognition(batch)
    return [
        _best_path(chance, models.characters, used=strip.shape[1] / width)
        for chance, strip in zip(chances, strips, strict=True)
    ]


def _best_path(chances: Floats, characters: Sequence[str], *, used: float) -> Reading:
    best = chances.argmax(axis=1)
    peak = chances[np.arange(len(best)), best]
    starts = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
    text, confidences, places = [], [], []
    for start in starts:
        end = start
        while end + 1 < len(best) and best[end + 1] == best[start]:
            end += 1
        text.append(characters[best[start]])
        confidences.append(float(peak[start : end + 1].max()))
        places.append(min(1.0, (start + end + 1) / 2 / len(best) / used))
    return Reading("".join(text), tuple(confidences), tuple(places))
