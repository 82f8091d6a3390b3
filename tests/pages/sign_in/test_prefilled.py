"""The demo fills in its people; nothing else ever does."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.pages.sign_in.test_sign_in_pages import SIGN_IN, text_of
from tests.usecases.sign_in.door import Door


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_in_the_demo(client: Client, door: Door, monkeypatch: pytest.MonkeyPatch, is_demo: bool) -> None:
    monkeypatch.setattr(settings, "IS_DEMO", is_demo)
    session = client.session
    session["prefill"] = {"nik": "3374115203849000", "name": "RATNA REKAAN", "birth_date": "1984-03-12"}
    session.save()
    page = text_of(client.get(SIGN_IN))
    assert ("3374 1152 0384 9000" in page, "RATNA REKAAN" in page) == (is_demo, is_demo)
