"""The people of the stories, their papers, and what they find in their mailbox."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import FilePayload

from tests.portal import Portal

_CODE = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
_ARRIVES_WITHIN = 90.0  # seconds; what is done by the minute takes up to one
_TYPES = {"jpg": "image/jpeg", "heic": "image/heic", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the register knows. `papers`: file names of his documents by their kind."""

    key: str
    name: str
    nik: str
    no_kk: str
    birth_date: str
    region: str
    region_name: str
    papers: dict[str, str]


def person(portal: Portal, key: str) -> Person:
    """The person with this role."""
    (found,) = [one for one in portal.register.get("/story") if one["key"] == key]
    papers = {paper["kind"]: paper["name"] for paper in found["documents"]}
    told = {name: str(found[name]) for name in Person.__dataclass_fields__ if name != "papers"}
    return Person(**told, papers=papers)


def paper_of(portal: Portal, owner: Person, kind: str) -> FilePayload:
    """His document, as a phone would choose it."""
    name = owner.papers[kind]
    with urlopen(f"{portal.register.url}/story/{owner.key}/{name}", timeout=60) as answer:
        return {"name": name, "mimeType": _TYPES[name.rpartition(".")[2]], "buffer": answer.read()}


def mails(portal: Portal, address: str, *, count: int = 1) -> list[dict[str, Any]]:
    """At least so many mails to the address, oldest first; waits for them."""
    return _arrived(lambda: portal.mails_to(address), count)[::-1]


def texts(portal: Portal, number: str, *, count: int = 1) -> list[dict[str, Any]]:
    """At least so many SMS to the number, oldest first; waits for them."""
    return _arrived(lambda: portal.texts_to(number), count)[::-1]


def _arrived(look: Callable[[], list[dict[str, Any]]], count: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + _ARRIVES_WITHIN
    while True:
        found = look()
        if len(found) >= count:
            return found
        assert time.monotonic() < deadline, f"{len(found)} of {count} messages after {_ARRIVES_WITHIN} s"
        time.sleep(0.1)  # nothing tells a reader that a letter has arrived


def code_in(message: dict[str, Any]) -> str:
    """The six digits of a message."""
    found = _CODE.search(f"{message.get('subject', '')} {message['text']}")
    assert found, message
    return found.group()
