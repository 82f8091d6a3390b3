"""A message as it goes over the wire; nothing that a person typed can become a header of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Final

from adminduk.modules.notifications.ports import OutgoingMail

_LONGEST_SUBJECT: Final = 200
_LONGEST_ADDRESS: Final = 254
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])")
_MESSAGE_ID: Final = re.compile(r"[A-Za-z0-9._\-]{1,120}(?:@[A-Za-z0-9.\-]{1,120})?")
_HEADER_NAME: Final = re.compile(
    r"(?:X-[A-Za-z0-9\-]{1,60}|List-Id|List-Help|Content-Language|Reply-To|References|In-Reply-To)"
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_IN_BODY: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadMail(Exception):
    """This message cannot be sent as it is. `code`: address, message_id, header, subject. No value is named."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def compose(mail: OutgoingMail, *, sender: str, now: datetime) -> EmailMessage:
    """Build the message. `sender` is "Name <address>"; `now` is aware. Raises BadMail."""
    if not is_address(mail.to):
        raise BadMail("address")
    name, from_address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message.set_content(_CONTROL_IN_BODY.sub("", mail.body), cte="quoted-printable")
    try:
        message["From"] = Address(display_name=name, addr_spec=from_address)
        message["To"] = Address(addr_spec=mail.to)
        message["Subject"] = _one_line(mail.subject, _LONGEST_SUBJECT, "subject")
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{_message_id(mail.message_id, from_address)}>"
        # Asks automatic answers not to answer (RFC 3834), and keeps replies out of lists' machinery.
        message["Auto-Submitted"] = "auto-generated"
        message["List-Id"] = f"<layanan.{from_address.partition('@')[2]}>"
        _add(message, mail.headers)
    except (HeaderParseError, MessageError, ValueError, IndexError):
        raise BadMail("header") from None
    return message


def is_address(text: str) -> bool:
    """A plain address: one @, no quoting, no comments, no line breaks."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None and ".." not in text


def _add(message: EmailMessage, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name):
            raise BadMail("header")
        del message[name]
        message[name] = _one_line(value, 500, "header")


def _one_line(text: str, limit: int, code: str) -> str:
    """Raises BadMail for a line break or control character: such a value did not come from our texts."""
    if _CONTROL.search(text):
        raise BadMail(code)
    return text[:limit]


def _message_id(text: str, from_address: str) -> str:
    """The id without brackets; the sender's domain is added when it has none."""
    bare = text.removeprefix("<").removesuffix(">")
    if not _MESSAGE_ID.fullmatch(bare):
        raise BadMail("message_id")
    return bare if "@" in bare else f"{bare}@{from_address.partition('@')[2]}"
