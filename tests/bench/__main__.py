"""``make bench``: measures, prints each part when it is known, then the whole as a table; bench-out/figures.json."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.ground import (
    Request,
    Server,
    embedded,
    ground,
    interleaved,
    measure,
    serve,
    small_database,
    storm,
)
from tests.bench.race import race
from tests.bench.report import Figures, table, write
from tests.bench.visit import first_visit

REQUESTS, RUNS = 300, 3
CERTIFICATES = int(os.environ.get("BENCH_CERTIFICATES", "1000"))
OUT = Path("bench-out")
FOUR = {
    "home of a learner": "home (asn)",
    "home of BKPSDM": "home (bkpsdm)",
    "catalogue": "catalogue (asn)",
    "session": "session (asn)",
    "participants": "participants (bkpsdm)",
}


def catalogue(ours: Server, user: Any, pages: dict[str, Any]) -> dict[str, Any]:
    """Ours against the bare view, both signed in, 30 rows, the same number of statements."""
    from tests.bench.city import cookie_of, plain_cookie_of

    counted = pages["catalogue (asn)"]["statements"]
    with serve("tests.bench.bare:application", BENCH_STATEMENTS=str(counted)) as bare:
        mine = [Request("/katalog/", cookie_of(user))] * REQUESTS
        theirs = [Request("/katalog/", plain_cookie_of(user))] * REQUESTS
        for server, requests in ((ours, mine), (bare, theirs)):
            storm(server.port, requests[:40], 4)
        us, them = interleaved(RUNS, lambda: measure(ours, mine), lambda: measure(bare, theirs))
    cpu = [min(m.cpu_ms for m in side) for side in (us, them)]
    speed = [max(m.per_second for m in side) for side in (us, them)]
    return {
        "statements": counted,
        "statements_1_row": pages["catalogue, 1 row (asn)"]["statements"],
        "cpu_ms": round(cpu[0], 2),
        "bare_cpu_ms": round(cpu[1], 2),
        "ratio_cpu": round(cpu[1] / cpu[0], 2),
        "per_second": round(speed[0]),
        "bare_per_second": round(speed[1]),
        "ratio_speed": round(speed[0] / speed[1], 2),
    }


def compared(small: dict[str, Any], large: dict[str, Any]) -> dict[str, Any]:
    """The pages of both cities side by side, those that grew, and the two that cost most."""
    both = {name: (small[name]["statements"], large[name]["statements"]) for name in large if name in small}
    most = max(large, key=lambda name: large[name]["statements"])
    slowest = max(large, key=lambda name: large[name]["cpu_ms"])
    return {
        "four": {words: both[name] for words, name in FOUR.items()},
        "grown": {name: pair for name, pair in both.items() if pair[1] > pair[0]},
        "most": (most, large[most]["statements"]),
        "slowest": (slowest, large[slowest]["cpu_ms"]),
        "large": large,
    }


def alone(module: str, *arguments: str, **environment: str) -> dict[str, Any]:
    """A measurement in a process of its own, so that its memory and CPU are its own."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=1800, env=os.environ | environment
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(name: str, values: dict[str, Any]) -> dict[str, Any]:
    short = {key: value for key, value in values.items() if key not in ("large", "each")}
    print("\n".join([name, *(f"  {key:20} {value}" for key, value in short.items())]), flush=True)  # noqa: T201
    return values


def measured(users: list[Any]) -> Figures:
    """Every part, in an order in which none disturbs the figures of the next."""
    small = alone("tests.bench.pages", "small", DATABASE_URL=small_database())
    large = alone("tests.bench.pages")
    figures: Figures = {"pages": tell("pages", compared(small, large))}
    with serve("asnportal.wsgi:application") as ours:
        figures["catalogue"] = tell("catalogue", catalogue(ours, users[0], large))
        figures["race"] = tell("race", race(ours, users))
    figures["competency"] = tell("competency", alone("tests.bench.competency"))
    with embedded() as server:
        figures["first visit"] = tell("first visit", dict(first_visit(server)))
    figures["import"] = tell("import", alone("tests.bench.people"))
    made = alone("tests.bench.certificates", str(CERTIFICATES))
    figures["certificates"] = tell("certificates", made | {"asked": CERTIFICATES})
    return figures


def main() -> None:
    with ground():
        import django

        django.setup()
        from tests.bench import city

        city.build()
        figures = measured(city.accounts(city.RACERS))
    write(figures, OUT / "figures.json")
    print(f"\n{table(figures)}\n\nThe same as JSON: {OUT / 'figures.json'}")  # noqa: T201


if __name__ == "__main__":
    main()
