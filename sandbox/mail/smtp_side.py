"""The SMTP side: takes messages over, or misbehaves as the switch says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sandbox.http_process import DOWN, NORMAL, SLOW, Switch
from sandbox.mail.mailbox import Mailbox

MODES = (NORMAL, SLOW, DOWN, "reject", "temporary", "wrong_login", "drop_after_data")
_NOBODY = "@tidak-ada.example"


class Receiver:
    """Hooks that aiosmtpd calls. Their names are its own."""

    def __init__(self, mailbox: Mailbox, switch: Switch, *, user: str, password: str) -> None:
        self._mailbox = mailbox
        self._switch = switch
        self._login = (user.encode(), password.encode())

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, how: str, data: Any) -> AuthResult:
        """One user with one password."""
        given = (data.login, data.password) if isinstance(data, LoginPassword) else None
        return AuthResult(success=given == self._login and self._switch.mode != "wrong_login", handled=False)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.lower().endswith(_NOBODY) or self._switch.mode == "reject":
            return "550 5.1.1 no such mailbox"
        if self._switch.mode == "temporary":
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.to_thread(self._switch.hold_if_slow)
        if self._switch.mode == DOWN:
            return "421 4.3.2 shutting down"
        content = envelope.content
        assert isinstance(content, bytes)
        for recipient in envelope.rcpt_tos:
            await asyncio.to_thread(self._mailbox.keep, content, recipient=recipient)
        if self._switch.mode == "drop_after_data":
            _hang_up(server)
        return "250 2.0.0 taken over"


class Listener(SMTP):
    """Hangs up at once while the switch says that it is down."""

    def __init__(self, receiver: Receiver, switch: Switch, **options: Any) -> None:
        super().__init__(receiver, authenticator=receiver.authenticate, **options)
        self._switch = switch

    async def _handle_client(self) -> None:
        if self._switch.mode == DOWN:
            _hang_up(self)
            return
        await super()._handle_client()


async def listen(make: Callable[[], Listener], *, host: str, port: int) -> None:
    """Serve until cancelled."""
    server = await asyncio.get_running_loop().create_server(make, host, port, backlog=256)
    async with server:
        await server.serve_forever()


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
