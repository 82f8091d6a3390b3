"""What the stand-in of the recording centre says of a recording at a time."""

from __future__ import annotations

import pytest

from sandbox.recording_centre.plans import Step, status_at

PLAN = (Step(0, "BIO_CAPTURED"), Step(1, "PRINT_READY_RECORD"))


@pytest.mark.parametrize(
    ("hours", "said"), [(-48, "BIO_CAPTURED"), (0, "BIO_CAPTURED"), (0.9, "BIO_CAPTURED"), (1, "PRINT_READY_RECORD")]
)
def test_a_recording_has_a_status_also_before_a_clock_that_was_put_back(hours: float, said: str) -> None:
    assert status_at(PLAN, hours).status == said
