"""What the demo's stand-ins tell: its people and their papers, and every message that left. Read over HTTP."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from adminduk.catalogue.text import Text
from adminduk.kernel.errors import NotFound, Unavailable
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.modules.accounts.types import EMAIL, Address, Identity

_SECONDS = 5.0
_LARGEST = 12_000_000
_NAME = re.compile(r"[a-z0-9_.\-]{1,80}")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a story person, fictional and marked so."""

    label: Text
    name: str


@dataclass(frozen=True, slots=True)
class StoryPerson:
    """Somebody fictional with a role in the demo. `shows`: what can be tried as this person."""

    key: str
    shows: Text
    name: str
    nik: str
    no_kk: str
    birth_date: str
    region: str
    region_name: str
    age: int
    papers: tuple[Paper, ...]

    @property
    def address(self) -> str:
        """An e-mail address that leads to the demo's mailbox."""
        return f"{self.key.replace('_', '-')}@contoh.example"

    @property
    def own_address(self) -> Address:
        """The same, as sign-in takes it."""
        return Address.parse(EMAIL, self.address)

    @property
    def identity(self) -> Identity:
        """The four answers that this person gives."""
        born = date.fromisoformat(self.birth_date)
        return Identity(nik=Nik.parse(self.nik), no_kk=NoKk.parse(self.no_kk), name=self.name, birth_date=born)

    @property
    def place(self) -> RegionCode:
        """Where he lives."""
        return RegionCode.parse(self.region)


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that left the portal. `kind`: mail or sms."""

    kind: str
    to: str
    subject: str
    text: str
    sent_at: datetime


def story_people() -> tuple[StoryPerson, ...]:
    """Everybody whom the demo introduces. Raises Unavailable."""
    return tuple(
        StoryPerson(
            key=each["key"],
            shows=Text(**each["shows"]),
            papers=tuple(Paper(Text(**paper["label"]), paper["name"]) for paper in each["documents"]),
            **{name: each[name] for name in ("name", "nik", "no_kk", "birth_date", "region", "region_name", "age")},
        )
        for each in _json(settings.ENVIRONMENT.register_url, "/story")
    )


def paper(key: str, name: str) -> tuple[bytes, str]:
    """Content and type of a document. Raises NotFound, Unavailable."""
    if not _NAME.fullmatch(key) or not _NAME.fullmatch(name):
        raise NotFound("paper")
    return _get(settings.ENVIRONMENT.register_url, f"/story/{quote(key)}/{quote(name)}")


def paper_of_kind(person: StoryPerson, kind: str) -> bytes | None:
    """The person's document of a kind, for example "kk"; None when he has none. Raises Unavailable."""
    name = next((each.name for each in person.papers if each.name.partition(".")[0] == kind), None)
    return None if name is None else paper(person.key, name)[0]


def sent_messages(count: int) -> tuple[SentMessage, ...]:
    """The newest messages of both kinds, newest first. Raises Unavailable."""
    mails = [
        SentMessage("mail", each["to"], each["subject"], each["text"], parsedate_to_datetime(each["date"]))
        for each in _json(settings.ENVIRONMENT.mailbox_url, f"/messages?count={count}")
    ]
    texts = [
        SentMessage("sms", each["to"], "", each["text"], datetime.fromisoformat(each["date"]))
        for each in _json(settings.ENVIRONMENT.sms_box_url, f"/messages?count={count}")
    ]
    return tuple(sorted([*mails, *texts], key=lambda message: message.sent_at, reverse=True)[:count])


def _json(base: str, path: str) -> Any:
    try:
        return json.loads(_get(base, path)[0])
    except ValueError as error:
        raise Unavailable from error


def _get(base: str, path: str) -> tuple[bytes, str]:
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_SECONDS)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read(_LARGEST)
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable from error
    finally:
        connection.close()
    if response.status == http.client.NOT_FOUND:
        raise NotFound("paper")
    if response.status != http.client.OK:
        raise Unavailable
    return body, response.headers.get("Content-Type", "application/octet-stream")
