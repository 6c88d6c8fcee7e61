"""Who is in a session, who asked, who waits: BKPSDM's list, its figures and its file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from asnportal.common.dates import WITA, format_short_date
from asnportal.common.nip import format_nip, mask_nip
from asnportal.people.models import Employee, User
from asnportal.people.queries.employee import words_of
from training.models import Enrolment, EnrolmentStatus, Session
from training.queries.enrolment import Badge, badge_for
from training.queries.seat import places_in_line

S = EnrolmentStatus
Step = Enrolment.Step
PAGE_SIZE = 25
LONGEST_SEARCH = 100

# What can be filtered by, as people read it.
STATES: dict[str, tuple[str, Q]] = {
    "terdaftar": ("Terdaftar", Q(status=S.CONFIRMED)),
    "verifikasi": ("Menunggu verifikasi BKPSDM", Q(status=S.REQUESTED, step=Step.BKPSDM)),
    "atasan": ("Menunggu persetujuan atasan langsung", Q(status=S.REQUESTED, step=Step.SUPERVISOR)),
    "tunggu": ("Daftar tunggu", Q(status=S.WAITING)),
    "lulus": ("Selesai", Q(status=S.COMPLETED)),
    "belum": ("Belum memenuhi syarat", Q(status=S.NOT_COMPLETED)),
    "batal": ("Tidak jadi ikut", Q(status__in=(S.DECLINED, S.UNDECIDED, S.WITHDRAWN, S.CANCELLED))),
}
ORDERS = {
    "nomor": ("number",),
    "nama": ("employee__name", "number"),
    "unit": ("employee__unit__name", "employee__name"),
    "keadaan": ("status", "step", "number"),
}


@dataclass(frozen=True)
class ParticipantRow:
    enrolment: Enrolment
    badge: Badge
    nip: str
    waits_for_bkpsdm: bool


def participants(
    session: Session, *, words: str = "", state: str = "", order: str = "nomor", masked: bool = False
) -> QuerySet[Enrolment]:
    """The session's enrolments by words of name, NIP or unit, and by state. ``-`` before the order turns it.

    Who reads ``masked`` numbers cannot find one out by searching for it (T47).
    """
    found = Enrolment.objects.filter(session=session).filter(STATES[state][1] if state in STATES else Q())
    for word in words_of(words[:LONGEST_SEARCH]):
        by_number = Q() if masked else Q(employee__nip__startswith=word)
        found = found.filter(
            Q(employee__name__icontains=word)
            | by_number
            | Q(employee__unit__name__icontains=word)
            | Q(employee__unit__short_name__icontains=word)
        )
    fields = ORDERS.get(order.removeprefix("-"), ORDERS["nomor"])
    turned = [F(field).desc() if order.startswith("-") else F(field).asc() for field in fields]
    return found.select_related(
        "employee__unit", "employee__position", "employee__rank", "approver"
    ).order_by(*turned, "pk")


def as_rows(enrolments: Sequence[Enrolment], *, masked: bool) -> list[ParticipantRow]:
    """With badges and places in line (one statement). ``masked`` hides the NIP, as for the auditor."""
    places = places_in_line([e.pk for e in enrolments if e.status == S.WAITING])
    hide = mask_nip if masked else format_nip
    return [
        ParticipantRow(
            enrolment=e,
            badge=badge_for(e, place=places.get(e.pk, 0)),
            nip=hide(e.employee.nip),
            waits_for_bkpsdm=e.status == S.REQUESTED and e.step == Step.BKPSDM,
        )
        for e in enrolments
    ]


def state_counts(session: Session) -> dict[str, int]:
    """How many are in each of STATES; one statement."""
    each = {name: Count("pk", filter=condition) for name, (_words, condition) in STATES.items()}
    found: dict[str, int] = Enrolment.objects.filter(session=session).aggregate(**each)
    return found


def in_states(session: Session, names: Iterable[str]) -> QuerySet[Enrolment]:
    """Everybody of the session in these of STATES, with what a message needs."""
    wanted = Q(pk=None)
    for name in names:
        wanted |= STATES[name][1]
    rows = Enrolment.objects.filter(session=session).filter(wanted).order_by("number")
    return rows.select_related("employee__user", "session__programme").prefetch_related("session__meetings")


SHORTEST_SEARCH = 3
MOST_FOUND = 10


def candidates(words: str, *, user: User) -> list[Employee]:
    """Active people by name or NIP, for whoever enrols somebody (TRUST T50: three letters, ten results)."""
    if len(words) < SHORTEST_SEARCH:
        return []
    found = Employee.objects.visible_to(user).active()
    for word in words_of(words):
        found = found.filter(Q(name__icontains=word) | Q(nip__startswith=word))
    return list(found.select_related("unit", "position").order_by("name", "pk")[:MOST_FOUND])


HEADINGS = (
    "Nomor urut",
    "Nama",
    "NIP",
    "Status kepegawaian",
    "Golongan",
    "Jabatan",
    "Unit",
    "Keadaan",
    "Diajukan",
    "Terdaftar",
    "Alasan",
)


def file_rows(enrolments: Iterable[Enrolment], *, masked: bool) -> Iterator[tuple[object, ...]]:
    """One line per enrolment for the spreadsheet; NIP as text of 18 digits, masked for the auditor."""
    for e in enrolments:
        person = e.employee
        yield (
            e.number,
            person.full_name,
            mask_nip(person.nip) if masked else person.nip,
            person.get_kind_display(),
            person.rank_id or "",
            person.position.name if person.position else "",
            person.unit.name,
            badge_for(e).words,
            format_short_date(e.requested_at.astimezone(WITA)),
            format_short_date(e.confirmed_at.astimezone(WITA)) if e.confirmed_at else "",
            e.ended_reason or e.reason,
        )


def steps_at_bkpsdm() -> QuerySet[Enrolment]:
    """Every request whose open step is BKPSDM's, over all sessions, the oldest first."""
    rows = Enrolment.objects.filter(status=S.REQUESTED, step=Step.BKPSDM)
    return rows.select_related(
        "employee__unit", "employee__position", "session__programme", "approver"
    ).order_by("step_since", "pk")


@dataclass(frozen=True)
class TodoCounts:
    """Requests at BKPSDM, those of them that a supervisor left open, and what starts within a week."""

    open: int
    escalated: int
    starting: int


def todo_counts(until: date) -> TodoCounts:
    """``until`` is the last day (WITA) of what starts soon."""
    found = Enrolment.objects.filter(status=S.REQUESTED, step=Step.BKPSDM).aggregate(
        open=Count("pk"),
        escalated=Count("pk", filter=Q(escalated_at__isnull=False)),
        starting=Count("pk", filter=Q(session__start__lte=until)),
    )
    return TodoCounts(**found)
