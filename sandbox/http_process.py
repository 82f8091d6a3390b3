"""What the stand-ins share: a small HTTP server, a health answer, and a switch that makes them misbehave on demand."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

NORMAL = "normal"
SLOW = "slow"
DOWN = "down"
_LONGEST_BODY = 1_000_000


class Switch:
    """How the process behaves now; changed while it runs. Safe to use from many threads."""

    def __init__(self, modes: tuple[str, ...], *, slow_seconds: float = 6.0) -> None:
        self.modes = modes
        self._lock = threading.Lock()
        self._changed = threading.Event()
        self._mode = NORMAL
        self._slow_seconds = slow_seconds
        self._kind = ""
        self._turns = 0

    @property
    def mode(self) -> str:
        return self._mode

    @property
    def kind(self) -> str:
        """Which of several ways to misbehave; empty: one after the other."""
        return self._kind

    def change(self, raw: Mapping[str, Any]) -> None:
        """Take {"mode", optional "seconds" (of slow) and "kind"}. Raises ValueError for an unknown mode."""
        mode = raw.get("mode")
        if mode not in self.modes:
            raise ValueError(f"mode must be one of {', '.join(self.modes)}")
        with self._lock:
            self._mode = str(mode)
            self._slow_seconds = float(raw.get("seconds", self._slow_seconds))
            self._kind = str(raw.get("kind", ""))
            self._turns = 0
            self._changed.set()
            self._changed = threading.Event()

    def next_turn(self) -> int:
        """0, 1, 2 … since the last change."""
        with self._lock:
            self._turns += 1
            return self._turns - 1

    def hold_if_slow(self) -> None:
        """In mode slow: hold the caller for the seconds asked for, or until the switch is changed."""
        if self._mode == SLOW:
            self._changed.wait(self._slow_seconds)


class Handler(BaseHTTPRequestHandler):
    """Answers GET /health and POST /switch; the rest goes to `get` and `post` of the subclass."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave in one packet
    timeout = 30
    switch: ClassVar[Switch]

    def get(self, path: str, query: Mapping[str, str]) -> None:
        self.send_json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def post(self, path: str, body: bytes) -> None:
        self.send_json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def health(self) -> Mapping[str, Any]:
        """What the subclass adds to the health answer."""
        return {}

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/health":
            self.send_json({"status": "ok", "mode": self.switch.mode, **self.health()})
        else:
            self.get(parts.path, {key: values[-1] for key, values in parse_qs(parts.query).items()})

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _LONGEST_BODY:
            self.close_connection = True
            self.send_json({"error": "length"}, HTTPStatus.LENGTH_REQUIRED)
            return
        body = self.rfile.read(int(length))
        if urlsplit(self.path).path == "/switch":
            self._turn_switch(body)
        else:
            self.post(urlsplit(self.path).path, body)

    def _turn_switch(self, body: bytes) -> None:
        raw = read_object(body)
        try:
            self.switch.change(raw)
        except (ValueError, TypeError) as error:
            self.send_json({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        else:
            self.send_json({"mode": self.switch.mode})

    def hang_up(self) -> None:
        """Behave as if down: 503 and a broken connection in turns."""
        self.close_connection = True
        if self.switch.next_turn() % 2:
            self.send_bytes(b"Service Unavailable", "text/plain", HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self.connection.close()

    def send_json(self, value: object, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_bytes(json.dumps(value, ensure_ascii=False).encode(), "application/json", status)

    def send_bytes(self, body: bytes, content_type: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        return "sandbox"

    def log_message(self, *args: Any) -> None:
        """Say nothing: a line for each request would carry numbers of people."""


class Server(ThreadingHTTPServer):
    """A thread for each connection; takes many at once, and ends with the process."""

    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are the rule in the tests; whatever else goes wrong is a fault of ours and is said."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`; empty when it is none."""
    try:
        raw = json.loads(body)
    except ValueError:
        return {}
    return raw if isinstance(raw, dict) else {}


def argument_parser(description: str) -> argparse.ArgumentParser:
    """The options that all stand-ins have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder for what has to be kept")
    return parser
