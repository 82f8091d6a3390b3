"""`python -m adminduk.config.web`: the web process, granian with the settings that fit this product."""

from __future__ import annotations

import argparse
import os
import sys

from adminduk.config.children import cores

THREADS_PER_WORKER = 4  # each holds one database connection


def granian_words(*, host: str, port: int, workers: int) -> tuple[str, ...]:
    """The command line after `python -m`."""
    return (
        "granian",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={THREADS_PER_WORKER}",
        "--backpressure=64",
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level=warning",
        "adminduk.config.wsgi:application",
    )


def main() -> None:
    """Become granian. A buffering proxy belongs in front: see docs/operations."""
    parser = argparse.ArgumentParser(description="Serve the portal; put a buffering proxy in front")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=cores())
    options = parser.parse_args()
    words = granian_words(host=options.host, port=options.port, workers=options.workers)
    os.execv(sys.executable, [sys.executable, "-m", *words])


if __name__ == "__main__":
    main()
