"""The shipped kinds of documents, and pages drawn in letters."""

from __future__ import annotations

import pytest

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.papers.papers import Papers


@pytest.fixture(scope="session")
def papers(catalogue: Catalogue) -> Papers:
    return catalogue.papers
