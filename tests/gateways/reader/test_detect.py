"""Lines out of the network's map: firmly marked ones, and faint ones beside them that must prove themselves."""

from __future__ import annotations

import numpy as np

from adminduk.gateways.reader import detect
from adminduk.gateways.reader.detect import Found
from adminduk.gateways.reader.models import Floats


def found(chances: Floats) -> list[Found]:
    """What is found on a picture of which the network says this."""
    picture = np.full((*chances.shape, 3), 255, np.uint8)
    return detect.find_lines(picture, lambda batch: chances[None, None, : batch.shape[2], : batch.shape[3]])


def page() -> Floats:
    chances = np.zeros((480, 640), np.float32)
    chances[100:112, 60:260] = 0.9
    return chances


def test_bits_of_worn_print_beside_a_line_are_one_faint_line() -> None:
    chances = page()
    for left in range(300, 500, 40):
        chances[102:110, left : left + 30] = 0.25
    firm, faint = found(chances)
    assert (firm.is_faint, faint.is_faint) == (False, True)
    assert faint.corners[:, 0].min() < 300
    assert faint.corners[:, 0].max() > 490


def test_dots_to_write_on_are_no_line() -> None:
    chances = page()
    chances[200:203, 60:500] = 0.25
    assert [line.is_faint for line in found(chances)] == [False]


def test_small_print_in_a_corner_is_looked_at_again_from_nearer() -> None:
    """The second look sees a part only, and its lines lie where they were in the picture."""
    seen: list[tuple[int, ...]] = []

    def network(batch: Floats) -> Floats:
        seen.append(batch.shape[2:])
        chances = np.zeros(batch.shape[2:], np.float32)
        for row in range(8):
            chances[100 + 20 * row : 104 + 20 * row, 60:260] = 0.9
        return chances[None, None]

    lines = detect.find_lines(np.full((1440, 1920, 3), 255, np.uint8), network)
    assert len(seen) == 2
    left, top = np.concatenate([line.corners for line in lines]).min(axis=0)
    assert left > 60 * 0.5 + 60
    assert top > 100 * 0.5 + 100

    seen.clear()
    detect.find_lines(np.full((720, 960, 3), 255, np.uint8), network)
    assert len(seen) == 1, "there is nothing more to see in a picture that small"


def test_the_edge_of_a_line_is_no_second_one() -> None:
    chances = page()
    chances[96:116, 56:264] = np.maximum(chances[96:116, 56:264], 0.2)
    assert len(found(chances)) == 1


def test_faint_lines_run_as_the_others_do() -> None:
    chances = np.ascontiguousarray(page().T[:, ::-1])
    for top in range(300, 500, 40):
        chances[top : top + 30, 370:378] = 0.25
    firm, faint = found(chances)
    assert firm.is_standing and faint.is_standing
