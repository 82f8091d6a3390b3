"""An SMTP server with STARTTLS and sign-in."""

from __future__ import annotations

import logging
import select
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from adminduk.gateways.mail.compose import BadMail, compose
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.notifications.ports import OutgoingMail

_SECONDS: Final = 10.0  # for each answer of the server; a mail server may think for a while
_TOTAL_SECONDS: Final = 45.0  # for the whole message: a server that sends a byte now and then ends here
_MOST_MESSAGES: Final = 50  # over one connection; servers end those that go on for ever
_log = logging.getLogger("adminduk.gateways.mail")


@dataclass(frozen=True, slots=True, repr=False)
class SmtpServer:
    """Where and as whom. The password never goes over a connection that is not encrypted and checked."""

    host: str
    port: int
    user: str
    password: str
    tls: ssl.SSLContext


class SmtpMailSender:
    """`MailSender`. A connection that took a message over rests until its time ends, and may take the next one.

    Signing in again for each message costs more than the message. One that has failed is not used again, so that no
    state is left behind by a failure.
    """

    def __init__(
        self,
        server: SmtpServer,
        *,
        sender: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        seconds: float = _SECONDS,
        total_seconds: float = _TOTAL_SECONDS,
    ) -> None:
        self._server = server
        self._sender = sender
        self._now = now
        self._seconds = seconds
        self._total_seconds = total_seconds
        self._lock = threading.Lock()
        self._resting: _Connection | None = None

    def send(self, mail: OutgoingMail) -> None:
        """Raises RefusedByOutside when the server refuses recipient or message for good (5xx), or the message is bad.

        Everything else is Unavailable, also a connection lost after the data were sent: the server may have kept the
        message, so it must be repeated with the same Message-ID. A refused sign-in or sender is the office's mistake,
        not the recipient's: Unavailable too.
        """
        try:
            message = compose(mail, sender=self._sender, now=self._now())
        except BadMail as error:
            raise RefusedByOutside(f"mail: {error.code}") from None
        started = time.monotonic()
        try:
            self._deliver(message, mail.to)
        except smtplib.SMTPRecipientsRefused as error:
            raise _judge(_code_of(error), "recipient", started) from None
        except smtplib.SMTPDataError as error:
            raise _judge(error.smtp_code, "data", started) from None
        except smtplib.SMTPException as error:
            raise _unavailable(type(error).__name__, started) from None
        except TimeoutError:
            raise _unavailable("time_out", started) from None
        except OSError:
            raise _unavailable("no_connection", started) from None

    def _deliver(self, message: EmailMessage, to: str) -> None:
        connection = self._rested() or self._signed_in()
        try:
            connection.send_message(message, to_addrs=[to])
        except BaseException:
            connection.close()
            raise
        self._let_rest(connection)

    def _rested(self) -> _Connection | None:
        with self._lock:
            connection, self._resting = self._resting, None
        if connection is None or connection.wakes_up():
            return connection
        connection.close()
        return None

    def _signed_in(self) -> _Connection:
        server = self._server
        name = parseaddr(self._sender)[1].partition("@")[2]
        connection = _Connection(server, name=name, seconds=self._seconds, total_seconds=self._total_seconds)
        try:
            connection.starttls(context=server.tls)
            connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _let_rest(self, connection: _Connection) -> None:
        """The message is over already: a failure from now on must not repeat it."""
        with self._lock:
            before, self._resting = self._resting, connection
        if before is not None:
            with suppress(OSError, smtplib.SMTPException):
                before.quit()
            before.close()


class _Connection(smtplib.SMTP):
    """Connects, and is cut `total_seconds` after it began or last woke up: smtplib bounds each wait alone.

    `name` spares a look-up of ours.
    """

    def __init__(self, server: SmtpServer, *, name: str, seconds: float, total_seconds: float) -> None:
        self._total_seconds = total_seconds
        self._begun = 1
        self._watchdog = self._watched()
        try:
            super().__init__(server.host, server.port, local_hostname=name, timeout=seconds)
        except BaseException:
            self._watchdog.cancel()
            raise

    def wakes_up(self) -> bool:
        """Begin another message. False: it has taken enough of them, or the other side has said or ended something."""
        self._watchdog.cancel()
        self._watchdog = self._watched()
        self._begun += 1
        if self.sock is None or self._begun > _MOST_MESSAGES:
            return False
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        return not poll.poll(0)

    def close(self) -> None:
        self._watchdog.cancel()
        super().close()

    def _watched(self) -> threading.Timer:
        watchdog = threading.Timer(self._total_seconds, self._cut)
        watchdog.daemon = True
        watchdog.start()
        return watchdog

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # below TLS: another thread is reading


def _code_of(error: smtplib.SMTPRecipientsRefused) -> int:
    return max((code for code, _ in error.recipients.values()), default=0)


def _judge(code: int, stage: str, started: float) -> RefusedByOutside | Unavailable:
    if 500 <= code < 600:
        return RefusedByOutside(f"mail: {stage}_{code}")
    return _unavailable(f"{stage}_{code}", started)


def _unavailable(code: str, started: float) -> Unavailable:
    milliseconds = round((time.monotonic() - started) * 1000)
    _log.warning("message not taken over", extra={"gateway": "mail", "code": code, "milliseconds": milliseconds})
    return Unavailable(f"mail: {code}")


def from_environment(*, url: str, sender: str, ca_file: str = "") -> SmtpMailSender:
    """Build it from the values of the environment: `url` is smtp://user:password@host:port.

    `ca_file` names the certificate authority of a private mail server; empty trusts what the system trusts. The
    server's name is always checked. Raises ValueError, OSError (no such file), ssl.SSLError (no certificate in it).
    """
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname or not parts.username or parts.password is None:
        raise ValueError("the address of the mail server must be smtp://user:password@host:port")
    tls = ssl.create_default_context(cafile=str(Path(ca_file)) if ca_file else None)
    tls.minimum_version = ssl.TLSVersion.TLSv1_2
    user, password = unquote(parts.username), unquote(parts.password)
    return SmtpMailSender(SmtpServer(parts.hostname, parts.port or 587, user, password, tls), sender=sender)
