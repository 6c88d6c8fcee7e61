"""``make bench``: measures, writes bench-out/figures.json and prints a table."""

import gzip
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.ground import Request, Server, ground, interleaved, measure, send, serve, storm

REQUESTS, RUNS, RACES = 300, 3, int(os.environ.get("BENCH_RACES", "20"))
OUT = Path("bench-out")


def statements(user: Any, path: str) -> int:
    """SQL statements of one page, signed in, on the second visit."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def catalogue(ours: Server, user: Any, counted: int) -> dict[str, Any]:
    """Ours against the bare view, both signed in, 30 rows, the same number of statements."""
    from tests.bench.city import cookie_of, plain_cookie_of

    with serve("tests.bench.bare:application", BENCH_STATEMENTS=str(counted)) as bare:
        mine = [Request("/katalog/", cookie_of(user))] * REQUESTS
        plain = [Request("/katalog/", plain_cookie_of(user))] * REQUESTS
        for server, requests in ((ours, mine), (bare, plain)):
            storm(server.port, requests[:40], 4)
        us, them = interleaved(RUNS, lambda: measure(ours, mine), lambda: measure(bare, plain))
    cpu = [min(m.cpu_ms for m in side) for side in (us, them)]
    speed = [max(m.per_second for m in side) for side in (us, them)]
    return {
        "statements": counted,
        "cpu_ms": round(cpu[0], 2),
        "bare_cpu_ms": round(cpu[1], 2),
        "ratio_cpu": round(cpu[1] / cpu[0], 2),
        "per_second": round(speed[0]),
        "bare_per_second": round(speed[1]),
        "ratio_speed": round(speed[0] / speed[1], 2),
    }


def race(ours: Server, users: list[Any]) -> dict[str, Any]:
    """200 people for 50 seats, 16 at once, after one warm-up race; the bare lock-insert in the same minutes."""
    from tests.bench.city import CSRF, SEATS, cookie_of, plain_cookie_of, race_session

    cookies, plain = [cookie_of(u) for u in users], [plain_cookie_of(u) for u in users]
    speeds, bare_speeds, right = [], [], 0
    with serve("tests.bench.bare:application") as bare:
        for number in range(RACES + 1):
            session = race_session()
            path = f"/jadwal/{session.pk}/"
            storm(ours.port, [Request(path, cookie) for cookie in cookies], 16)
            body = f"csrfmiddlewaretoken={CSRF}"
            wall, statuses = storm(ours.port, [Request(f"{path}daftar/", c, body) for c in cookies], 16)
            held = race_session()
            bare_wall, bare_statuses = storm(
                bare.port, [Request(f"/ambil/{held.pk}/", c, body) for c in plain], 16
            )
            if number == 0:
                continue
            speeds.append(len(users) / wall)
            bare_speeds.append(len(users) / bare_wall)
            right += is_right(session, len(users), SEATS) and not [s for s in statuses if s >= 500]
            if set(bare_statuses) != {302}:
                raise RuntimeError(f"The bare view failed: {set(bare_statuses)}")
    return {
        "races": RACES,
        "right": right,
        "seats_per_second": round(statistics.median(speeds)),
        "bare_per_second": round(statistics.median(bare_speeds)),
        "ratio": round(statistics.median(speeds) / statistics.median(bare_speeds), 2),
        "lowest": round(min(speeds)),
        "highest": round(max(speeds)),
    }


def is_right(session: Any, people: int, seats: int) -> bool:
    """Exactly the quota confirmed, the rest in the queue in order of the numbers 1…n."""
    rows = list(session.enrolments.order_by("number").values_list("number", "status"))
    expected = ["confirmed"] * seats + ["waiting"] * (people - seats)
    return [status for _n, status in rows] == expected and [n for n, _s in rows] == list(range(1, people + 1))


def first_visit(port: int) -> dict[str, int]:
    """Bytes of a first visit to the catalogue as a compressing proxy sends them."""
    html = send(port, Request("/katalog/"))[1]
    static = Path("static")
    scripts = list((static / "js").glob("*.js"))
    parts = {
        "html": len(gzip.compress(html, 6)),
        "css": packed(static / "css" / name for name in ("portal.css", "portal-dark.css")),
        "own_js": packed(path for path in scripts if "htmx" not in path.name),
        "htmx": packed(path for path in scripts if "htmx" in path.name),
        "font": (static / "fonts" / "plus-jakarta-sans-latin-wght.woff2").stat().st_size,
        "images": packed((static / "img").glob("tenun*.svg")),
    }
    return parts | {"all": sum(parts.values())}


def packed(paths: Iterable[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def alone(module: str, *arguments: str) -> dict[str, Any]:
    """A measurement in a process of its own, so that its memory and CPU are its own."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=900)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


class Figures(dict[str, dict[str, Any]]):
    """What was measured; each part is printed as soon as it is known."""

    def __setitem__(self, name: str, values: dict[str, Any]) -> None:
        super().__setitem__(name, values)
        print("\n".join([name, *(f"  {key:24} {value}" for key, value in values.items())]), flush=True)  # noqa: T201


def main() -> None:
    with ground():
        import django

        django.setup()
        from asnportal.people.models import RoleGrant, User
        from tests.bench import city
        from training.models import Session

        city.build()
        users = city.accounts(city.RACERS)
        learner = users[0]
        officer = User.objects.filter(role_grants__role=RoleGrant.Role.BKPSDM)[0]
        some = Session.objects.filter(status="published").order_by("-confirmed_count")[0]
        counted = statements(learner, "/katalog/")
        pages = {
            "catalogue": counted,
            "home": statements(learner, "/beranda/"),
            "session": statements(learner, f"/jadwal/{some.pk}/"),
            "participants": statements(officer, f"/kelola/jadwal/{some.pk}/peserta/"),
            "home of BKPSDM": statements(officer, "/beranda/"),
        }
        figures = Figures()
        figures["statements with 10,000 people and 2,000 sessions"] = pages
        with serve("asnportal.wsgi:application") as ours:
            figures["catalogue, 30 rows"] = catalogue(ours, learner, counted)
            figures["first visit, bytes"] = first_visit(ours.port)
            figures["race, 200 people for 50 seats"] = race(ours, users)
        figures["import of 10,000 people"] = alone("tests.bench.people")
        figures["certificates"] = alone(
            "tests.bench.certificates", os.environ.get("BENCH_CERTIFICATES", "1000")
        )
    OUT.mkdir(exist_ok=True)
    (OUT / "figures.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
