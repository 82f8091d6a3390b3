"""What follows from a word of the national system: when a record is unique and complete, the card goes on."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from adminduk.kernel.actor import Actor
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.recordings.ports import Heard
from adminduk.modules.recordings.states import Act, follows
from adminduk.usecases import fulfil, notify
from adminduk.usecases.apply import region_of
from adminduk.usecases.recording_word import READY, Opened, keep, nobody_is_awaited


def take_over(place: Opened, heard: Heard, *, source: str, actor: Actor, at: datetime) -> bool:
    """Keep what was said, raw and mapped, and draw the consequence; False when it says nothing new."""
    outcome = keep(place, heard, source=source, actor=actor, at=at)
    if outcome == READY:
        _go_on(place, actor=actor, at=at)
    return bool(outcome)


def _go_on(place: Opened, *, actor: Actor, at: datetime) -> None:
    """The next step begins, and the person hears when the card can be printed."""
    case, recording = place.case, place.recording
    if follows(recording.state, Act.READY) is None:
        return
    recordings.move(recording, Act.READY, at=at, attention="", ask_at=None)
    nobody_is_awaited(place, at=at)
    product = fulfil.advance(
        recording.product_id, region_id=recording.region_id, step_id=recording.step_id, actor=actor, at=at
    )
    if product.wakes_at and product.wakes_at > at:
        day = product.wakes_at.astimezone(ZoneInfo(region_of(case).time_zone)).date()
        notify.tell("recording_ready_waits", case=case, at=at, day=day)
    else:
        notify.tell("recording_ready", case=case, at=at)
