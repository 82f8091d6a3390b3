"""Web sessions in the database, encrypted whole, found by a blind index: a stolen dump opens no session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from adminduk.foundation import crypto
from adminduk.foundation.models import Session

_SLIDES_EVERY = timedelta(minutes=1)


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
        row = None
        if self.session_key:
            row = Session.objects.filter(key=_index(self.session_key), expires_at__gt=timezone.now()).first()
        if row is not None and self.session_key:
            try:
                content: dict[str, Any] = crypto.decrypt_json(row.content, context=_context(self.session_key))
            except (InvalidTag, KeyError):
                content = {}
            else:
                self._ends_at = row.expires_at
                return content
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key=_index(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
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
        values = {
            "content": crypto.encrypt_json(content, context=_context(key)),
            "expires_at": self.get_expiry_date(),
        }
        if must_create:
            try:
                with transaction.atomic():
                    Session.objects.create(key=_index(key), **values)
            except IntegrityError as error:
                raise CreateError from error
        elif not Session.objects.filter(key=_index(key)).update(**values):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key=_index(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=timezone.now()).delete()
