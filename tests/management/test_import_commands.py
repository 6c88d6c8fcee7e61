"""The two import commands: report, exit codes, options, and every ugly file (PRODUCT.md, the operator's interface)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asnportal.audit.models import AuditLine
from asnportal.people.models import Employee
from competency.models import LedgerLine, TrainingRecord
from tests.data.city import SMALL, UGLY, city

__all__ = ["city"]

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]

EXPECTED = {path.name[:-5]: json.loads(path.read_text("utf-8")) for path in sorted(UGLY.glob("*.json"))}
EMPLOYEES, HISTORY = SMALL / "employees.xlsx", SMALL / "training_history.xlsx"
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Exit code and report of one command."""

    def run(command: str, file: Path, *options: str) -> tuple[int, dict[str, Any]]:
        report = tmp_path / "report.json"
        code = 0
        try:
            call_command(command, str(file), "--report", str(report), *options, verbosity=0)
        except SystemExit as end:
            code = int(end.code or 0)
        return code, json.loads(report.read_text("utf-8"))

    return run


def counts(report: dict[str, Any]) -> list[int]:
    return [report[name] for name in ("created", "updated", "unchanged", "held", "rejected")]


def people_file(
    tmp_path: Path, *rows: str, headings: str = "NIP;Nama;Unit Kerja", name: str = "a.csv"
) -> Path:
    path = tmp_path / name
    path.write_text("\n".join([headings, *rows]), encoding="utf-8")
    return path


def writes(captured: CaptureQueriesContext) -> list[str]:
    return [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


class TestUgly:
    @pytest.mark.parametrize("name", EXPECTED)
    def test_an_ugly_file_gives_the_report_that_stands_beside_it(self, name: str, run: Run) -> None:
        expected = EXPECTED[name]
        if expected["command"] == "import_history":
            run("import_employees", EMPLOYEES)
        code, report = run(expected["command"], UGLY / name)
        if expected["refused"]:
            assert (code, report["refused"]["code"]) == (2, expected["refused"]["code"])
            assert (report["rows_read"], report["rows"], Employee.objects.count()) == (0, [], 0)
            return
        assert code == 1
        assert (report["refused"], counts(report)) == (None, counts(expected))
        assert report["ignored_columns"] == expected["ignored_columns"]
        assert [
            self.told(row, wanted) for row, wanted in zip(report["rows"], expected["rows"], strict=True)
        ] == [(row["row"], row["outcome"], row["nip"], row["values"], []) for row in expected["rows"]]

    @staticmethod
    def told(row: dict[str, Any], wanted: dict[str, Any]) -> tuple[Any, ...]:
        """The row as far as the expectation tells it, and what of its problems was not told."""
        found = {(p["column"], p["code"]) for p in row["problems"]}
        lacking = [p for p in wanted["problems"] if (p["column"], p["code"]) not in found]
        values = {name: row["values"][name] for name in wanted["values"]}
        if wanted["values"].get("status", "") is None and values["status"] == "waiting":
            values["status"] = None  # the file does not tell, --status does
        return row["row"], row["outcome"], row["nip"] if wanted["nip"] else None, values, lacking

    @pytest.mark.parametrize(
        "name", [n for n, e in EXPECTED.items() if e["command"] == "import_employees" and not e["refused"]]
    )
    def test_a_second_run_of_an_ugly_file_finds_the_same_and_writes_nothing(
        self, name: str, run: Run
    ) -> None:
        _, first = run("import_employees", UGLY / name)
        with CaptureQueriesContext(connection) as captured:
            code, second = run("import_employees", UGLY / name)
        assert counts(second) == [0, 0, first["created"], first["held"], first["rejected"]]
        assert (code, writes(captured)) == (1, [])


class TestSmallCity:
    def test_200_people_and_600_trainings_then_all_unchanged_and_no_row_written(self, run: Run) -> None:
        code, report = run("import_employees", EMPLOYEES)
        assert (code, counts(report), Employee.objects.count()) == (0, [200, 0, 0, 0, 0], 200)
        code, report = run("import_history", HISTORY)
        assert (code, counts(report), TrainingRecord.objects.count()) == (0, [600, 0, 0, 0, 0], 600)
        with CaptureQueriesContext(connection) as captured:
            again = [run("import_employees", EMPLOYEES), run("import_history", HISTORY)]
        assert [(code, counts(report)) for code, report in again] == [
            (0, [0, 0, 200, 0, 0]),
            (0, [0, 0, 600, 0, 0]),
        ]
        assert writes(captured) == []

    def test_verified_rows_count_as_recorded_and_waiting_ones_do_not(self, run: Run) -> None:
        run("import_employees", EMPLOYEES)
        run("import_history", HISTORY)
        by_status = {status: TrainingRecord.objects.filter(status=status) for status in TrainingRecord.Status}
        assert {status.value: records.count() > 0 for status, records in by_status.items()} == {
            "verified": True,
            "waiting": True,
            "rejected": True,
        }
        lines = LedgerLine.objects.values_list("record_id", "jp")
        verified = by_status[TrainingRecord.Status.VERIFIED].exclude(jp=None)
        assert dict(lines) == dict(verified.values_list("pk", "jp"))

    def test_the_report_names_the_columns_that_were_not_read(self, run: Run) -> None:
        _, report = run("import_employees", EMPLOYEES)
        assert "UNOR ID" in report["ignored_columns"]
        row = report["rows"][0]
        assert set(row) == {"row", "nip", "outcome", "values", "problems"}
        assert {
            "name",
            "title_before",
            "title_after",
            "rank",
            "position",
            "unit",
            "birth_date",
            "sex",
        } <= set(row["values"])

    def test_supervisors_are_computed_and_the_trail_has_counts_and_hash(self, run: Run) -> None:
        run("import_employees", EMPLOYEES)
        assert Employee.objects.exclude(supervisor=None).count() > 100
        line = AuditLine.objects.get(verb="employee.import")
        assert line.note.startswith("employees.xlsx sha256:")
        assert (len(line.note.split("sha256:")[1]), line.details) == (64, {"counts": {"created": 200}})
        assert Employee.history.count() == 200


class TestOptions:
    def test_a_dry_run_reports_and_writes_nothing(self, run: Run) -> None:
        with CaptureQueriesContext(connection) as captured:
            code, report = run("import_employees", EMPLOYEES, "--dry-run")
        assert (code, report["created"], writes(captured), Employee.objects.count()) == (0, 200, [], 0)

    def test_all_or_nothing_writes_nothing_while_a_row_is_wrong(self, run: Run, capsys: Any) -> None:
        code, report = run("import_employees", UGLY / "duk.xlsx", "--all-or-nothing")
        assert (code, report["created"], report["rejected"], Employee.objects.count()) == (1, 21, 3, 0)
        assert "Tidak ada yang disimpan" in capsys.readouterr().err

    def test_all_or_nothing_writes_all_where_nothing_is_wrong(self, run: Run) -> None:
        code, _ = run("import_employees", EMPLOYEES, "--all-or-nothing")
        assert (code, Employee.objects.count()) == (0, 200)

    def test_accept_held_takes_disagreements_with_the_number_and_marks_them(self, run: Run) -> None:
        code, report = run("import_employees", UGLY / "beda_dengan_nip.xlsx", "--accept-held")
        assert (code, counts(report)) == (1, [18, 0, 0, 0, 2])
        marked = [row["nip"] for row in report["rows"] if row["outcome"] == "created" and row["problems"]]
        assert len(marked) == 7
        assert set(Employee.objects.exclude(quality_marks=[]).values_list("nip", flat=True)) == set(marked)

    def test_accept_held_leaves_a_row_whose_unit_is_ambiguous(self, run: Run) -> None:
        _, report = run("import_employees", UGLY / "unit.xlsx", "--accept-held")
        assert (report["held"], report["rejected"]) == (3, 4)

    @pytest.mark.parametrize(("option", "status"), [((), "waiting"), (("--status", "verified"), "verified")])
    def test_rows_of_a_history_without_status_become_what_the_importer_says(
        self, run: Run, tmp_path: Path, option: tuple[str, ...], status: str
    ) -> None:
        run("import_employees", EMPLOYEES)
        nip = Employee.objects.order_by("nip").values_list("nip", flat=True)[0]
        file = people_file(
            tmp_path,
            f"{nip};Bimtek Arsip;2026-03-02;2026-03-03;16",
            headings="NIP;Nama Diklat;Tanggal Mulai;Tanggal Selesai;JP",
        )
        code, report = run("import_history", file, *option)
        assert (code, report["rows"][0]["values"]["status"]) == (0, status)
        assert LedgerLine.objects.count() == (1 if status == "verified" else 0)

    @pytest.mark.parametrize("name", ["tidak-ada.xlsx", "."])
    def test_a_file_that_is_not_there_is_refused_with_exit_code_2(
        self, run: Run, tmp_path: Path, name: str
    ) -> None:
        code, report = run("import_employees", tmp_path / name)
        assert (code, report["refused"]["code"]) == (2, "missing")

    def test_without_a_report_the_counts_are_printed(self, capsys: Any) -> None:
        call_command("import_employees", str(EMPLOYEES))
        assert "200 baris: 200 baru, 0 diperbarui" in capsys.readouterr().out


NUMBERS = {
    "198705142010012007": ("created", []),
    "19870514 201001 2 007": ("created", []),
    "196711101992031001": ("created", []),
    "199312282025212001": ("created", []),
    "200012312024211001": ("created", []),
    "198002302005011003": ("rejected", ["nip_birth_date"]),
    "198705142010132007": ("rejected", ["nip_code"]),
    "198705142010013007": ("rejected", ["nip_sex"]),
    "198705142010012000": ("rejected", ["nip_serial"]),
    "19870514201001200": ("rejected", ["nip_length"]),
    "199512252010011004": ("rejected", ["nip_age"]),
    "1.98705E+17": ("rejected", ["nip_lost_digits"]),
}


@pytest.mark.parametrize("nip", NUMBERS)
def test_the_numbers_of_DOMAIN_9_rule_1_by_file(nip: str, run: Run, tmp_path: Path) -> None:
    outcome, codes = NUMBERS[nip]
    code, report = run("import_employees", people_file(tmp_path, f"{nip};Budi Contoh;Dinas Kesehatan"))
    [row] = report["rows"]
    assert (row["outcome"], [p["code"] for p in row["problems"]], code) == (outcome, codes, 1 if codes else 0)


def test_a_number_and_its_kind_are_known_from_the_number(run: Run, tmp_path: Path) -> None:
    run("import_employees", people_file(tmp_path, "199312282025212001;Sari Contoh;Dinas Kesehatan"))
    person = Employee.objects.get()
    assert (person.kind, person.sex, person.birth_date.isoformat()) == ("PPPK", "F", "1993-12-28")


def test_B60_the_second_row_of_a_number_is_refused_naming_the_first(run: Run, tmp_path: Path) -> None:
    row = "198705142010012007;Budi Contoh;Dinas Kesehatan"
    code, report = run("import_employees", people_file(tmp_path, row, row))
    assert [r["outcome"] for r in report["rows"]] == ["created", "rejected"]
    assert (code, report["rows"][1]["problems"][0]["message"]) == (1, "NIP sama dengan baris 2.")


def test_B62_hidden_rows_are_read_from_the_first_visible_sheet_with_a_known_heading(run: Run) -> None:
    expected = EXPECTED["sembunyi.xlsx"]
    _, report = run("import_employees", UGLY / "sembunyi.xlsx")
    assert (expected["hidden_rows"] > 0, report["rows_read"]) == (True, expected["rows_read"])


def test_B65_blank_rows_are_no_rows(run: Run, tmp_path: Path) -> None:
    blanks = [";;"] * 900
    file = people_file(tmp_path, "198705142010012007;Budi Contoh;Dinas Kesehatan", *blanks, *blanks)
    code, report = run("import_employees", file)
    assert (code, report["rows_read"], counts(report)) == (0, 1, [1, 0, 0, 0, 0])


def test_B66_a_misspelt_unit_is_refused_with_what_may_be_meant(run: Run, tmp_path: Path) -> None:
    file = people_file(tmp_path, "198705142010012007;Budi Contoh;Dinas Pendidkan")
    _, report = run("import_employees", file)
    [problem] = report["rows"][0]["problems"]
    assert problem["code"] == "unit_unknown"
    assert problem["message"].startswith(
        "Unit kerja “Dinas Pendidkan” tidak ditemukan. Maksud Anda “Dinas Pendidikan"
    )
    assert problem["suggestions"][0].startswith("Dinas Pendidikan")


def test_B67_T27_columns_of_rights_are_named_and_not_read(run: Run, tmp_path: Path) -> None:
    headings = "NIP;Nama;Unit Kerja;NIK;agama_nama;is_superuser;is_staff;password;opd_id;status disetujui"
    row = "198705142010012007;Budi Contoh;Dinas Kesehatan;6472011405870001;Islam;1;1;rahasia;7;Disetujui"
    code, report = run("import_employees", people_file(tmp_path, row, headings=headings))
    assert report["ignored_columns"] == headings.split(";")[3:]
    assert (code, "6472011405870001" in json.dumps(report), "rahasia" in json.dumps(report)) == (
        0,
        False,
        False,
    )
    person = Employee.objects.get()
    assert (person.user, person.unit.name) == (None, "Dinas Kesehatan")
    assert AuditLine.objects.filter(note__contains="6472011405870001").count() == 0
