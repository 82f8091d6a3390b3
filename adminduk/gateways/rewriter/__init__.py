"""Makes new pictures from strangers' files in a limited child process (docs/adr/0010-rewriting-uploads.md).

Who runs what: the web process (`process_rewriter.py`) talks to one zygote (`zygote.py`), which has loaded the
decoders once and forks a child per file (`child.py`). The web process itself never imports a decoder.
"""
