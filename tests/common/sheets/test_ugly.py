"""The ugly files of tests/data/ugly, as far as they can be read without a database."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from asnportal.common.sheets import (
    HISTORY,
    PEOPLE,
    HistoryReader,
    Limits,
    PeopleReader,
    Person,
    Refused,
    Training,
    read_workbook,
)
from tests.data.ugly.make import make

UGLY = Path(__file__).parents[2] / "data" / "ugly"
UNITS = Path(__file__).parents[3] / "asnportal" / "demo" / "city" / "units.csv"
TODAY = date(2026, 11, 24)
LIMITS = Limits(50_000, 25_000_000)
EXPECTATIONS = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(UGLY.glob("*.json"))}
# What only the database can tell.
LATER = {"unit_unknown", "unit_ambiguous", "unit_blank", "nip_unknown"}


@pytest.fixture(scope="module")
def unit_codes() -> dict[str, set[str]]:
    codes: dict[str, set[str]] = {}
    with UNITS.open(encoding="utf-8", newline="") as file:
        for unit in csv.DictReader(file):
            for name in filter(None, (unit["nama"], unit["singkatan"], *unit["alias"].split("|"))):
                codes.setdefault(name.lower(), set()).add(unit["kode"])
    return codes


def reading(expected: dict) -> tuple[object, list[Person | Training]]:
    vocabulary = PEOPLE if expected["command"] == "import_employees" else HISTORY
    reader = PeopleReader if vocabulary is PEOPLE else HistoryReader
    table = read_workbook(UGLY / expected["file"], expected["file"], vocabulary=vocabulary, limits=LIMITS)
    return table, list(reader(table, today=TODAY))


def test_the_ugly_files_are_what_their_script_makes(tmp_path: Path) -> None:
    make(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {
        path.name: path.read_bytes() for path in UGLY.iterdir() if path.is_file() and path.suffix != ".py"
    }
    assert set(made) == set(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_there_is_an_ugly_file_of_each_kind_with_rows_and_faults_enough() -> None:
    read = [expected for expected in EXPECTATIONS.values() if not expected["refused"]]
    assert len(read) >= 14
    for expected in read:
        assert expected["rows_read"] >= 20, expected["file"]
        assert expected["held"] + expected["rejected"] >= 3, expected["file"]


@pytest.mark.parametrize("name", EXPECTATIONS)
def test_an_ugly_file_gives_its_rows(name: str, unit_codes: dict[str, set[str]]) -> None:
    expected = EXPECTATIONS[name]
    if expected["refused"]:
        with pytest.raises(Refused) as refusal:
            reading(expected)
        assert refusal.value.code == expected["refused"]["code"]
        return
    table, read = reading(expected)
    facts = {
        "format": table.format,
        "sheet": table.sheet,
        "heading_row": table.heading_row,
        "hidden_rows": table.hidden_rows,
        "skipped": dict(Counter(row.kind for row in table.skipped)),
        "ignored_columns": table.ignored_columns,
    }
    assert facts == {key: expected[key] for key in facts}
    assert [row.row for row in read] == [row["row"] for row in expected["rows"]]
    for row, promise in zip(read, expected["rows"], strict=True):
        # What only the database can tell is left to the tests of the commands.
        if not LATER & {problem["code"] for problem in promise["problems"]}:
            assert compared(row, unit_codes) == promised(promise)


def compared(row: Person | Training, unit_codes: dict[str, set[str]]) -> dict:
    doubts = row.doubts if isinstance(row, Person) else ()
    outcome = "rejected" if row.problems else "held" if doubts else "written"
    if outcome == "rejected":
        return {"row": row.row, "outcome": outcome, "nip": None, "values": {}}
    values = person_values(row, unit_codes) if isinstance(row, Person) else training_values(row)
    return {"row": row.row, "outcome": outcome, "nip": row.nip.number if row.nip else None, "values": values}


def promised(expected: dict) -> dict:
    outcome = expected["outcome"] if expected["outcome"] in ("held", "rejected") else "written"
    return {key: expected[key] for key in ("row", "nip", "values")} | {"outcome": outcome}


def person_values(person: Person, unit_codes: dict[str, set[str]]) -> dict:
    within = unit_codes[person.opd.lower()] if person.opd else {""}
    codes = {
        code
        for code in unit_codes.get(person.unit.lower(), set())
        if within == {"00"} or any(code.startswith(above) for above in within)
    }
    return {
        "name": person.name.name if person.name else None,
        "title_before": person.name.title_before if person.name else None,
        "title_after": person.name.title_after if person.name else None,
        "kind": person.kind,
        "sex": person.sex,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "rank": person.rank.code if person.rank else "",
        "position": person.position,
        "unit": codes.pop() if len(codes) == 1 else "",
    }


def training_values(training: Training) -> dict:
    return {
        "title": training.title,
        "organizer": training.organizer,
        "start": training.start.isoformat() if training.start else None,
        "end": training.end.isoformat() if training.end else None,
        "year": training.year,
        "jp": str(training.jp) if training.jp else None,
        "number": training.number,
        "status": training.status,
    }


@pytest.mark.parametrize("name", [name for name in EXPECTATIONS if not EXPECTATIONS[name]["refused"]])
def test_every_fault_of_an_ugly_file_is_named_with_its_column(name: str) -> None:
    expected = EXPECTATIONS[name]
    _table, read = reading(expected)
    for row, promise in zip(read, expected["rows"], strict=True):
        found = [(problem.column, problem.code) for problem in all_problems(row)]
        faults = [(fault["column"], fault["code"]) for fault in promise["problems"]]
        missing = [fault for fault in faults if fault not in found and fault[1] not in LATER]
        assert missing == [], (row.row, found)
        if not faults:
            assert found == [], row.row


def all_problems(row: Person | Training) -> list:
    doubts = list(row.doubts) if isinstance(row, Person) else []
    return [*row.problems, *row.warnings, *doubts]
