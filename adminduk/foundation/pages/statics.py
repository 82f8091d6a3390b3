"""Static files: names with a hash, minified and compressed once, kept by browsers for ever.

A first page carries its stylesheet inside; later pages link it (the cookie `gaya` says that the browser has it).
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from markupsafe import Markup
from whitenoise.storage import CompressedManifestStaticFilesStorage

CITIZEN_SHEET = "citizen.css"
_IMPORT = re.compile(r'@import "([a-z_]+\.css)";')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_AFTER_COLON = re.compile(r":\s+")


def minified(css: str) -> str:
    """Without comments and needless spaces. Spaces inside selectors, calc() and media queries stay."""
    css = _SPACE.sub(" ", _COMMENT.sub("", css))
    css = _AFTER_COLON.sub(":", _AROUND.sub(r"\1", css))
    return css.replace(";}", "}").strip()


def bundled(path: Path) -> str:
    """The sheet with the sheets that it imports put in their place."""
    return _IMPORT.sub(lambda match: bundled(path.with_name(match[1])), path.read_text("utf-8"))


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's storage; stylesheets are bundled and minified before their name is made."""

    manifest_strict = False
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Any:
        """Write the minified sheets over the collected copies, then hash and compress all."""
        if not dry_run:
            for name, (storage, path) in paths.items():
                if name.endswith(".css"):
                    css = minified(bundled(Path(storage.path(path))))
                    self.delete(name)
                    self._save(name, ContentFile(css.encode()))
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def _hashed_name(name: str) -> str | None:
    """The name, with its folder, under which the file was collected; None before `collectstatic`."""
    hashed: str | None = getattr(staticfiles_storage, "hashed_files", {}).get(name)
    return hashed if hashed and Path(staticfiles_storage.path(hashed)).exists() else None


def _collected(name: str) -> Path | None:
    """The file that was collected, or None before `collectstatic`."""
    hashed = _hashed_name(name)
    return Path(staticfiles_storage.path(hashed)) if hashed else None


@cache
def url_of(name: str) -> str:
    """Where browsers find the file. Raises FileNotFoundError for a file that there is not."""
    hashed = _hashed_name(name)
    if hashed is not None:
        return f"{settings.STATIC_URL}{hashed}"
    if finders.find(name) is None:
        raise FileNotFoundError(name)
    return f"{settings.STATIC_URL}{name}"


@cache
def sheet(name: str = CITIZEN_SHEET) -> str:
    """The stylesheet's text, minified."""
    collected = _collected(name)
    if collected is not None:
        return collected.read_text("utf-8")
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return minified(bundled(Path(str(found))))


@cache
def version() -> str:
    """Short hash of the citizens' sheet."""
    return hashlib.sha256(sheet().encode()).hexdigest()[:8]


@cache
def style_hash() -> str:
    """What the content security policy says about the inlined sheet."""
    digest = hashlib.sha256(sheet().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def inline_style() -> Markup:
    """The element with the whole sheet."""
    return Markup("<style>") + Markup(sheet()) + Markup("</style>")  # noqa: S704 - our own file
