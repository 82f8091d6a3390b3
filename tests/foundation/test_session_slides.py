"""A session lives half an hour from the last request, and is written once a minute at most."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from adminduk.foundation.models import Session
from adminduk.foundation.sessions import SessionStore

pytestmark = pytest.mark.usefixtures("database")


def loaded_with(minutes_left: int) -> SessionStore:
    store = SessionStore()
    store["x"] = 1
    store.save()
    Session.objects.update(expires_at=timezone.now() + timedelta(minutes=minutes_left))
    again = SessionStore(store.session_key)
    assert again["x"] == 1
    return again


def test_after_a_while_the_half_hour_begins_anew() -> None:
    store = loaded_with(minutes_left=10)
    store.slide()
    assert store.modified
    store.save()
    assert Session.objects.get().expires_at > timezone.now() + timedelta(minutes=29)


def test_within_the_same_minute_nothing_is_written() -> None:
    store = loaded_with(minutes_left=30)
    store.slide()
    assert not store.modified


def test_a_session_that_is_over_does_not_come_back() -> None:
    store = SessionStore()
    store.save()
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    again = SessionStore(store.session_key)
    assert again.load() == {}
    again.slide()
    assert not again.modified
