"""What was asked, what was reached: one table at the end, the same as JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from operator import eq, ge, le
from pathlib import Path
from typing import Any

Figures = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One demand of the benchmark. ``asked`` is None for a figure that is told and not judged."""

    name: str
    reached: float
    asked: float | None = None
    compare: Callable[[Any, Any], bool] = le

    @property
    def kept(self) -> bool | None:
        return None if self.asked is None else self.compare(self.reached, self.asked)

    @property
    def cells(self) -> tuple[str, str, str, str]:
        sign = {le: "at most", ge: "at least", eq: "exactly"}[self.compare]
        asked = "" if self.asked is None else f"{sign} {self.asked:g}"
        return self.name, f"{self.reached:g}", asked, {None: "", True: "kept", False: "MISSED"}[self.kept]


def lines(figures: Figures) -> list[Line]:
    """The demands in the order of the document."""
    return [
        *_catalogue(figures["catalogue"]),
        *_visit(figures["first visit"]),
        *_race(figures["race"]),
        *_import(figures["import"]),
        *_certificates(figures["certificates"]),
        *_competency(figures["competency"]),
        *_pages(figures["pages"]),
    ]


def _catalogue(f: dict[str, Any]) -> list[Line]:
    return [
        Line("catalogue, 30 rows: SQL statements", f["statements"], 8),
        Line("catalogue, 1 row: SQL statements", f["statements_1_row"], f["statements"], eq),
        Line("catalogue: CPU ms per request", f["cpu_ms"]),
        Line("  bare view: CPU ms per request", f["bare_cpu_ms"]),
        Line("  bare / ours by CPU", f["ratio_cpu"], 0.5, ge),
        Line("catalogue: requests per second, highest of 3", f["per_second"]),
        Line("  bare view: requests per second, highest of 3", f["bare_per_second"]),
        Line("  ours / bare by requests per second", f["ratio_speed"], 0.5, ge),
    ]


def _visit(f: dict[str, Any]) -> list[Line]:
    return [
        Line("first visit: kB on the wire", f["all"] / 1000, 150),
        Line("  CSS, kB", f["css"] / 1000, 15),
        Line("  own JavaScript, kB", f["own_js"] / 1000, 15),
    ]


def _race(f: dict[str, Any]) -> list[Line]:
    return [
        Line("race, 200 people for 50 seats: right", f["right"], f["races"], eq),
        Line("  answers with 5xx", f["errors"], 0, eq),
        Line("  seats per second, median", f["seats_per_second"]),
        Line("  bare lock-insert per second, median", f["bare_per_second"]),
        Line("  ours / bare", f["ratio"], 0.2, ge),
    ]


def _import(f: dict[str, Any]) -> list[Line]:
    return [
        Line("import of 10,000 people: written", f["first_written"], 10_000, eq),
        Line("  CPU seconds", f["first_cpu_s"], 3),
        Line("  memory, MB", f["memory_mb"], 200),
        Line("  unchanged again: rows written", f["again_written"], 0, eq),
    ]


def _certificates(f: dict[str, Any]) -> list[Line]:
    return [
        Line("certificates rendered, sealed, stored", f["issued"], f["asked"], eq),
        Line("  CPU ms each", f["cpu_ms_each"], 40),
        Line(
            "  memory grown after the first tenth, MB", f["memory_end_mb"] - f["memory_after_a_tenth_mb"], 10
        ),
    ]


def _competency(f: dict[str, Any]) -> list[Line]:
    profile, index, results = f["profile"], f["index"], f["results"]
    tenth = round(results["cpu_s_1000"] * index["people"] / 1_000, 2)
    return [
        Line(f"profile of {profile['competencies']} competencies: SQL statements", profile["statements"], 10),
        Line("  CPU ms", profile["cpu_ms"], 60),
        Line(f"IP ASN of {index['people']} people: CPU seconds", index["cpu_s"], 5),
        Line("results of as many stored: CPU seconds", results["cpu_s"], 20),
        Line(
            "  against as many thousands of the first thousand (1 is linear)", results["cpu_s"] / tenth, 1.25
        ),
    ]


def _pages(f: dict[str, Any]) -> list[Line]:
    four = [Line(f"{name}: SQL statements", large, small, eq) for name, (small, large) in f["four"].items()]
    return [
        *four,
        Line("pages of all menus that ask more in the large city", len(f["grown"])),
        Line(f"most statements: {f['most'][0]}", f["most"][1]),
        Line(f"most CPU ms: {f['slowest'][0]}", f["slowest"][1], 150),
    ]


def table(figures: Figures) -> str:
    rows = [("figure", "reached", "asked", ""), *(line.cells for line in lines(figures))]
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def write(figures: Figures, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    judged = [asdict(line) | {"compare": line.compare.__name__, "kept": line.kept} for line in lines(figures)]
    path.write_text(json.dumps({"lines": judged, "figures": figures}, indent=1))
