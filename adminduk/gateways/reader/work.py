"""What the reader's children do: `warm_up` in the zygote, `work` in a child for one picture.

Forked children share the models in memory. That needs a zygote without threads, so each network runs on one thread;
with two, batches of lines are read side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import cv2
import msgspec
import numpy as np

from adminduk.gateways.reader.engine import ALL, FEW, FIRST, read_page
from adminduk.gateways.reader.models import Models, load

STAGES: Final = {"verdict": (FEW,), "complete": (ALL,), "stages": (FIRST, FEW, ALL)}

_loaded: list[tuple[Models, int]] = []


def warm_up(setting: str) -> None:
    """Load the models and read a small page, so that a child finds all code loaded: it can open no file itself.

    `setting` is the number of threads for reading.
    """
    cv2.setNumThreads(1)
    _loaded.append((load(), int(setting)))
    page = np.full((256, 320, 3), 255, np.uint8)
    for row in range(8):
        cv2.putText(page, "CONTOH 01", (8, 28 + 30 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2)
    jpeg = cv2.imencode(".jpg", page)[1].tobytes()
    if len(list(work("stages", jpeg))) != len(STAGES["stages"]):
        raise RuntimeError("the reader does not read")


def work(order: str, data: bytes) -> Iterator[bytes]:
    """Read a JPEG: for a verdict, whole, or in stages one after the other. Each page as JSON."""
    models, threads = _loaded[-1]
    for page in read_page(data, models, stages=STAGES[order], threads=threads):
        yield msgspec.json.encode(page)
