"""Which way up the page was stored: quarter turns by the shape of the lines, upside down by the direction model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from adminduk.gateways.reader.crop import HEIGHT, cut, turned
from adminduk.gateways.reader.detect import Found
from adminduk.gateways.reader.models import Floats, Model
from adminduk.gateways.reader.text_area import Pixels

_SAMPLES: Final = 6  # lines asked for their direction
_WIDTH: Final = 192  # what the direction model was trained on
_LEAST_SHAPE: Final = 2.0  # a line this many times longer than high has a direction


def quarter_turns(picture: Pixels, lines: Sequence[Found], direction: Model) -> int:
    """How many quarter turns clockwise make the page upright (0 to 3); 0 when there is nothing to go by."""
    telling = [line for line in lines if max(line.width, line.height) >= _LEAST_SHAPE * min(line.width, line.height)]
    if not telling:
        return 0
    standing = sum(line.height for line in telling if line.is_standing)
    lying = sum(line.width for line in telling if not line.is_standing)
    is_sideways = standing > lying
    samples = [line for line in telling if line.is_standing == is_sideways]
    samples.sort(key=lambda line: -max(line.width, line.height))
    turns = 1 if is_sideways else 0
    strips = [cut(picture, turned(line, quarter_turns=turns)) for line in samples[:_SAMPLES]]
    upside_down = direction(_batch(strips))[:, 1]
    return turns + 2 if float(upside_down.mean()) > 0.5 else turns


def _batch(strips: Sequence[Pixels]) -> Floats:
    """The left end of each strip, as the direction model wants it."""
    batch = np.zeros((len(strips), 3, HEIGHT, _WIDTH), np.float32)
    for row, strip in zip(batch, strips, strict=True):
        part = strip[:, :_WIDTH]  # squeezed to this width a long line says nothing
        row[:, :, : part.shape[1]] = part.transpose(2, 0, 1).astype(np.float32) * (2 / 255) - 1
    return batch
