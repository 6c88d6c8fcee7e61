"""The annual plan against what came of it: sessions, seats, completions, certificates, money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet

from asnportal.common.dates import MONTHS
from training.models import (
    Certificate,
    CertificateStatus,
    CityPlan,
    CityPlanLine,
    Enrolment,
    EnrolmentStatus,
    Session,
    SessionStatus,
)

SEATED = (EnrolmentStatus.CONFIRMED, EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED)


@dataclass(frozen=True)
class Runs:
    """Sessions of one line that were not cancelled: ``begun`` ones are open and have started, those of them that
    are ``over`` wait to be closed; ``start`` and ``end`` are WITA days of the first and last."""

    made: int = 0
    finished: int = 0
    begun: int = 0
    over: int = 0
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Progress:
    """One line: planned beside what is. ``kind`` is the badge's, ``words`` say how it stands."""

    line: CityPlanLine
    runs: Runs
    seats: int
    completed: int
    certificates: int
    kind: str
    words: str

    @property
    def difference(self) -> int | None:
        """Spent less than planned below zero (whole rupiah); None where one of both is not known."""
        planned, spent = self.line.total, self.line.actual_cost
        return None if planned is None or spent is None else spent - planned


@dataclass(frozen=True)
class ProgressPage:
    plan: CityPlan
    rows: Sequence[Progress]

    def sum_of(self, name: str) -> int:
        return sum(getattr(row, name) for row in self.rows)

    @property
    def people(self) -> int:
        return sum(row.line.people for row in self.rows)

    @property
    def seats(self) -> int:
        return self.sum_of("seats")

    @property
    def completed(self) -> int:
        return self.sum_of("completed")

    @property
    def certificates(self) -> int:
        return self.sum_of("certificates")

    @property
    def planned_runs(self) -> int:
        return sum(row.line.sessions_planned for row in self.rows)

    @property
    def made_runs(self) -> int:
        return sum(row.runs.made for row in self.rows)

    @property
    def planned_cost(self) -> int:
        return sum(row.line.total or 0 for row in self.rows)

    @property
    def spent(self) -> int:
        return sum(row.line.actual_cost or 0 for row in self.rows)

    @property
    def late(self) -> int:
        """Lines whose months are over without a session."""
        return sum(1 for row in self.rows if row.kind == "bad")


def progress_page(plan: CityPlan, *, today: date) -> ProgressPage:
    """Four statements, however many lines."""
    alive = Session.objects.filter(plan_line__plan=plan).exclude(status=SessionStatus.CANCELLED)
    runs, seats, papers = _runs(alive, today), _seats(alive), _certificates(alive)
    rows = []
    for line in plan.lines.select_related("form", "provider", "competency"):
        line.plan = plan
        mine = runs.get(line.pk, Runs())
        seated, done = seats.get(line.pk, (0, 0))
        kind, words = standing(line, mine, today=today)
        rows.append(Progress(line, mine, seated, done, papers.get(line.pk, 0), kind, words))
    return ProgressPage(plan, rows)


def _runs(alive: QuerySet[Session], today: date) -> dict[int | None, Runs]:
    rows = (
        alive.order_by()
        .values_list("plan_line")
        .annotate(
            made=Count("pk"),
            finished=Count("pk", filter=Q(status=SessionStatus.FINISHED)),
            begun=Count("pk", filter=Q(status=SessionStatus.PUBLISHED, start__lte=today)),
            over=Count("pk", filter=Q(status=SessionStatus.PUBLISHED, end__lt=today)),
            first=Min("start"),
            last=Max("end"),
        )
    )
    return {line: Runs(*figures) for line, *figures in rows}


def _seats(alive: QuerySet[Session]) -> dict[int | None, tuple[int, int]]:
    """Seats taken, and people who completed."""
    rows = (
        Enrolment.objects.filter(session__in=alive)
        .order_by()
        .values_list("session__plan_line")
        .annotate(
            seated=Count("pk", filter=Q(status__in=SEATED)),
            done=Count("pk", filter=Q(status=EnrolmentStatus.COMPLETED)),
        )
    )
    return {line: (seated, done) for line, seated, done in rows}


def _certificates(alive: QuerySet[Session]) -> dict[int | None, int]:
    """Of participants, as they hold them now."""
    issued = Certificate.objects.filter(
        session__in=alive, status=CertificateStatus.ISSUED, enrolment__isnull=False
    )
    return dict(issued.order_by().values_list("session__plan_line").annotate(many=Count("pk")))


def standing(line: CityPlanLine, runs: Runs, *, today: date) -> tuple[str, str]:
    """How a line stands on this day (WITA), as badge and words."""
    planned = line.sessions_planned
    if runs.finished >= planned:
        return "ok", "Terlaksana"
    if runs.finished:
        return "info", f"Terlaksana {runs.finished} dari {planned}"
    if runs.begun:
        return ("warn", "Belum ditutup") if runs.over == runs.begun else ("brand", "Berjalan")
    if runs.made:
        return "info", "Terjadwal" if runs.made >= planned else f"Terjadwal {runs.made} dari {planned}"
    if (today.year, today.month) > (line.plan.year, line.last_month):
        return "bad", "Terlewat"
    return "", "Belum dijadwalkan"


HEADINGS = (
    "Baris",
    "Kompetensi",
    "Bentuk",
    "Penyelenggara",
    "Bulan rencana",
    "Jadwal rencana",
    "Jadwal dibuat",
    "Jadwal selesai",
    "Kuota rencana",
    "Kursi terisi",
    "Selesai",
    "Sertifikat",
    "Anggaran (Rp)",
    "Terpakai (Rp)",
    "Keadaan",
)


def file_rows(page: ProgressPage) -> Iterator[tuple[object, ...]]:
    """As HEADINGS."""
    for row in page.rows:
        line = row.line
        yield (
            line.title,
            str(line.competency or ""),
            str(line.form or ""),
            line.provider.name if line.provider else "",
            months_of(line),
            line.sessions_planned,
            row.runs.made,
            row.runs.finished,
            line.people,
            row.seats,
            row.completed,
            row.certificates,
            line.total,
            line.actual_cost,
            row.words,
        )


def months_of(line: CityPlanLine) -> str:
    names = MONTHS["id"]
    first, last = names[line.first_month - 1], names[line.last_month - 1]
    return first if first == last else f"{first}–{last}"
