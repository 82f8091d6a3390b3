"""A Chromium for the browser tests: Debian's, which root installs, else the system's, else one without rights.

Debian's headless shell is Chromium without the browser's own window, tabs and menus, which cost as much as the pages.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import brotli

CACHE = Path(__file__).resolve().parents[1] / ".cache"
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")
# Made for machines without packages: Chromium, the libraries and the font that it needs. MIT and BSD licences.
PORTABLE = "https://registry.npmjs.org/@sparticuz/chromium/-/chromium-153.0.0.tgz"
PORTABLE_SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="


@dataclass(frozen=True, slots=True)
class Chromium:
    """The program and what must stand in its environment."""

    path: str
    environ: dict[str, str] = field(default_factory=dict)


def find() -> Chromium:
    """The Chromium to use; once per machine it is fetched. Raises what goes wrong: no browser test is skipped."""
    with _alone():
        if shutil.which(SHELL) is None:
            _install_from_debian()
        path = next(filter(None, map(shutil.which, NAMES)), None)
        return Chromium(path) if path else _portable(CACHE / "chromium-153")


def _install_from_debian() -> None:
    """Nothing happens where the user is not root, or where the machine is no Debian."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print(f"tests: installing Debian's {SHELL}", file=sys.stderr, flush=True)
    with (CACHE / "apt.log").open("ab") as log:
        for words in (["update"], ["install", "-y", "--no-install-recommends", SHELL]):
            subprocess.run(["apt-get", *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)


def _portable(folder: Path) -> Chromium:
    program = folder / "chromium"
    if not program.exists():
        print(f"tests: fetching {PORTABLE}", file=sys.stderr, flush=True)
        _unpack(_fetch(), folder)
    library = folder / "lib"
    return Chromium(
        str(program),
        {
            "LD_LIBRARY_PATH": f"{library}:{folder}",
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),  # without a font no text is seen at all
            "HOME": str(folder),
        },
    )


def _fetch() -> bytes:
    with urlopen(PORTABLE, timeout=120) as answer:
        content: bytes = answer.read()
    found = base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != PORTABLE_SHA512:
        raise RuntimeError(f"{PORTABLE} is not the file that was pinned")
    return content


def _unpack(package: bytes, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(package)) as tar:
        for name in ("al2023", "fonts", "swiftshader"):
            packed = _read(tar, f"package/bin/{name}.tar.br")
            with tarfile.open(fileobj=io.BytesIO(brotli.decompress(packed))) as inner:
                inner.extractall(folder)  # Python 3.11.2 knows no filter; the bytes are those that were pinned
        program = brotli.decompress(_read(tar, "package/bin/chromium.br"))
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{folder / 'fonts'}</dir><cachedir>{folder / 'fontcache'}</cachedir></fontconfig>"
    )
    unfinished = folder / "chromium.new"
    unfinished.write_bytes(program)
    unfinished.chmod(0o755)
    unfinished.rename(folder / "chromium")


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(name)
    assert member is not None, name
    return member.read()


@contextmanager
def _alone() -> Iterator[None]:
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
