"""What BKPSDM, pimpinan and auditor see first: the city in figures, and what needs a decision today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from asnportal.audit.models import AuditLine, Job
from asnportal.common.counting import count_all
from asnportal.common.dates import WITA
from asnportal.notifications.models import Message
from asnportal.people.models import Employee, RoleGrant, Unit, User
from competency.models import TrainingRecord, UnitNeed
from competency.queries.ledger import SMALLEST_GROUP, Fulfilment, fulfilment, fulfilment_of_units
from partners.queries.proposal import waiting_for_bkpsdm
from training.models import (
    Certificate,
    CertificateStatus,
    Enrolment,
    EnrolmentStatus,
    Session,
    SessionStatus,
)
from training.queries.participant import steps_at_bkpsdm
from training.queries.session_list import unclosed_meetings, without_certificate


@dataclass(frozen=True)
class Todo:
    """One kind of thing that waits: how many, where the list is, what the button says."""

    icon: str
    count: int
    words: str
    hint: str
    url_name: str
    verb: str
    query: str = ""


def todos(*, today: date) -> list[Todo]:
    """What needs a decision of BKPSDM today; only what is not zero."""
    n = count_all(**_waiting_sets(today))
    found = [
        Todo(
            "clipboard-check",
            n["verify"],
            "pendaftaran menunggu verifikasi",
            "Yang paling lama menunggu tampil lebih dulu",
            "todo",
            "Verifikasi",
        ),
        Todo(
            "user-check",
            n["unmarked"],
            "pertemuan belum ditutup kehadirannya",
            "Sertifikat tertahan sampai ditutup",
            "session_list",
            "Rekam",
            "?keadaan=unclosed",
        ),
        Todo(
            "calendar-days",
            n["ended"],
            "jadwal sudah lewat dan belum ditutup",
            "Tutup supaya JP dan sertifikat keluar",
            "session_list",
            "Tutup",
            "?keadaan=ended",
        ),
        Todo(
            "award",
            n["ready"],
            "peserta lulus belum menerima sertifikat",
            "Terbitkan dari halaman jadwalnya",
            "session_list",
            "Terbitkan",
            "?keadaan=uncertified",
        ),
        Todo(
            "inbox",
            n["needs"],
            "perangkat daerah mengirim kebutuhannya",
            "Setelah diverifikasi, kebutuhannya masuk rencana tahunan",
            "need_list",
            "Periksa",
        ),
        Todo(
            "handshake",
            n["proposals"],
            "usulan dari mitra",
            "Dijawab paling lama 5 hari kerja",
            "proposal_list",
            "Tinjau",
        ),
        Todo(
            "file-warning",
            n["records"],
            "riwayat menunggu verifikasi",
            "Belum dihitung sebagai JP",
            "record_list",
            "Periksa",
        ),
        Todo(
            "mail",
            n["failed"],
            "pesan gagal terkirim",
            "Teksnya tetap ada di portal",
            "mailbox",
            "Lihat",
            "?keadaan=gagal",
        ),
        Todo(
            "users",
            n["alone"],
            "pegawai tanpa atasan",
            "Permintaannya langsung ke BKPSDM",
            "without_supervisor",
            "Lihat",
        ),
    ]
    return [todo for todo in found if todo.count]


def _waiting_sets(today: date) -> dict[str, QuerySet[Any]]:
    """What todos() counts."""
    return {
        "verify": steps_at_bkpsdm(),
        "unmarked": unclosed_meetings(),
        "ended": Session.objects.filter(status=SessionStatus.PUBLISHED, end__lt=today),
        "ready": without_certificate(),
        "proposals": waiting_for_bkpsdm(),
        "needs": UnitNeed.objects.filter(status=UnitNeed.Status.SENT),
        "records": TrainingRecord.objects.filter(status=TrainingRecord.Status.WAITING),
        "failed": Message.objects.filter(status=Message.Status.FAILED),
        "alone": Employee.objects.active().filter(supervisor=None),
    }


@dataclass(frozen=True)
class City:
    """Figures of a WITA year, of the people of today; no names."""

    jp: Fulfilment
    sessions: int
    running: int
    seats: int
    participants: int
    certificates: int


def city(*, today: date, year: int | None = None) -> City:
    """The whole city in the present year, or another. Constant number of statements."""
    wanted = year or today.year
    runs = Session.objects.filter(start__year=wanted).exclude(
        status__in=[SessionStatus.DRAFT, SessionStatus.CANCELLED]
    )
    counts = runs.aggregate(
        sessions=Count("pk"),
        running=Count("pk", filter=Q(status=SessionStatus.PUBLISHED, start__lte=today, end__gte=today)),
    )
    taken = Enrolment.objects.filter(
        session__in=runs,
        status__in=[EnrolmentStatus.CONFIRMED, EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED],
    )
    people = taken.aggregate(seats=Count("pk"), participants=Count("employee", distinct=True))
    issued = Certificate.objects.filter(status=CertificateStatus.ISSUED, issued_at__year=wanted)
    return City(
        jp=fulfilment(Employee.objects.all(), wanted), **counts, **people, certificates=issued.count()
    )


@dataclass(frozen=True)
class UnitRow:
    name: str
    code: str
    jp: Fulfilment


def units_of_city(*, year: int) -> list[UnitRow]:
    """The offices right below the city, by share of PNS at the floor; none under five people."""
    offices = list(Unit.objects.filter(level=1, is_active=True))
    figures = fulfilment_of_units(offices, year)
    rows = [UnitRow(unit.name, unit.code, figures[unit.pk]) for unit in offices]
    rows = [row for row in rows if row.jp.pns >= SMALLEST_GROUP]
    return sorted(rows, key=lambda row: (-row.jp.percent, row.name))


def next_sessions(*, today: date, most: int = 5) -> Sequence[Session]:
    return list(
        Session.objects.filter(status=SessionStatus.PUBLISHED, start__gte=today)
        .select_related("programme")
        .order_by("start", "id")[:most]
    )


@dataclass(frozen=True)
class Watch:
    """What the auditor looks at: acts of today and of seven days, exports, decisions, revoked certificates."""

    today: int
    week: int
    exports: int
    decisions: int
    revoked: int


def watch(*, today: date) -> Watch:
    """Figures of the audit trail by WITA days. Two statements."""
    start = datetime.combine(today, time(), WITA)
    week = AuditLine.objects.filter(at__gte=start - timedelta(days=6))
    counts = week.aggregate(
        today=Count("pk", filter=Q(at__gte=start)),
        week=Count("pk"),
        exports=Count("pk", filter=Q(verb__contains="export")),
        decisions=Count(
            "pk", filter=Q(verb__in=["enrolment.approve", "enrolment.decline", "enrolment.confirm"])
        ),
    )
    revoked = Certificate.objects.filter(status=CertificateStatus.REVOKED).count()
    return Watch(**counts, revoked=revoked)


@dataclass(frozen=True)
class Machine:
    """What the technical admin looks at."""

    accounts: int
    officers: int
    jobs_failed: int
    mails_waiting: int


def machine() -> Machine:
    counts = count_all(
        accounts=User.objects.filter(is_active=True),
        officers=User.objects.filter(Exists(RoleGrant.objects.filter(user=OuterRef("pk")))),
        jobs_failed=Job.objects.filter(status=Job.Status.FAILED),
        mails_waiting=Message.objects.filter(status=Message.Status.WAITING),
    )
    return Machine(**counts)
