"""Rows of people and of history as far as they are read without a database."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from asnportal.common.sheets import HISTORY, HistoryReader, PeopleReader, Person, Training, read_workbook
from tests.common.sheets.files import HEAD, LIMITS, NIP, OTHER, read, xlsx

SMALL = Path(__file__).parents[2] / "data" / "small"
TODAY = date(2026, 11, 24)


def people(*rows: list[object], head: list[str] = HEAD) -> list[Person]:
    return list(PeopleReader(read(xlsx([head, *rows])), today=TODAY))


def trainings(*rows: list[object], head: list[str]) -> list[Training]:
    return list(HistoryReader(read(xlsx([head, *rows]), vocabulary=HISTORY), today=TODAY))


def test_the_small_set_is_read_without_a_problem() -> None:
    table = read((SMALL / "employees.xlsx").read_bytes())
    read_people = list(PeopleReader(table, today=TODAY))
    assert len(read_people) == 200
    assert [person for person in read_people if person.problems or person.doubts or person.warnings] == []
    assert Counter(person.kind for person in read_people) == {"PNS": 148, "PPPK": 46, "CPNS": 6}
    assert table.ignored_columns == [
        "PNS ID", "NIP LAMA", "MK TAHUN", "MK BULAN", "JABATAN ID", "LOKASI KERJA NAMA", "UNOR ID",
        "UNOR INDUK ID", "INSTANSI KERJA NAMA",
    ]  # fmt: skip


def test_the_small_history_is_read_without_a_problem() -> None:
    path = SMALL / "training_history.xlsx"
    table = read_workbook(path, path.name, vocabulary=HISTORY, limits=LIMITS)
    read_rows = list(HistoryReader(table, today=TODAY))
    assert len(read_rows) == 600
    assert [row for row in read_rows if row.problems or row.warnings] == []
    assert Counter(row.status for row in read_rows) == {"verified": 517, "waiting": 71, "rejected": 12}
    assert table.ignored_columns == ["UNIT KERJA", "JENIS PENGEMBANGAN"]


def test_what_the_file_does_not_tell_comes_from_the_number() -> None:
    (person,) = people([NIP, "Budi", "Dinas Kesehatan"])
    assert (person.sex, person.birth_date, person.kind) == ("F", date(1987, 5, 14), "PNS")
    assert person.active is None


def test_a_number_that_came_before_names_the_first_row() -> None:
    found = people([NIP, "Budi", "A"], [OTHER, "Ani", "A"], [f"NIP {NIP}", "Budi", "A"], [NIP, "Budi", "A"])
    assert [[problem.message for problem in person.problems] for person in found] == [
        [], [], ["NIP sama dengan baris 2."], ["NIP sama dengan baris 2."],
    ]  # fmt: skip
    assert found[2].problems[0].code == "nip_repeated"


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    head = ["NIP", "NAMA", "L/P", "TGL LAHIR", "GOL", "STATUS", "TMT JABATAN"]
    (person,) = people(["123", "Budi 2", "X", "31-02-1980", "III/z", "Honorer", "kemarin"], head=head)
    assert {(problem.column, problem.code) for problem in person.problems} == {
        ("STATUS", "status_not_asn"), ("NIP", "nip_length"), ("NAMA", "name_characters"), ("L/P", "sex_unknown"),
        ("TGL LAHIR", "birth_date_absent"), ("GOL", "rank_unknown"), ("TMT JABATAN", "position_since_format"),
    }  # fmt: skip


def test_what_is_only_nice_to_have_costs_a_warning_not_the_row() -> None:
    head = ["NIP", "NAMA", "EMAIL GOV", "TAHUN LULUS"]
    (person,) = people([NIP, "Budi", "a@@b", "abad lalu"], head=head)
    assert (person.problems, person.email, person.graduation_year) == ((), "", None)
    assert {problem.code for problem in person.warnings} == {"email_format", "graduation_year_format"}
    (person,) = people([NIP, "Budi", "Budi@Samarinda.Example", 2009.0], head=head)
    assert (person.email, person.graduation_year) == ("budi@samarinda.example", 2009)


def test_a_person_who_left_is_told() -> None:
    head = ["NIP", "NAMA", "KEDUDUKAN HUKUM NAMA"]
    found = people([NIP, "Budi", "Pensiun"], [OTHER, "Ani", "Aktif"], head=head)
    assert [person.active for person in found] == [False, True]


def test_the_year_of_a_training_is_that_of_its_end_unless_the_file_tells() -> None:
    head = ["NIP", "NAMA DIKLAT", "TANGGAL", "TAHUN", "JP"]
    found = trainings(
        [NIP, "Arsip", "29 Desember 2024 s.d. 3 Januari 2025", "", "8"],
        [NIP, "Arsip", "29 Desember 2024", 2025.0, 8],
        [NIP, "Arsip", "", "", ""],
        head=head,
    )
    assert [row.year for row in found] == [2025, 2025, None]
    assert [row.jp for row in found] == [Decimal(8), Decimal(8), None]
    assert [row.problems for row in found] == [(), (), ()]


def test_a_training_needs_a_title() -> None:
    found = trainings([NIP, "", "2025", "8"], head=["NIP", "NAMA DIKLAT", "TAHUN", "JP"])
    assert [problem.code for problem in found[0].problems] == ["title_blank"]
