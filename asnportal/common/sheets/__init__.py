"""Reading the spreadsheets that HR offices really have.

    table = read_workbook(path, "pegawai.xls", vocabulary=PEOPLE, limits=Limits(50_000, 25_000_000))
    for row in table.rows:
        row.number, row.values["nip"], row.problems

Fields of PEOPLE: nip, name, title_before, title_after, sex, birth_place, birth_date (may hold place and
date: dates.parse_place_and_date), status, status_code, employee_type, legal_status (the four together:
employment.parse_kind), rank, rank_since, position, position_type, position_since, echelon, unit, opd,
education, education_level, graduation_year, cpns_since, pns_since, email.
Fields of HISTORY: nip, name, title, organizer, form, programme, period, start, end (the three together:
dates.parse_period), year, jp, number, status.
Columns not listed there are never read; their headings are in table.ignored_columns.
"""

from asnportal.common.sheets.headings import Field, Vocabulary
from asnportal.common.sheets.reader import preview_workbook, read_workbook
from asnportal.common.sheets.table import (
    CellProblem,
    Clash,
    Column,
    Limits,
    Refused,
    Row,
    Skipped,
    Table,
)
from asnportal.common.sheets.words import HISTORY, PEOPLE

__all__ = [
    "HISTORY",
    "PEOPLE",
    "CellProblem",
    "Clash",
    "Column",
    "Field",
    "Limits",
    "Refused",
    "Row",
    "Skipped",
    "Table",
    "Vocabulary",
    "preview_workbook",
    "read_workbook",
]
