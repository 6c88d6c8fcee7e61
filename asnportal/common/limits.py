"""Limits against guessing: so many tries in so many seconds per key (a NIP, an address of the net).

Counted in Django's cache, which is a table of the database here (docs/decisions/cache-in-the-database.md), so
that all web processes count together. The counting itself is allauth's: under a lock, newest first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """``tries`` per ``seconds``; ``per`` is "key" (given by the caller) or "ip" (the client's address)."""

    name: str
    tries: int
    seconds: int
    per: str = "key"

    @property
    def rate(self) -> str:
        return f"{self.tries}/{self.seconds}s/{self.per}"


@dataclass(frozen=True)
class Standing:
    """How it stands: tries left, and until when none is taken (None while some are left)."""

    left: int
    locked_until: datetime | None


@dataclass
class Taken:
    """One try that was counted; give it back when it was no bad one."""

    usage: ratelimit.RateLimitUsage

    def give_back(self) -> None:
        self.usage.rollback()


def take(request: HttpRequest, limit: Limit, key: str = "") -> Taken | None:
    """Count one try; None when there are none left, or when the counter cannot be read (fail closed)."""
    usage = ratelimit.consume(
        request,
        app="tepian",
        action=limit.name,
        config={limit.name: limit.rate},
        key=key,
        limit_get=True,
    )
    return Taken(usage) if usage else None


def standing(request: HttpRequest, limit: Limit, key: str = "") -> Standing:
    """Read without counting."""
    rate = ratelimit.parse_rate(limit.rate)
    place = ratelimit.get_cache_key(request, app="tepian", action=limit.name, rate=rate, key=key)
    now = datetime.now(UTC)
    tries = [at for at in cache.get(place, []) if at > now.timestamp() - limit.seconds]
    left = max(limit.tries - len(tries), 0)
    # The lock opens when the oldest of the counted tries is too old to count.
    until = datetime.fromtimestamp(tries[-1], UTC) + timedelta(seconds=limit.seconds) if not left else None
    return Standing(left, until)
