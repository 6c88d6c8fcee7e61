"""Parsing the cells of one row: what went wrong is collected, so that a person mends a row once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from asnportal.common.invalid import Doubt, Invalid
from asnportal.common.sheets.table import Row
from asnportal.common.text import cell_text, is_blank

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Problem:
    """column is the heading as printed in the file, or our label where the file has no such column.
    message is a whole sentence without "Baris n, kolom k". code is field_code, as in nip_length."""

    column: str
    code: str
    message: str


@dataclass(slots=True)
class Cells:
    """The cells of one row by field.

    problems: the row is not written. doubts: a person decides. warnings: written without that value.
    """

    row: Row
    headings: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.problems.extend(
            Problem(problem.column, f"{problem.field or 'row'}_{problem.code}", problem.message)
            for problem in self.row.problems
        )

    def get(self, name: str) -> object:
        """The cell as it stands, None when blank."""
        return self.row.values.get(name)

    def text(self, name: str) -> str:
        """The cell as one line of text."""
        value = self.row.values.get(name)
        return "" if value is None or is_blank(value) else cell_text(value)

    def parse(self, name: str, parser: Callable[[object], Value]) -> Value | None:
        """The parsed cell; None when blank or when it cannot be read, which becomes a problem."""
        return self._parse(name, parser, self.problems)

    def try_parse(self, name: str, parser: Callable[[object], Value]) -> Value | None:
        """Like parse, but what cannot be read is only a warning."""
        return self._parse(name, parser, self.warnings)

    def refuse(self, name: str, error: Invalid) -> None:
        """Note that a field cannot be taken, unless its cell is known to be damaged already."""
        if not any(problem.field == name for problem in self.row.problems):
            self.problems.append(Problem(self.headings[name], f"{name}_{error.code}", error.message))

    def doubt(self, name: str, doubt: Doubt) -> None:
        """Note that a person must decide about a field."""
        self.doubts.append(Problem(self.headings[name], doubt.code, doubt.message))

    def _parse(self, name: str, parser: Callable[[object], Value], complaints: list[Problem]) -> Value | None:
        value = self.row.values.get(name)
        if value is None or is_blank(value):
            return None
        try:
            return parser(value)
        except Invalid as error:
            complaints.append(Problem(self.headings[name], f"{name}_{error.code}", error.message))
            return None
