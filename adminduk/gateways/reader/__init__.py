"""Reads the text on pages that were made harmless before, on this machine alone (docs/adr/0012-reading-documents.md).

Who runs what: the process that wants a page read (`process_reader.py`) talks to one zygote, which has loaded the
models once (`work.py`) and forks a bound child per picture; only that child runs `engine.py` on pixels.
"""

from __future__ import annotations

from adminduk.gateways.reader.process_reader import ProcessReader


def from_environment(*, threads: int = 2) -> ProcessReader:
    """One reader for a process; its zygote starts with the first picture (or with `layers()`)."""
    return ProcessReader(threads=threads)
