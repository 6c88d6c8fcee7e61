"""How long somebody stays signed in (TRUST.md T41, T43).

Without a request for ``SESSION_COOKIE_AGE`` (30 minutes) a session ends, and after ``SESSION_ABSOLUTE_AGE``
(12 hours) in any case; one on a device that asked to be remembered lasts ``SESSION_REMEMBERED_AGE`` (30 days).
The row's own expiry holds the idle time; it is written again once a minute at most, so a page seldom writes.
"""

import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession

STARTED, SEEN, REMEMBERED = "mulai", "terlihat", "ingat"
REFRESH = 60  # seconds


class SessionStore(db.SessionStore):
    """The database session, with the moments of its start and of its last request."""

    def load(self) -> dict[str, Any]:
        data: dict[str, Any] = super().load()
        now = time.time()
        if now - data.get(STARTED, now) > _longest(data):
            self.delete(self.session_key)
            self._session_key = None
            return {}
        if not data.get(REMEMBERED) and now - data.get(SEEN, now) > REFRESH:
            self.modified = True
        return data

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        now = time.time()
        data.setdefault(STARTED, now)
        data[SEEN] = now
        return super().create_model_instance(data)

    def cycle_key(self) -> None:
        """At each sign-in: a new key, and the clock starts again."""
        self.pop(STARTED, None)
        super().cycle_key()

    def remember(self) -> None:
        self[REMEMBERED] = True
        self.set_expiry(timedelta(seconds=settings.SESSION_REMEMBERED_AGE))

    @property
    def is_remembered(self) -> bool:
        return bool(self.get(REMEMBERED))


def _longest(data: dict[str, Any]) -> int:
    age = settings.SESSION_REMEMBERED_AGE if data.get(REMEMBERED) else settings.SESSION_ABSOLUTE_AGE
    return int(age)
