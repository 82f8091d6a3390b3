"""Web sessions in the database, encrypted whole, found by a blind index: a stolen dump opens no session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, SessionBase, UpdateError
from django.utils import timezone
from django.utils.crypto import get_random_string

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_one, run
from adminduk.foundation.models import Session

_SLIDES_EVERY = timedelta(minutes=1)
_LOAD = "SELECT content, expires_at FROM foundation_session WHERE key = %s AND expires_at > %s"
_INSERT = "INSERT INTO foundation_session (content, expires_at, key) VALUES (%s, %s, %s) ON CONFLICT (key) DO NOTHING"
_UPDATE = "UPDATE foundation_session SET content = %s, expires_at = %s WHERE key = %s"


def _index(session_key: str) -> bytes:
    return crypto.blind_index(session_key, purpose="session")


def _context(session_key: str) -> str:
    return f"foundation_session|content|{_index(session_key).hex()}|"


class SessionStore(SessionBase):
    """Django's session interface over `foundation.Session`."""

    _ends_at: datetime | None = None

    def slide(self) -> None:
        """Somebody is there: the session's time begins anew. Written once a minute at most."""
        ends_at = self._ends_at
        if ends_at is not None and self.get_expiry_date() - ends_at >= _SLIDES_EVERY:
            self.modified = True

    def load(self) -> dict[str, Any]:
        """The content, or an empty session with no key if there is none, it has ended, or it cannot be opened."""
        row = fetch_one(_LOAD, [_index(self.session_key), timezone.now()]) if self.session_key else None
        if row is not None and self.session_key:
            try:
                content: dict[str, Any] = crypto.decrypt_json(row[0], context=_context(self.session_key))
            except (InvalidTag, KeyError):
                content = {}
            else:
                self._ends_at = row[1]
                return content
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key=_index(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = get_random_string(32, VALID_KEY_CHARS)
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the session. Raises UpdateError if it was ended elsewhere meanwhile."""
        if self.session_key is None:
            self.create()
            return
        key = self.session_key
        content = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = [crypto.encrypt_json(content, context=_context(key)), self.get_expiry_date(), _index(key)]
        if run(_INSERT if must_create else _UPDATE, values) == 0:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            run("DELETE FROM foundation_session WHERE key = %s", [_index(key)])

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=timezone.now()).delete()
