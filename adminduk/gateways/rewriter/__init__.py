"""Makes new pictures from strangers' files in a limited child process (docs/adr/0010-rewriting-uploads.md).

Who runs what: the web process (`process_rewriter.py`) talks to one zygote (`bound_child`), which has loaded the
decoders once and forks a child per file (`work.py`). The web process itself never imports a decoder.
"""

from __future__ import annotations

from pathlib import Path

from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter


def from_environment(anchors: Path | None = None) -> ProcessRewriter:
    """One rewriter for a process; its zygote starts with the first file (or with `layers()`).

    `anchors`: a folder of certificates (PEM) whose signatures on PDFs are known. Raises OSError if it cannot be read.
    """
    return ProcessRewriter(anchors=_certificates_in(anchors) if anchors else "")


def _certificates_in(folder: Path) -> str:
    files = sorted(path for path in folder.iterdir() if path.suffix in (".pem", ".crt", ".cer"))
    return "\n".join(path.read_text("ascii") for path in files)
