"""Every type of question can be asked in every web channel, and is cleaned by one function."""

from __future__ import annotations

import re

import pytest

from adminduk.catalogue.field_types import FIELD_TYPES
from tests.architecture.tree import ROOT

FORM = ROOT / "adminduk" / "foundation" / "pages" / "templates" / "macros" / "form.html"


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_the_form_macros_know_the_type(name: str) -> None:
    assert re.search(rf"""["']{name}["']""", FORM.read_text(encoding="utf-8")), (
        f"macros/form.html has no widget for {name}"
    )


def test_the_form_macros_know_no_other_type() -> None:
    named = set(re.findall(r"""question\.type (?:==|in) \(?["']([a-z_]+)["']""", FORM.read_text(encoding="utf-8")))
    assert named <= set(FIELD_TYPES)
