"""The centre over HTTP. No such interface is offered to offices today: this speaks to the stand-in, and shows the way.

POST {base}/recordings {"reference","nik","region","photo_approved"} and POST {base}/statuses {"references"}.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from adminduk.gateways.deadline_http import NoAnswer, post
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.recordings.ports import Heard, Listing, Order
from adminduk.modules.recordings.types import cleaned_status

TOTAL_SECONDS: Final = 6.0
MOST_AT_ONCE: Final = 100
_LARGEST_ANSWER: Final = 200_000
_REFUSED: Final = frozenset({400, 404, 410, 422})
_log = logging.getLogger("adminduk.gateways.recording")


class CentreStatuses:
    """`RecordingStatuses` over HTTP with a bearer token. What comes back is believed only after a check."""

    def __init__(self, base_url: str, token: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._token = token

    def report(self, order: Order) -> None:
        """Raises Unavailable, RefusedByOutside."""
        told = {
            "reference": order.reference,
            "nik": str(order.nik),
            "region": str(order.region),
            "photo_approved": True,
        }
        answer = self._post("/recordings", told)
        if answer.get("reference") != order.reference:
            raise self._unavailable("garbage")

    def hear(self, references: Sequence[str], given: bytes = b"") -> Listing:
        """At most a hundred references. Who is not known there is left out. Raises Unavailable."""
        asked = list(references)[:MOST_AT_ONCE]
        statuses = self._post("/statuses", {"references": asked}).get("statuses")
        if not isinstance(statuses, list) or len(statuses) > len(asked):
            raise self._unavailable("garbage")
        heard = tuple(_heard(status) for status in statuses)
        if not all(one is not None and one.reference in asked for one in heard):
            raise self._unavailable("garbage")
        return Listing(tuple(one for one in heard if one is not None))

    def _post(self, path: str, value: Mapping[str, Any]) -> Mapping[str, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        deadline = time.monotonic() + TOTAL_SECONDS
        body = json.dumps(value).encode()
        try:
            answer = post(f"{self._base_url}{path}", body, headers=headers, deadline=deadline, limit=_LARGEST_ANSWER)
        except NoAnswer as error:
            raise self._unavailable(error.code) from None
        if answer.status in _REFUSED:
            raise RefusedByOutside(f"recording: {answer.status}")
        if answer.status != 200:
            raise self._unavailable(f"http_{answer.status}")
        try:
            read = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise self._unavailable("garbage") from None
        if not isinstance(read, dict):
            raise self._unavailable("garbage")
        return read

    def _unavailable(self, code: str) -> Unavailable:
        _log.warning("the centre gave no usable answer", extra={"gateway": "recording", "code": code})
        return Unavailable(f"recording: {code}")


def _heard(status: object) -> Heard | None:
    if not isinstance(status, dict):
        return None
    reference, raw = status.get("reference"), status.get("status")
    if not isinstance(reference, str) or not isinstance(raw, str) or not (cleaned := cleaned_status(raw)):
        return None
    return Heard(cleaned, reference=reference, said_on=_day(status.get("since")))


def _day(value: object) -> date | None:
    try:
        return datetime.fromisoformat(value).date() if isinstance(value, str) else None
    except ValueError:
        return None


def from_environment(*, url: str, token: str) -> CentreStatuses:
    """Build it from the values of the environment."""
    return CentreStatuses(url, token)
