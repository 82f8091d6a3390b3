"""Pages asked for without a browser, by Django's test client."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client


@pytest.fixture(scope="session", autouse=True)
def _as_installed(collected_statics: Path) -> None:
    """Each page names sheets and scripts as an installation serves them."""


@pytest.fixture
def visitor(database: None) -> Client:
    """A browser that nobody has used yet; refusals of CSRF are real."""
    return Client(enforce_csrf_checks=True)
