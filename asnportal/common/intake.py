"""What an import of a file did or would do, row by row: one report for the command, the page and the workbook."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"
    REJECTED = "rejected"


WORDS = {
    Outcome.CREATED: "Baru",
    Outcome.UPDATED: "Diperbarui",
    Outcome.UNCHANGED: "Tetap",
    Outcome.HELD: "Menunggu keputusan",
    Outcome.REJECTED: "Tidak diimpor",
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """``column`` is the heading as printed; ``suggestions`` are what may have been meant. ``about`` are the
    words of the file that a person may decide about once for all rows, "" where there is nothing to choose."""

    column: str
    code: str
    message: str
    suggestions: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class RowResult:
    """``row`` is the row number a person sees in the spreadsheet; ``values`` what was understood."""

    row: int
    nip: str
    outcome: Outcome
    values: Mapping[str, Any]
    problems: tuple[RowProblem, ...] = ()

    @property
    def remark(self) -> str:
        """The Keterangan of the result workbook."""
        return " ".join(self._told(problem) for problem in self.problems)

    def _told(self, problem: RowProblem) -> str:
        column = f", kolom {problem.column}" if problem.column else ""
        return f"Baris {self.row}{column}: {problem.message}"

    @property
    def is_written(self) -> bool:
        return self.outcome not in (Outcome.HELD, Outcome.REJECTED)


@dataclass(frozen=True)
class ProblemGroup:
    """All rows with one problem, for one decision: ``key`` is the code and the words it is about."""

    key: str
    code: str
    message: str
    rows: tuple[int, ...]
    outcome: Outcome
    suggestions: tuple[str, ...] = ()
    about: str = ""

    @property
    def choice(self) -> str:
        """What a person may decide: "unit" (which one is meant), "accept" (take the doubt), "" (mend the file)."""
        if self.about:
            return "unit"
        return "accept" if self.outcome == Outcome.HELD else ""


@dataclass
class Report:
    """``refused`` is (code, message) when the file as a whole was not taken.

    ``replaced`` stands for what the written rows take the place of: another one, later, means that somebody
    changed it meanwhile.
    """

    file: str
    refused: tuple[str, str] | None = None
    ignored_columns: Sequence[str] = ()
    rows: list[RowResult] = field(default_factory=list)
    _replaced: Any = field(default_factory=hashlib.sha256, repr=False)

    @property
    def replaced(self) -> str:
        return str(self._replaced.hexdigest())

    def replaces(self, row: int, before: Mapping[str, Any]) -> None:
        """Called for each changed row, in the order of the file, with the values that are to go."""
        self._replaced.update(repr((row, sorted(before.items()))).encode())

    def count(self, outcome: Outcome) -> int:
        return self.counts[outcome]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def written(self) -> int:
        counts = self.counts
        return counts[Outcome.CREATED] + counts[Outcome.UPDATED]

    @property
    def ready(self) -> int:
        """Rows that are written or already stand as the file says."""
        return len(self.rows) - self.not_written

    @property
    def not_written(self) -> int:
        counts = self.counts
        return counts[Outcome.HELD] + counts[Outcome.REJECTED]

    def as_json(self) -> dict[str, Any]:
        """The format that PRODUCT.md fixes for the commands."""
        counts = self.counts
        return {
            "file": self.file,
            "refused": {"code": self.refused[0], "message": self.refused[1]} if self.refused else None,
            "rows_read": len(self.rows),
            **{outcome.value: counts[outcome] for outcome in Outcome},
            "ignored_columns": list(self.ignored_columns),
            "rows": [
                {
                    "row": row.row,
                    "nip": row.nip,
                    "outcome": row.outcome.value,
                    "values": dict(row.values),
                    "problems": [
                        {
                            "column": p.column,
                            "code": p.code,
                            "message": p.message,
                            "suggestions": list(p.suggestions),
                        }
                        for p in row.problems
                    ],
                }
                for row in self.rows
            ],
        }

    def groups(self) -> list[ProblemGroup]:
        """Rows not written, grouped by problem, the largest group first."""
        found: dict[tuple[str, str], list[tuple[RowResult, RowProblem]]] = {}
        for row in self.rows:
            if not row.is_written:
                for problem in row.problems:
                    found.setdefault((problem.code, problem.about), []).append((row, problem))
        groups = [
            ProblemGroup(
                key=f"{code}:{about}",
                code=code,
                message=hits[0][1].message,
                rows=tuple(row.row for row, _ in hits),
                outcome=hits[0][0].outcome,
                suggestions=hits[0][1].suggestions,
                about=about,
            )
            for (code, about), hits in found.items()
        ]
        return sorted(groups, key=lambda group: (-len(group.rows), group.key))
