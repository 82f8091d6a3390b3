"""What a browser would make of an answer: its HTML as elements, and the bytes that came over the wire."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import brotli
from django.http import HttpResponse
from django.test import Client

VOID = {"input", "br", "meta", "link", "img", "hr", "path", "circle", "rect", "wbr"}
INLINE_HANDLER = "on"
BROTLI = {"accept-encoding": "br, gzip"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]


@dataclass
class Document(HTMLParser):
    """Elements in order; `defects` says what is not well-formed or not allowed by our policy."""

    elements: list[Element] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.defects.append(f"<{tag}> has an attribute twice")
        self.defects += [f"<{tag} {name}>" for name in names if name == "style" or name.startswith(INLINE_HANDLER)]
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID and "/" not in names:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.defects.append(f"</{tag}> closes nothing that is open")

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        self.defects += [f"<{tag}> is not closed" for tag in self._open]

    def all(self, tag: str) -> list[dict[str, str]]:
        """Attributes of all elements of this name."""
        return [element.attributes for element in self.elements if element.tag == tag]


def read(response: Any) -> Document:
    """The elements of a page, packed or not."""
    content = response.content
    encoding = response.headers.get("Content-Encoding")
    if encoding is not None:
        content = brotli.decompress(content) if encoding == "br" else gzip.decompress(content)
    document = Document()
    document.feed(content.decode())
    document.close()
    return document


def defects_of(document: Document) -> list[str]:
    """What a page must not have: broken nesting, inline code, double ids, fields without a label, dead references."""
    ids = [element.attributes["id"] for element in document.elements if "id" in element.attributes]
    defects = document.defects + [f"id {each} twice" for each in {i for i in ids if ids.count(i) > 1}]
    labelled = {label["for"] for label in document.all("label") if "for" in label}
    for element in document.elements:
        given = element.attributes
        for name in ("aria-describedby", "aria-labelledby", "for"):
            defects += [f"{name} to {wanted}" for wanted in given.get(name, "").split() if wanted not in ids]
        if given.get("href", "").startswith("#") and given["href"][1:] not in ids:
            defects.append(f"link to {given['href']}")
        is_wrapped = given.get("type") in ("radio", "checkbox", "hidden") or given.get("inputmode") == "numeric"
        if element.tag in ("input", "textarea", "select") and given.get("id") not in labelled and not is_wrapped:
            defects.append(f"no label for {given}")
    return defects


def weight(response: HttpResponse) -> int:
    """Bytes of an answer: status line, headers, cookies and content."""
    headers = sum(len(f"{name}: {value}\r\n") for name, value in response.headers.items())
    cookies = sum(len(f"Set-Cookie: {morsel.OutputString()}\r\n") for morsel in response.cookies.values())
    return len("HTTP/1.1 200 OK\r\n\r\n") + headers + cookies + len(response.content)


def get(client: Client, path: str) -> HttpResponse:
    """The page as a browser asks for it."""
    response = client.get(path, headers=BROTLI)
    assert isinstance(response, HttpResponse)
    return response
