"""Where a parcel is and what may happen to it: one table, nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

MOST_ATTEMPTS = 2


class ParcelState(StrEnum):
    WANTED = "wanted"  # chosen by the person, the card is not printed yet
    WAITING = "waiting"  # the card lies at the office
    LISTED = "listed"  # on a list for the courier
    SENT = "sent"  # the courier has it
    FAILED = "failed"  # nobody was at home once; the courier tries again
    RETURNING = "returning"  # twice nobody; the courier brings it back
    DELIVERED = "delivered"
    BACK = "back"  # at the office again: it is collected there
    DROPPED = "dropped"  # the person collects it after all, or the card does not come


class ParcelAct(StrEnum):
    READY = "ready"
    LIST = "list"
    SEND = "send"
    FAIL = "fail"
    DELIVER = "deliver"
    RETURN = "return"
    DROP = "drop"


TRANSITIONS: Mapping[tuple[ParcelState, ParcelAct], ParcelState] = MappingProxyType(
    {
        (ParcelState.WANTED, ParcelAct.READY): ParcelState.WAITING,
        (ParcelState.WANTED, ParcelAct.DROP): ParcelState.DROPPED,
        (ParcelState.WAITING, ParcelAct.LIST): ParcelState.LISTED,
        (ParcelState.WAITING, ParcelAct.DROP): ParcelState.DROPPED,
        (ParcelState.LISTED, ParcelAct.SEND): ParcelState.SENT,
        (ParcelState.LISTED, ParcelAct.DROP): ParcelState.DROPPED,
        (ParcelState.SENT, ParcelAct.FAIL): ParcelState.FAILED,
        (ParcelState.SENT, ParcelAct.DELIVER): ParcelState.DELIVERED,
        (ParcelState.SENT, ParcelAct.RETURN): ParcelState.BACK,
        (ParcelState.FAILED, ParcelAct.FAIL): ParcelState.RETURNING,
        (ParcelState.FAILED, ParcelAct.DELIVER): ParcelState.DELIVERED,
        (ParcelState.FAILED, ParcelAct.RETURN): ParcelState.BACK,
        (ParcelState.RETURNING, ParcelAct.DELIVER): ParcelState.DELIVERED,
        (ParcelState.RETURNING, ParcelAct.RETURN): ParcelState.BACK,
        (ParcelState.BACK, ParcelAct.DROP): ParcelState.DROPPED,
    }
)
WITH_COURIER = (ParcelState.SENT, ParcelState.FAILED, ParcelState.RETURNING)
AT_OFFICE = (ParcelState.WANTED, ParcelState.WAITING)  # the person may still change his mind
ENDED = (ParcelState.DELIVERED, ParcelState.BACK, ParcelState.DROPPED)
