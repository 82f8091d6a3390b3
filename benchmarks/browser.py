"""A browser without a screen, as cheap as possible for the machine that is measured: cookies, forms, redirects."""

from __future__ import annotations

import gzip
import http.client
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urldefrag, urlencode, urlsplit

import brotli

_HEADERS = {"Accept-Language": "id", "Accept": "text/html", "Accept-Encoding": "br, gzip"}
_OPEN = {"br": brotli.decompress, "gzip": gzip.decompress}


@dataclass
class Form:
    """A form of a page: where it goes, and what its fields hold already."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """An answer after all redirects. `received` counts the bytes of head and body as they came over the wire."""

    url: str
    status: int
    body: str
    received: int

    def forms(self) -> list[Form]:
        """All forms in order."""
        reader = _FormReader(self.url)
        reader.feed(self.body)
        return reader.forms

    def form(self, action_part: str) -> Form:
        """The form whose address holds `action_part`. Raises LookupError."""
        for form in self.forms():
            if action_part in form.action and form.method == "post":
                return form
        raise LookupError(f"{self.url} (status {self.status}) has no form to {action_part}")


@dataclass(frozen=True)
class Upload:
    """A file for a form."""

    name: str
    content: bytes


class Unexpected(Exception):
    """The portal answered otherwise than it does to a person who does everything right."""


class Browser:
    """One person. `timings` collects (step, seconds, bytes received) of whole steps, redirects included.

    `address` is the client's own (127.0.0.0/8), because tries are counted by it.
    """

    def __init__(self, base_url: str, *, address: str = "127.0.0.1") -> None:
        parts = urlsplit(base_url)
        self._base_url = base_url
        self._connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=60, source_address=(address, 0)
        )
        self._cookies: dict[str, str] = {}
        self.timings: list[tuple[str, float, int]] = []

    def twin(self) -> Browser:
        """The same person with the same page open in another window: cookies shared so far, a connection of its own."""
        other = Browser(self._base_url)
        other._cookies = dict(self._cookies)
        return other

    def remember(self, name: str, value: str) -> None:
        """Keep a cookie."""
        self._cookies[name] = value

    def close(self) -> None:
        self._connection.close()

    def get(self, url: str, *, step: str) -> Page:
        return self._timed(step, "GET", url, b"", {})

    def post(self, form: Form, *, step: str, **values: str) -> Page:
        """Send a form, with `values` over what its fields hold."""
        body = urlencode({**form.fields, **values}).encode()
        return self._timed(step, "POST", form.action, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def knock(self, form: Form, *, step: str) -> int:
        """Send a form and follow nothing; returns the answer's status, whatever it is."""
        began = time.perf_counter()
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        answer, _, size = self._send("POST", form.action, urlencode(form.fields).encode(), head)
        self.timings.append((step, time.perf_counter() - began, size))
        return answer.status

    def upload(self, form: Form, field_name: str, file: Upload, *, step: str, **values: str) -> Page:
        """Send a form with one file."""
        boundary = secrets.token_hex(12)
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**form.fields, **values}.items()
            if name != field_name
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field_name}"; filename="{file.name}"\r\n\r\n'
        body = b"".join((*parts, head.encode(), file.content, f"\r\n--{boundary}--\r\n".encode()))
        return self._timed(
            step, "POST", form.action, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        )

    def _timed(self, step: str, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Page:
        began = time.perf_counter()
        page = self._follow(method, url, body, headers)
        self.timings.append((step, time.perf_counter() - began, page.received))
        if page.status >= 400:
            raise Unexpected(f"{step}: {method} {url} ended at {page.url} with {page.status}")
        return page

    def _follow(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Page:
        received = 0
        for _ in range(6):
            answer, text, size = self._send(method, url, body, headers)
            received += size
            location = answer.getheader("Location")
            if answer.status not in (301, 302, 303) or location is None:
                return Page(url, answer.status, text, received)
            method, url, body, headers = "GET", urldefrag(location).url, b"", {}
        raise Unexpected(f"{url}: redirects without end")

    def _send(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, str, int]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        origin = {"Origin": self._base_url, "Cookie": cookies}
        self._connection.request(method, url, body=body or None, headers={**_HEADERS, **headers, **origin})
        answer = self._connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                for key, morsel in SimpleCookie(value).items():
                    self._cookies[key] = morsel.value
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 20
        opened = _OPEN.get(answer.getheader("Content-Encoding") or "", bytes)(content)
        return answer, opened.decode("utf-8", "replace"), len(content) + head


class _FormReader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(attributes.get("action") or self._url, attributes.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._read_field(tag, attributes)

    def _read_field(self, tag: str, attributes: Mapping[str, str]) -> None:
        assert self._open is not None
        name, kind = attributes.get("name", ""), attributes.get("type", "text")
        if tag == "input" and kind in ("radio", "checkbox"):
            self._open.choices.setdefault(name, []).append(attributes.get("value", "on"))
            if "checked" in attributes:
                self._open.fields[name] = attributes.get("value", "on")
        elif tag == "input" and name and kind not in ("submit", "file"):
            self._open.fields[name] = attributes.get("value", "")
        elif tag == "textarea":
            self._area = name
            self._open.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._open.choices.setdefault(self._select, []).append(attributes.get("value", ""))
            if "selected" in attributes:
                self._open.fields[self._select] = attributes.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._area:
            self._open.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
