"""tus over a real line that can break in the middle of a part."""

from __future__ import annotations

import http.client
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SPEAKS = {"Tus-Resumable": "1.0.0"}


@dataclass
class Line:
    """Somebody signed in, at the page of a document."""

    base_url: str
    session_key: str
    page: str
    token: str = ""
    cookies: str = ""

    def open(self) -> None:
        """Load the page: its form's mark is needed for everything else."""
        status, headers, body = self._ask("GET", self.page, {"Cookie": f"sesi={self.session_key}"})
        assert status == 200, status
        found, given = _TOKEN.search(body.decode()), re.findall(r"csrftoken=([^;]+)", str(headers))
        assert found and given
        self.token, self.cookies = found[1], f"sesi={self.session_key}; csrftoken={given[0]}"

    def begin(self, length: int) -> str:
        """The address of a new upload."""
        status, headers, _ = self._ask("POST", f"{self.page}/unggahan", {"Upload-Length": str(length)})
        assert status == 201, status
        return headers["Location"]

    def reached(self, address: str) -> int:
        """How many bytes the portal says that it has."""
        status, headers, _ = self._ask("HEAD", address, {})
        assert status == 200, status
        return int(headers["Upload-Offset"])

    def send(self, address: str, data: bytes, offset: int) -> int:
        """One part; returns what is acknowledged. Raises OSError, HTTPException when no answer comes."""
        status, headers, _ = self._ask("PATCH", address, self._part(offset), data)
        assert status == 204, status
        return int(headers["Upload-Offset"])

    def break_off(self, address: str, data: bytes, offset: int) -> None:
        """Half of a part, and the line is gone."""
        parts = urlsplit(self.base_url)
        with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=30) as line:
            given = {**_SPEAKS, **self._marks(), **self._part(offset), "Content-Length": str(len(data)), "Host": "x"}
            given["Host"] = parts.netloc
            head = f"PATCH {address} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in given.items())
            line.sendall(head.encode() + b"\r\n" + data[: len(data) // 2])

    def finish(self, address: str) -> int:
        """Send the form that takes the file; returns the status."""
        form = {"csrfmiddlewaretoken": self.token, "key": str(uuid4()), "kirim": "1", "unggahan": address[-36:]}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", self.page, kind, urlencode(form).encode())[0]

    def _part(self, offset: int) -> dict[str, str]:
        return {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}

    def _marks(self) -> dict[str, str]:
        return {"Cookie": self.cookies, "X-CSRFToken": self.token} if self.token else {}

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        parts = urlsplit(self.base_url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            connection.request(method, path, body, {**_SPEAKS, **self._marks(), **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()
