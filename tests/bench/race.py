"""200 people for 50 seats, 16 at once, against a bare view that locks and inserts."""

import os
import statistics
from typing import Any

from tests.bench.ground import Request, Server, serve, storm

RACES, AT_ONCE = int(os.environ.get("BENCH_RACES", "20")), 16


def race(ours: Server, users: list[Any]) -> dict[str, Any]:
    """Ours and the bare one in turn, after one warm-up of both; everybody is on the page before the clock starts."""
    from tests.bench.city import CSRF, SEATS, cookie_of, plain_cookie_of, race_session

    cookies, plain = [cookie_of(u) for u in users], [plain_cookie_of(u) for u in users]
    body = f"csrfmiddlewaretoken={CSRF}"
    speeds, bare_speeds, right, errors = [], [], 0, 0
    with serve("tests.bench.bare:application") as bare:
        for number in range(RACES + 1):
            session, held = race_session(), race_session()
            path = f"/jadwal/{session.pk}/"
            storm(ours.port, [Request(path, cookie) for cookie in cookies], AT_ONCE)
            wall, statuses = storm(ours.port, [Request(f"{path}daftar/", c, body) for c in cookies], AT_ONCE)
            takes = [Request(f"/ambil/{held.pk}/", c, body) for c in plain]
            bare_wall, bare_statuses = storm(bare.port, takes, AT_ONCE)
            if set(bare_statuses) != {302}:
                raise RuntimeError(f"The bare view failed: {set(bare_statuses)}")
            if number:
                speeds.append(len(users) / wall)
                bare_speeds.append(len(users) / bare_wall)
                right += is_right(session, len(users), SEATS)
                errors += sum(status >= 500 for status in statuses)
    return {
        "races": RACES,
        "right": right,
        "errors": errors,
        "seats_per_second": round(statistics.median(speeds)),
        "bare_per_second": round(statistics.median(bare_speeds)),
        "ratio": round(statistics.median(speeds) / statistics.median(bare_speeds), 2),
        "ratio_of_highest": round(max(speeds) / max(bare_speeds), 2),
        "each": [(round(a), round(b)) for a, b in zip(speeds, bare_speeds, strict=True)],
    }


def is_right(session: Any, people: int, seats: int) -> bool:
    """Exactly the quota confirmed, the rest in the queue in order of the numbers 1…n."""
    rows = list(session.enrolments.order_by("number").values_list("number", "status"))
    expected = ["confirmed"] * seats + ["waiting"] * (people - seats)
    return [status for _n, status in rows] == expected and [n for n, _s in rows] == list(range(1, people + 1))
