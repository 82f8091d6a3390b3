"""Servers that behave badly at the level of bytes, which a stand-in cannot."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def answering(first: bytes, *, drip: bytes = b"") -> Iterator[int]:
    """A port that sends `first` to whoever connects, then `drip` every tenth of a second without end."""
    ended = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while not ended.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                _feed(client)

    def _feed(client: socket.socket) -> None:
        try:
            client.sendall(first)
            while drip and not ended.wait(0.1):
                client.sendall(drip)
            if first and not drip:
                client.shutdown(socket.SHUT_WR)
                while client.recv(65_536):
                    pass
        except OSError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=5)
