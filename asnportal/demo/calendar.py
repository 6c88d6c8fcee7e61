"""The demo city's sessions lie around the day on which it is loaded."""

from collections.abc import Iterable
from datetime import date, timedelta

WRITTEN_FOR = date(2026, 11, 24)
DATES = ("mulai", "selesai", "tutup_daftar")


def moved(rows: Iterable[dict[str, str]], *, today: date) -> list[dict[str, str]]:
    """The rows of sessions.csv moved by whole weeks, so that weekdays stay (WITA days)."""
    shift = timedelta(weeks=(today - WRITTEN_FOR).days // 7)
    return [
        row | {name: (date.fromisoformat(row[name]) + shift).isoformat() for name in DATES if row[name]}
        for row in rows
    ]
