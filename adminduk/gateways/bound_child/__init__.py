"""Work on strangers' bytes in a limited child process, for the gateways that need one.

A *zygote* (`zygote.py`) has loaded all code once and forks a child per piece of work; the process that wants the work
holds the other end (`zygote_link.py`). A child gives up memory, time, files and network before it reads the first
byte (`confinement.py`, `system_call_filter.py`). See docs/adr/0010-rewriting-uploads.md.
"""
