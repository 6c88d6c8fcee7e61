"""A file in the making: the rows that go in, and what must come out."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.data.ugly.cast import Actor

Column = tuple[str, str]  # heading as printed, key of Actor.cell ("" for a column that is not read)


@dataclass
class Line:
    """One row of data. cells stand instead of the tidy ones. problems: (key, code).

    outcome is told for an empty database with the units and positions of the demo city.
    """

    actor: Actor
    cells: dict[str, object] = field(default_factory=dict)
    outcome: str = "created"
    problems: tuple[tuple[str, str], ...] = ()
    values: dict[str, object] = field(default_factory=dict)

    def cell(self, key: str) -> object:
        return self.cells[key] if key in self.cells else self.actor.cell(key)


def ok(actor: Actor, **cells: object) -> Line:
    """A row that is written as the tidy one would be, however its cells look."""
    return Line(actor, cells)


def told(actor: Actor, values: dict[str, object], **cells: object) -> Line:
    """A row that is written with other values than the tidy one."""
    return Line(actor, cells, values=values)


def held(actor: Actor, key: str, code: str, **cells: object) -> Line:
    """A row about which a person decides."""
    return Line(actor, cells, "held", ((key, code),))


def bad(actor: Actor, key: str, code: str, **cells: object) -> Line:
    """A row that is not written."""
    return Line(actor, cells, "rejected", ((key, code),))


@dataclass
class Scene:
    """What must come out of one file."""

    file: str
    format: str
    columns: list[Column]
    lines: list[Line]
    command: str = "import_employees"
    sheet: str = ""
    heading_row: int = 1
    ignored: list[str] | None = None
    refused: str | None = None
    hidden_rows: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    about: str = ""

    def row(self, line: Line) -> list[object]:
        return [line.cell(key) for _heading, key in self.columns]

    def heading(self, key: str) -> str:
        """The printed heading of a key (headings overrules: joined tiers), "" for the whole row."""
        printed = {key: heading for heading, key in self.columns if key}
        return self.headings.get(key) or " ".join(printed.get(key, "").split())

    def expectation(self) -> dict[str, object]:
        first = self.heading_row + 1
        numbers = self.numbers or list(range(first, first + len(self.lines)))
        outcomes = Counter(line.outcome for line in self.lines)
        ignored = self.ignored
        if ignored is None:
            ignored = [heading for heading, key in self.columns if not key or key == "no"]
        rows = [self._row(line, number) for line, number in zip(self.lines, numbers, strict=True)]
        if self.refused:
            rows, outcomes, ignored = [], Counter(), []
        return {
            "file": self.file,
            "about": self.about,
            "command": self.command,
            "format": self.format,
            "sheet": self.sheet,
            "heading_row": self.heading_row,
            "hidden_rows": self.hidden_rows,
            "skipped": self.skipped,
            "refused": {"code": self.refused} if self.refused else None,
            "rows_read": len(rows),
            **{name: outcomes[name] for name in ("created", "updated", "unchanged", "held", "rejected")},
            "ignored_columns": ignored,
            "rows": rows,
        }

    def _row(self, line: Line, number: int) -> dict[str, object]:
        written = line.outcome != "rejected"
        return {
            "row": number,
            "nip": line.actor.nip if written else None,
            "outcome": line.outcome,
            "values": {**line.actor.values(), **line.values} if written else {},
            "problems": [{"column": self.heading(key), "code": code} for key, code in line.problems],
        }

    def save(self, folder: Path) -> None:
        text = json.dumps(self.expectation(), ensure_ascii=False, indent=1)
        (folder / f"{self.file}.json").write_text(text + "\n", encoding="utf-8")
