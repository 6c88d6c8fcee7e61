"""Reading the spreadsheets that HR offices really have.

    table = read_workbook(path, "pegawai.xls", vocabulary=PEOPLE, limits=Limits(50_000, 25_000_000))
    for person in PeopleReader(table, today=today):
        person.row, person.nip, person.unit, person.problems, person.doubts

read_workbook refuses a file as a whole (Refused: code, message); preview_workbook leaves missing and
clashing columns in the table for a person to settle, and a second reading takes the answer as choice.
table.rows hold the cells by field, PeopleReader and HistoryReader parse them.

Fields of PEOPLE: nip, name, title_before, title_after, sex, birth_place, birth_date (may hold place and
date: dates.parse_place_and_date), status, status_code, employee_type, legal_status (the four together:
employment.parse_kind), rank, rank_since, position, position_type, position_since, echelon, unit, opd,
education, education_level, graduation_year, cpns_since, pns_since, email.
Fields of HISTORY: nip, name, title, organizer, form, programme, period, start, end (the three together:
dates.parse_period), year, jp, number, status.
Columns not listed there are never read; their headings are in table.ignored_columns.
"""

from asnportal.common.sheets.cells import Problem
from asnportal.common.sheets.headings import Field, Vocabulary
from asnportal.common.sheets.history import HistoryReader, Training
from asnportal.common.sheets.people import PeopleReader, Person
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
    "HistoryReader",
    "Limits",
    "PeopleReader",
    "Person",
    "Problem",
    "Refused",
    "Row",
    "Skipped",
    "Table",
    "Training",
    "Vocabulary",
    "preview_workbook",
    "read_workbook",
]
