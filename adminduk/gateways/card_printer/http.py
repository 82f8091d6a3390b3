"""A printer gateway: POST {base}/print once for each job; {base}/state, {base}/cancel and {base}/face by its id."""

from __future__ import annotations

import json
import logging
import time
from typing import Any, Final
from uuid import UUID

from adminduk.gateways.deadline_http import Answer, NoAnswer, post
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.printing.ports import CardOrder, NoCancel, PrinterSays

TOTAL_SECONDS: Final = 10.0
_LARGEST_ANSWER: Final = 64_000
_LARGEST_FACE: Final = 2_000_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_STATES: Final = frozenset(state.value for state in PrinterSays)
_log = logging.getLogger("adminduk.gateways.card_printer")


class HttpCardPrinter:
    """`CardPrinter`: the gateway answers by the job's id, so that a job asked for twice is printed once."""

    def __init__(self, base_url: str, token: str) -> None:
        self._base = base_url.rstrip("/")
        self._token = token

    def print_card(self, order: CardOrder) -> PrinterSays:
        """Ask for one card. Raises RefusedByOutside (such a card can never be printed) and Unavailable."""
        body = {"id": str(order.job_id), "serial": str(order.serial), "drawing": order.drawing}
        return self._state(self._post("/print", body))

    def ask(self, job_id: UUID) -> PrinterSays:
        """What became of a job. Raises Unavailable."""
        return self._state(self._post("/state", {"id": str(job_id)}))

    def cancel(self, job_id: UUID) -> PrinterSays:
        """Let it never begin a job. Raises Unavailable, and NoCancel where the gateway refuses to hear of it."""
        try:
            return self._state(self._post("/cancel", {"id": str(job_id)}))
        except RefusedByOutside:
            raise NoCancel("card_printer: no_cancel") from None

    def face(self, job_id: UUID, side: str) -> bytes:
        """What was printed on a face ("front", "back"), as PNG. Raises Unavailable, RefusedByOutside."""
        answer = self._post("/face", {"id": str(job_id), "side": side}, limit=_LARGEST_FACE)
        if answer.status != 200 or not answer.body.startswith(_PNG):
            raise self._unavailable(f"http_{answer.status}")
        return answer.body

    def _post(self, path: str, body: dict[str, Any], *, limit: int = _LARGEST_ANSWER) -> Answer:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        deadline = time.monotonic() + TOTAL_SECONDS
        try:
            answer = post(
                f"{self._base}{path}", json.dumps(body).encode(), headers=headers, deadline=deadline, limit=limit
            )
        except NoAnswer as error:
            raise self._unavailable(error.code) from None
        if answer.status in (400, 404, 422):
            raise RefusedByOutside(f"card_printer: {answer.status}")
        return answer

    def _state(self, answer: Answer) -> PrinterSays:
        if answer.status != 200:
            raise self._unavailable(f"http_{answer.status}")
        try:
            said = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise self._unavailable("garbage") from None
        state = said.get("state") if isinstance(said, dict) else None
        if state not in _STATES:
            raise self._unavailable("garbage")
        return PrinterSays(state)

    def _unavailable(self, code: str) -> Unavailable:
        _log.warning("printer does not answer", extra={"gateway": "card_printer", "code": code})
        return Unavailable(f"card_printer: {code}")


def from_environment(*, url: str, token: str) -> HttpCardPrinter:
    """Build it from the values of the environment."""
    return HttpCardPrinter(url, token)
