"""Web sessions of this portal: of whom they speak, and what each request asks about him along with them."""

from __future__ import annotations

from typing import ClassVar

from adminduk.foundation import sessions
from adminduk.modules.accounts import queries as accounts
from adminduk.modules.offices import queries as offices


class SessionStore(sessions.SessionStore):
    """Named by SESSION_ENGINE: the foundation knows neither accounts nor offices."""

    asks_of: ClassVar = {"citizen": accounts.SESSION_OF, "officer": offices.SESSION_OF}
