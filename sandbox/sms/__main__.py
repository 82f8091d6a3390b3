"""`python -m sandbox.sms --port N --data DIR`: POST /send, GET /messages."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from sandbox.http_process import DOWN, NORMAL, SLOW, Handler, Server, Switch, argument_parser, read_object
from sandbox.sms.outbox import Outbox

MODES = (NORMAL, SLOW, DOWN, "reject", "wrong_login", "quota", "garbage", "drop_after_data")
_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")
_NOBODY = "+6289999"  # numbers that begin so do not exist
_STATUS = {"reject": HTTPStatus.UNPROCESSABLE_ENTITY, "quota": HTTPStatus.TOO_MANY_REQUESTS}


class Gateway(Handler):
    """Takes messages with a bearer token; the same id once."""

    outbox: Outbox
    token: str

    def health(self) -> Mapping[str, Any]:
        return {"messages": len(self.outbox)}

    def get(self, path: str, query: Mapping[str, str]) -> None:
        if path == "/messages":
            count = int(query.get("count", "200"))
            self.send_json(self.outbox.newest(count=count, recipient=query.get("to", "")))
        else:
            super().get(path, query)

    def post(self, path: str, body: bytes) -> None:
        if path != "/send":
            super().post(path, body)
            return
        self.switch.hold_if_slow()
        mode = self.switch.mode
        expected = f"Bearer {self.token}".encode()
        if mode == DOWN:
            self.hang_up()
        elif mode == "wrong_login" or not hmac.compare_digest(self.headers.get("Authorization", "").encode(), expected):
            self.send_json({"error": "token"}, HTTPStatus.UNAUTHORIZED)
        elif mode in _STATUS:
            self.send_json({"error": mode}, _STATUS[mode])
        elif mode == "garbage":
            self.send_bytes(b"<html>maintenance</html>", "text/html")
        else:
            self._take(read_object(body), hang_up=mode == "drop_after_data")

    def _take(self, raw: Mapping[str, Any], *, hang_up: bool) -> None:
        to, text, message_id = (str(raw.get(name, "")) for name in ("to", "text", "id"))
        if not (_NUMBER.fullmatch(to) and text and message_id) or to.startswith(_NOBODY):
            self.send_json({"error": "number, text or id"}, HTTPStatus.UNPROCESSABLE_ENTITY)
            return
        is_new = self.outbox.keep(to=to, text=text, message_id=message_id)
        if hang_up:
            self.close_connection = True
            return
        self.send_json({"status": "accepted", "id": message_id, "new": is_new})


def main() -> None:
    """Open the outbox, then answer until stopped."""
    parser = argument_parser("A stand-in for an SMS gateway that keeps everything")
    parser.add_argument("--token", default="demo")
    options = parser.parse_args()
    members = {"switch": Switch(MODES), "outbox": Outbox(options.data / "messages.jsonl"), "token": options.token}
    Server((options.host, options.port), type("BoundGateway", (Gateway,), members)).serve_forever()


if __name__ == "__main__":
    main()
