"""What a page and a workbook tell of a report: counts, problems once each, the first rows (DESIGN.md 7, Impor)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from asnportal.common.intake import WORDS, Outcome, ProblemGroup, Report, RowResult
from asnportal.common.sheets import Row, Table
from asnportal.common.text import cell_text
from asnportal.common.workbook import Page, workbook

SHOWN_ROWS = 10
SHOWN_GROUPS = 10  # questions on one page; the others follow as these are settled
SHOWN_REFUSED = 50
SHOWN_NOTES = 20
NUMBERS = 5  # row numbers named of a group


def summary(report: Report, table: Table, *, settled: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Small enough to be kept as JSON beside the job, whatever the size of the file.

    ``settled`` are the keys of groups that a person leaves out: they are asked after all others.
    """
    groups = report.groups()
    questions = sorted((group for group in groups if group.choice), key=lambda group: group.key in settled)
    undecidable = {number for group in groups if not group.choice for number in group.rows}
    return {
        "counts": {outcome.value: report.counts[outcome] for outcome in Outcome},
        "replaced": report.replaced,
        "read": len(report.rows),
        "ready": report.ready,
        "written": report.written,
        "open": report.not_written - len(undecidable),
        "refused_count": len(undecidable),
        "ignored": list(report.ignored_columns),
        "sheet": table.sheet,
        "hidden": table.hidden_rows,
        "questions": len(questions),
        "groups": [_group(group) for group in questions[:SHOWN_GROUPS]],
        "refused": list(islice(_refused(report, table, undecidable), SHOWN_REFUSED)),
        "refused_alike": [one for one in _told(report, undecidable) if one["count"] > 1],
        "notes": _told(report, {row.row for row in report.rows if row.is_written}),
        "rows": [_row(row) for row in islice((r for r in report.rows if r.is_written), SHOWN_ROWS)],
    }


def _group(group: ProblemGroup) -> dict[str, Any]:
    told = asdict(group) | {"choice": group.choice, "count": len(group.rows)}
    return told | {"rows": list(group.rows[:NUMBERS]), "outcome": group.outcome.value}


def _row(row: RowResult) -> dict[str, Any]:
    return {"row": row.row, "nip": row.nip, "word": WORDS[row.outcome], "values": dict(row.values)}


def _refused(report: Report, table: Table, numbers: set[int]) -> Iterator[dict[str, Any]]:
    """The rows that only their file can mend, each with what stands in the cell of the first problem."""
    fields = {column.heading: column.field for column in table.columns if column.field}
    for row, result in zip(table.rows, report.rows, strict=True):
        if result.row in numbers:
            field = fields.get(result.problems[0].column)
            cell = row.values.get(field) if field else None
            yield {
                "row": result.row,
                "found": cell_text(cell)[:60],
                "problems": [[problem.column, problem.message] for problem in result.problems],
            }


def _told(report: Report, numbers: set[int]) -> list[dict[str, Any]]:
    """What is told of these rows, once each with its number of rows, the most frequent first."""
    told = Counter(p.message for row in report.rows if row.row in numbers for p in row.problems)
    return [{"message": message, "count": count} for message, count in told.most_common(SHOWN_NOTES)]


def outcome_book(table: Table, report: Report, *, every: bool = False) -> Iterator[bytes]:
    """The workbook with row numbers of the sheet, the recognised columns and Keterangan; other columns never.

    The first sheet holds the rows that were not taken, so that they can be mended there and imported again;
    ``every`` adds a sheet with all rows.
    """
    columns = [(column.heading, column.field) for column in table.columns if column.field]
    pairs = list(zip(table.rows, report.rows, strict=True))
    headings = ["Baris", *(heading for heading, _ in columns), "Hasil", "Keterangan"]
    widths = [8, *(_width(heading) for heading, _ in columns), 18, 48]

    open_ = ((row, result) for row, result in pairs if not result.is_written)
    pages = [Page("Belum diimpor", headings, _lines(open_, columns), widths)]
    if every:
        pages.append(Page("Semua baris", headings, _lines(pairs, columns), widths))
    return workbook(pages)


def _lines(
    pairs: Iterable[tuple[Row, RowResult]], columns: Sequence[tuple[str, str | None]]
) -> Iterator[list[object]]:
    for row, result in pairs:
        yield _line(row, result, columns)


def _line(row: Row, result: RowResult, columns: Sequence[tuple[str, str | None]]) -> list[object]:
    cells = [row.values.get(field or "") for _, field in columns]
    return [row.number, *map(_cell, cells), WORDS[result.outcome], result.remark]


def _cell(value: object) -> object:
    """A number of the file as its text: 18 digits would lose their end as a number."""
    return cell_text(value) if isinstance(value, int | float | bool) else value


def _width(heading: str) -> int:
    return min(max(len(heading) + 2, 14), 28)
