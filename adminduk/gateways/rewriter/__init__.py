"""Makes new pictures from strangers' files in a limited child process (docs/adr/0010-rewriting-uploads.md).

Who runs what: the web process (`process_rewriter.py`) talks to one zygote (`zygote.py`), which has loaded the
decoders once and forks a child per file (`child.py`). The web process itself never imports a decoder.
"""

from __future__ import annotations

from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter


def from_environment(_environment: object = None) -> ProcessRewriter:
    """One rewriter for a process; its zygote starts with the first file (or with `layers()`)."""
    return ProcessRewriter()
