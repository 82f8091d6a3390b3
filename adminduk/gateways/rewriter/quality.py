"""The cheap stage: what can be said of a picture without reading it, as plain numbers for the judge."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from adminduk.catalogue.papers.types import Measures
from adminduk.gateways.rewriter import text_marks


def warm_up() -> None:
    """Load what OpenCV loads at its first use, and forbid it threads: this process is forked and bound."""
    cv2.setNumThreads(0)
    cv2.ocl.setUseOpenCL(False)
    sheet = np.full((480, 640, 3), 220, np.uint8)
    for y in range(40, 460, 24):
        cv2.putText(sheet, "contoh 3374012345678901", (40, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (20, 20, 20), 1)
    measure(Image.fromarray(sheet), is_portrait=True)


def measure(picture: Image.Image, *, is_portrait: bool = False) -> Measures:
    """Measure one RGB picture."""
    colours = np.asarray(picture)
    height, width = colours.shape[:2]
    if min(height, width) < 48:
        return Measures(width, height)
    gray = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    light = text_marks.paper_light(gray)
    marks = text_marks.find(gray, light)
    numbers = {"marks": float(len(marks))}
    return Measures(width, height, numbers)
