"""Every page of every role's menu, and the four pages of the issue: SQL statements and CPU milliseconds of each.

Run on two cities, a small and a large one: where a page takes more statements in the large one, it asks per row.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

RUNS = 3


@dataclass(frozen=True)
class Measured:
    """One page for one role, after a first visit: the least of some runs.

    ``cpu_ms`` is the CPU of this process, ``sql_ms`` the time it waited for the database.
    """

    statements: int
    cpu_ms: float
    sql_ms: float
    status: int


def measure(client: Any, path: str) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    runs = []
    for _ in range(RUNS):
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            status = client.get(path).status_code
            spent = time.process_time() - began
        sql = sum(float(query["time"]) for query in queries)
        runs.append((spent, sql, len(queries)))
    cpu, sql, counts = zip(*runs, strict=True)
    return Measured(max(counts), round(min(cpu) * 1000, 1), round(min(sql) * 1000, 1), status)


def addresses(user: Any) -> Iterator[tuple[str, str]]:
    """(name, path) of every entry of this person's menu, and of one programme, session and list of participants."""
    from django.utils import timezone

    from asnportal.home.menu import menu_for
    from training.models import Session

    menu = menu_for(user)
    for entry in [e for group in menu.groups for e in group.entries] + list(menu.account):
        if not entry.name.startswith("admin:"):
            yield entry.name, entry.url
    published = Session.objects.filter(status="published").select_related("programme")
    session = published.order_by("-confirmed_count", "pk")[0]
    asked = Session.objects.registration_open(timezone.now()).select_related("programme").order_by("pk")[0]
    yield "programme", f"/katalog/{session.programme.slug}/"
    yield "session", f"/jadwal/{session.pk}/"
    yield "catalogue, 1 row", f"/katalog/?q={asked.programme.title.replace(' ', '+')}"
    if user.has_role("bkpsdm"):
        yield "participants", f"/kelola/jadwal/{session.pk}/peserta/"


def every_page() -> dict[str, dict[str, Any]]:
    from django.test import Client

    from asnportal.demo.accounts import ACTORS
    from asnportal.people.models import User

    found: dict[str, dict[str, Any]] = {}
    for actor in ACTORS:
        name = actor.address.partition("@")[0]
        if name[-1].isdigit():  # the second of each kind sees the same
            continue
        user = User.objects.get(email=actor.address)
        client = Client()
        client.force_login(user)
        for page, path in dict(addresses(user)).items():
            found[f"{page} ({name})"] = asdict(measure(client, path))
    return found


def build_small() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference_defaults", verbosity=0)
    call_command("demo", employees=100, verbosity=0)


def main() -> None:
    import django

    django.setup()
    if "small" in sys.argv[1:]:
        build_small()
    print(json.dumps(every_page()))  # noqa: T201


if __name__ == "__main__":
    main()
