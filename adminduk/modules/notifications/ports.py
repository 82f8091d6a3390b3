"""What the notifications module needs from outside: a way to send an e-mail and a way to send an SMS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One plain-text message to one address.

    `message_id` is ours and stays the same when sending is repeated, so that the receiver can drop a second copy:
    either whole ("<01HX@adminduk.example>") or only the part before the @. `headers` adds to the usual ones.
    """

    to: str
    subject: str
    body: str
    message_id: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """One short message (≤ 160 signs) to one number in the form +628…; the same `message_id` is sent on once."""

    to_e164: str
    text: str
    message_id: str


class MailSender(Protocol):
    """Called outside any transaction."""

    def send(self, mail: OutgoingMail) -> None:
        """Return when the mail server has taken the message over.

        Raises RefusedByOutside (no such address, refused for good) and Unavailable (try again with the same id).
        """


class SmsSender(Protocol):
    """Called outside any transaction."""

    def send(self, sms: OutgoingSms) -> None:
        """Return when the gateway has taken the message over.

        Raises RefusedByOutside (no such number, refused for good) and Unavailable (try again with the same id).
        """
