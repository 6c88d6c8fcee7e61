"""Import of 10,000 people into an empty table: CPU seconds and memory of reading, examining and writing."""

import json
import resource
import tempfile
from datetime import date
from pathlib import Path


def write_file(path: Path, count: int) -> None:
    """A spreadsheet as an office sends it: 10 columns, invented people, units by name."""
    import random

    import xlsxwriter

    from asnportal.demo.people import Plan, keep_numbers_apart, person
    from asnportal.people.models import Position, Unit

    chance = random.Random(99)
    plan = Plan(employees=count, seed=99, today=date(2026, 11, 24))
    people = [person(chance, n, plan) for n in range(count)]
    keep_numbers_apart(people)
    units = list(Unit.objects.exclude(parent=None).values_list("name", flat=True))
    posts = list(Position.objects.values_list("name", flat=True))
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Pegawai")
    headings = [
        "NIP BARU",
        "NAMA",
        "GELAR BELAKANG",
        "TANGGAL LAHIR",
        "JENIS KELAMIN",
        "STATUS",
        "GOL AKHIR NAMA",
    ]
    headings += ["JABATAN NAMA", "UNOR NAMA", "EMAIL GOV"]
    sheet.write_row(0, 0, headings)
    for row, one in enumerate(people, 1):
        born = one.birth_date or date(1980, 1, 1)
        values = [one.nip, one.name, one.title_after, f"{born:%d-%m-%Y}", one.sex, one.kind]
        values += ["IX" if one.is_pppk else "III/b", chance.choice(posts), chance.choice(units), ""]
        for column, value in enumerate(values):
            sheet.write_string(row, column, value)
    book.close()


def main() -> None:
    import django

    django.setup()
    from asnportal.common.sheets import PEOPLE, Limits, read_workbook
    from asnportal.people.models import Employee, Unit
    from asnportal.people.services import intake

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pegawai.xlsx"
        write_file(path, 10_000)
        Unit.objects.count()
        figures = {}
        for name in ("first", "again"):
            before = resource.getrusage(resource.RUSAGE_SELF)
            table = read_workbook(path, path.name, vocabulary=PEOPLE, limits=Limits(50_000, 25_000_000))
            plan = intake.examine(
                table, today=date(2026, 11, 24), decisions=intake.Decisions(accept_held=True)
            )
            intake.write(plan, by=None, source="bench")
            after = resource.getrusage(resource.RUSAGE_SELF)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            figures |= {f"{name}_cpu_s": round(cpu, 2), f"{name}_written": plan.report.written}
        figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        figures["people"] = Employee.objects.count()
    print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main()
