"""Web sessions in the database, encrypted whole, found by a blind index: a stolen dump opens no session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, SessionBase, UpdateError
from django.utils import timezone
from django.utils.crypto import get_random_string

from adminduk.foundation import crypto
from adminduk.foundation.database.statements import fetch_one, run
from adminduk.foundation.models import Session

_SLIDES_EVERY = timedelta(minutes=1)
_LOAD = "SELECT content, expires_at FROM foundation_session WHERE key = %s AND expires_at > %s"
_LOAD_AND_ASK = """
SELECT content, expires_at, told.* FROM foundation_session LEFT JOIN LATERAL ({}) AS told ON true
WHERE key = %s AND expires_at > %s"""
_INSERT = "INSERT INTO foundation_session (content, expires_at, key) VALUES (%s, %s, %s) ON CONFLICT (key) DO NOTHING"
_REPLACE = f"WITH left_behind AS (DELETE FROM foundation_session WHERE key = %s) {_INSERT}"  # noqa: S608 - constant
_UPDATE = "UPDATE foundation_session SET content = %s, expires_at = %s WHERE key = %s"
_RANDOM = 32  # characters at the head of a key: what nobody can guess

_Holder = tuple[str, UUID]  # under which name the content has him, and his id


def _index(session_key: str) -> bytes:
    return crypto.blind_index(session_key, purpose="session")


def _context(session_key: str) -> str:
    return f"foundation_session|content|{_index(session_key).hex()}|"


class SessionStore(SessionBase):
    """Django's session interface over `foundation.Session`.

    Each request asks whether the person who is signed in still is. So that this comes with the content in one answer,
    the key of his session ends in his id. It tells whom to ask about, and no more: who is signed in stands in the
    content alone, and a key with another end opens nothing.
    """

    asks_of: ClassVar[Mapping[str, str]] = {}  # by the name that the content has him under: a question about one id
    _ends_at: datetime | None = None
    _told: tuple[_Holder, tuple[Any, ...]] | None = None
    _left_behind: str | None = None

    def told_of(self, name: str, person: UUID) -> tuple[Any, ...] | None:
        """What was answered about just this person when the session was read; None if it must be asked."""
        return self._told[1] if self._told is not None and self._told[0] == (name, person) else None

    def slide(self) -> None:
        """Somebody is there: the session's time begins anew. Written once a minute at most."""
        ends_at = self._ends_at
        if ends_at is not None and self.get_expiry_date() - ends_at >= _SLIDES_EVERY:
            self.modified = True

    def load(self) -> dict[str, Any]:
        """The content, or an empty session with no key if there is none, it has ended, or it cannot be opened."""
        row = self._read(self.session_key) if self.session_key else None
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

    def _read(self, key: str) -> tuple[Any, ...] | None:
        holder, values = self._holder_in(key), [_index(key), timezone.now()]
        if holder is None:
            return fetch_one(_LOAD, values)
        row = fetch_one(_LOAD_AND_ASK.format(self.asks_of[holder[0]]), [holder[1], *values])
        if row is not None and row[2] is not None:
            self._told = holder, row[2:]
        return row

    def _holder_in(self, key: str) -> _Holder | None:
        for name in self.asks_of:
            if key[_RANDOM:].startswith(name[0]):
                try:
                    return name, UUID(hex=key[_RANDOM + 1 :])
                except ValueError:
                    return None
        return None

    def _new_key(self) -> str:
        """As long as the session is nobody's, of random characters alone."""
        random, content = get_random_string(_RANDOM, VALID_KEY_CHARS), self._get_session(no_load=True)  # type: ignore[attr-defined]
        ends = (name[0] + UUID(content[name]["id"]).hex for name in self.asks_of if name in content)
        return random + next(ends, "")

    def renew(self) -> None:
        """As `flush`, for a session that begins at once: the row of before goes when the new one is written."""
        self.clear()
        self._left_behind, self._session_key = self.session_key, None

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key=_index(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._new_key()
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
        if not must_create:
            statement = _UPDATE
        elif self._left_behind:
            statement, values, self._left_behind = _REPLACE, [_index(self._left_behind), *values], None
        else:
            statement = _INSERT
        if run(statement, values) == 0:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            run("DELETE FROM foundation_session WHERE key = %s", [_index(key)])

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=timezone.now()).delete()
