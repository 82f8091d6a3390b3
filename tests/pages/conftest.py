"""Static files are collected once, as an installation does."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client


@pytest.fixture(scope="session", autouse=True)
def collected_statics() -> Path:
    """Hashed, minified, packed."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    from adminduk.foundation.pages import statics

    call_command("collectstatic", interactive=False, verbosity=0)
    staticfiles_storage.hashed_files = staticfiles_storage.load_manifest()[0]  # type: ignore[attr-defined]
    for remembered in (statics.url_of, statics.sheet, statics.version, statics.style_hash):
        remembered.cache_clear()
    return Path(settings.STATIC_ROOT)


@pytest.fixture
def visitor(database: None) -> Client:
    """A browser that nobody has used yet; refusals of CSRF are real."""
    return Client(enforce_csrf_checks=True)
