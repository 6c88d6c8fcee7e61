"""Import of 10,000 people into an empty table: CPU seconds and memory of reading, examining and writing."""

import json
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path


def write_elsewhere(path: Path, count: int) -> None:
    """In a process of its own: what making the file takes is no part of the figures."""
    needed = "from pathlib import Path; from tests.data.people import Crowd, write_people"
    made = f"{needed}; write_people(Path({str(path)!r}), Crowd({count}))"
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", made], check=True, timeout=300)


def peak_mb() -> int:
    """The most memory this program held. The kernel's ru_maxrss would begin with that of the one that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def main() -> None:
    import django

    django.setup()
    from asnportal.common.sheets import PEOPLE, Limits, read_workbook
    from asnportal.people.models import Employee, Unit
    from asnportal.people.services import intake

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pegawai.xlsx"
        write_elsewhere(path, 10_000)
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
        figures["memory_mb"] = peak_mb()
        figures["people"] = Employee.objects.count()
    print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main()
