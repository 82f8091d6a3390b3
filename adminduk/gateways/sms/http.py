"""An SMS gateway as Indonesian providers offer it: a POST with a bearer token, JSON in and out."""

from __future__ import annotations

import json
import logging
import re
import time
from typing import Final

from adminduk.gateways.deadline_http import NoAnswer, post
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.notifications.ports import OutgoingSms

TOTAL_SECONDS: Final = 8.0
_LARGEST_ANSWER: Final = 64_000
_LONGEST_TEXT: Final = 480  # three parts; what is longer is a mistake in a message text
_E164: Final = re.compile(r"\+[1-9][0-9]{7,14}")
_REFUSED: Final = frozenset({400, 404, 410, 422})  # this number or text will not do, now or later
_log = logging.getLogger("adminduk.gateways.sms")


class HttpSmsSender:
    """`SmsSender`: POST {base}/send {"to","text","id"}. The gateway drops a second message with the same id."""

    def __init__(self, base_url: str, token: str) -> None:
        self._url = f"{base_url.rstrip('/')}/send"
        self._token = token

    def send(self, sms: OutgoingSms) -> None:
        """Raises RefusedByOutside (the number or the text is refused for good) and Unavailable.

        A wrong token, a spent quota and whatever nobody has foreseen are Unavailable: the message can still be sent
        when the office has put it right.
        """
        if not _E164.fullmatch(sms.to_e164) or not 0 < len(sms.text) <= _LONGEST_TEXT:
            raise RefusedByOutside("sms: number_or_text")
        body = json.dumps({"to": sms.to_e164, "text": sms.text, "id": sms.message_id}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        deadline = time.monotonic() + TOTAL_SECONDS
        try:
            answer = post(self._url, body, headers=headers, deadline=deadline, limit=_LARGEST_ANSWER)
        except NoAnswer as error:
            raise self._unavailable(error.code) from None
        if answer.status in _REFUSED:
            raise RefusedByOutside(f"sms: {answer.status}")
        if answer.status not in (200, 201, 202):
            raise self._unavailable(f"http_{answer.status}")
        if not _is_accepted(answer.body):
            raise self._unavailable("garbage")

    def _unavailable(self, code: str) -> Unavailable:
        _log.warning("message not taken over", extra={"gateway": "sms", "code": code})
        return Unavailable(f"sms: {code}")


def _is_accepted(body: bytes) -> bool:
    """Whether the gateway said so: an error page with status 200 is no acceptance."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and answer.get("status") == "accepted"


def from_environment(*, url: str, token: str) -> HttpSmsSender:
    """Build it from the values of the environment."""
    return HttpSmsSender(url, token)
