"""`python -m sandbox.mail --port N --http-port N --data DIR`; trust DIR/certificate.pem to talk to it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from sandbox.http_process import Handler, Server, Switch, argument_parser
from sandbox.mail.certificate import server_context
from sandbox.mail.mailbox import Mailbox
from sandbox.mail.smtp_side import MODES, Listener, Receiver, listen


class ReadSide(Handler):
    """GET /messages?to=…&count=…, newest first; GET /messages/<id>."""

    mailbox: Mailbox

    def health(self) -> Mapping[str, Any]:
        return {"messages": len(self.mailbox)}

    def get(self, path: str, query: Mapping[str, str]) -> None:
        if path == "/messages":
            count = int(query.get("count", "200"))
            self.send_json(self.mailbox.newest(count=count, recipient=query.get("to", "")))
        elif found := self.mailbox.find(path.removeprefix("/messages/")):
            self.send_json(found)
        else:
            self.send_json({"error": "not found"}, HTTPStatus.NOT_FOUND)


def main() -> None:
    """Open the mailbox, then serve both sides until stopped."""
    parser = argument_parser("A stand-in for a mail server that keeps everything")
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--user", default="adminduk")
    parser.add_argument("--password", default="demo")
    options = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns of its own past at each sign-in
    switch = Switch(MODES)
    mailbox = Mailbox(options.data / "messages")
    tls = server_context(options.data, options.host)
    receiver = Receiver(mailbox, switch, user=options.user, password=options.password)

    def make() -> Listener:
        limits = {"auth_required": True, "auth_require_tls": True, "require_starttls": True}
        return Listener(receiver, switch, hostname="mail.contoh.example", tls_context=tls, **limits)

    handler = type("BoundReadSide", (ReadSide,), {"switch": switch, "mailbox": mailbox})
    http = Server((options.host, options.http_port), handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    asyncio.run(listen(make, host=options.host, port=options.port))


if __name__ == "__main__":
    main()
