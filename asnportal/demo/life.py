"""A year of life in the demo city: what people did, what they wait for, what runs and what has just ended.

Everything goes through the services, so the mailbox, the audit trail and the ledger hold what they would hold.
Only trainings that are already under way are written as rows, because nobody can register for the past.
"""

import random
from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from asnportal.common.errors import Refusal
from asnportal.demo import centre
from asnportal.demo.advice import decline_advice
from asnportal.demo.assess import assess, rate
from asnportal.demo.needs import need
from asnportal.demo.outside import hand_in_outside
from asnportal.demo.people import Plan
from asnportal.demo.plans import plan_ahead
from asnportal.demo.yearly import plan_city
from asnportal.people.models import Employee, Unit, User
from competency.models import LearningForm, TrainingRecord
from competency.services import ledger
from partners.models import Partner
from partners.services import proposal as proposals
from training.models import Attendance, Enrolment, EnrolmentStatus, Session, SessionStatus
from training.services import approval, attendance, certificate, completion, enrolment

MOST_PEOPLE = 400  # who take part in the story, however large the city
OPEN_FORMS = ("B6", "C3", "B11")  # seminar, e-learning, dissemination: no approval asked


def live(plan: Plan, users: list[User]) -> None:
    """The whole story, for a city that has just been loaded."""
    chance = random.Random(plan.seed + 1)
    cast = Cast(users)
    people = list(Employee.objects.active().select_related("user", "unit").order_by("pk")[:MOST_PEOPLE])
    name_contacts()
    everybody = list(Employee.objects.active().select_related("position").order_by("pk"))
    assess(everybody, random.Random(plan.seed + 2), plan.today)
    centre.report(cast["bkpsdm"], random.Random(plan.seed + 5), plan.today)
    rate(everybody, random.Random(plan.seed + 3), plan.today)
    plan_ahead(cast, plan.today)
    need(cast, random.Random(plan.seed + 4), plan.today)
    remember(people, chance, plan.today)
    hand_in_outside(people, cast, plan.today)
    ask_for_approvals()
    name_signatory()
    ended(people, chance, cast, plan.today)
    running([one for one in people if one.user is None], chance, plan.today)
    coming(people, chance, cast)
    decline_advice(people, random.Random(plan.seed + 4), cast)
    propose(cast, plan.today)
    plan_city(cast, random.Random(plan.seed + 5), plan.today)


class Cast:
    """The demo accounts by the first part of their address."""

    def __init__(self, users: list[User]) -> None:
        self.users = {user.email.partition("@")[0]: user for user in users if user.email}

    def __getitem__(self, name: str) -> User:
        return self.users[name]

    def employee(self, name: str) -> Employee:
        return Employee.objects.select_related("user").get(user=self.users[name])


def name_contacts() -> None:
    """Invented admin units with a telephone, for the help page."""
    for code, name in (("23", "Nurul Aini"), ("11", "Hendra Wijaya"), ("05", "Rina Lestari")):
        Unit.objects.filter(code=code).update(contact_name=name, contact_phone="(0541) 000-0000")


def name_signatory() -> None:
    """The head of BKPSDM signs what is over and what runs; without a name nothing is issued."""
    head = Employee.objects.filter(headed__unit__code="05").first()
    name = head.full_name if head else "Kepala Contoh, M.Si."
    Session.objects.exclude(status=SessionStatus.DRAFT).filter(signatory_name="").update(
        signatory_name=name, signatory_title="Kepala BKPSDM Kota Samarinda"
    )


def remember(people: list[Employee], chance: random.Random, today: date) -> None:
    """Training of this year and the last, as an import would have brought it: most verified, some waiting."""
    forms = {
        form.code: form for form in LearningForm.objects.filter(code__in=["B3", "B6", "B7", "B10", "C3"])
    }
    titles = {
        "B3": ("Pelatihan Teknis Naskah Dinas", 12),
        "B6": ("Seminar Layanan Publik", 4),
        "B7": ("Lokakarya Alur Loket", 5),
        "B10": ("Bimtek Arsip Digital", 8),
        "C3": ("E-learning Keamanan Informasi", 3),
    }
    records: list[TrainingRecord] = []
    for person in people:
        for _ in range(chance.choice((0, 1, 1, 2, 2, 3))):
            code = chance.choice(tuple(forms) or ("B6",))
            title, jp = titles[code]
            day = today - timedelta(days=chance.randint(20, 420))
            number = f"893.3/{len(records) + 1:05}/{day:%m/%Y}"  # not of the portal's own series
            waits = chance.random() < 0.12
            records.append(
                TrainingRecord(
                    employee=person,
                    title=title,
                    organizer="BKPSDM Kota Samarinda",
                    form=forms[code],
                    form_name=forms[code].name,
                    start=day,
                    end=day,
                    year=day.year,
                    jp=Decimal(jp),
                    number=number,
                    status=TrainingRecord.Status.WAITING if waits else TrainingRecord.Status.VERIFIED,
                    source="demo",
                    match_key=f"{person.nip}:n:{number}",
                )
            )
    TrainingRecord.objects.bulk_create(records, batch_size=500)
    ledger.post_records([r for r in records if r.status == TrainingRecord.Status.VERIFIED], by=None)


def ask_for_approvals() -> None:
    """Short and open forms need nobody's yes; the others the supervisor's, leadership both."""
    Session.objects.filter(programme__form__code__in=OPEN_FORMS).update(approval=Session.Approval.NONE)
    Session.objects.filter(programme__form__code="B1").update(approval=Session.Approval.BOTH)


def seat_rows(session: Session, people: list[Employee]) -> list[Enrolment]:
    """People who got their seat before the training began."""
    now = timezone.now()
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            session=session,
            employee=person,
            number=number,
            status=EnrolmentStatus.CONFIRMED,
            requested_by=person.user,
            confirmed_at=now - timedelta(days=20),
        )
        for number, person in enumerate(people, 1)
    )
    Session.objects.filter(pk=session.pk).update(
        confirmed_count=len(rows), next_number=len(rows) + 1, quota=max(session.quota, len(rows))
    )
    session.refresh_from_db()
    return rows


def ended(people: list[Employee], chance: random.Random, cast: Cast, today: date) -> None:
    """One training that ended with attendance, results and JP, and one that BKPSDM has still to close."""
    base = Session.objects.filter(status=SessionStatus.FINISHED, end__lt=today, meetings__isnull=False)
    found = list(base.filter(start__gte=today - timedelta(days=60)).distinct().order_by("-end")[:8])
    short = [one for one in found if (one.end - one.start).days <= 4][:2]
    staff = [cast.employee("asn"), cast.employee("asn2"), cast.employee("atasan")]
    apart = [*staff, cast.employee("bkpsdm")]  # nobody records his own attendance
    for number, session in enumerate(short):
        Session.objects.filter(pk=session.pk).update(status=SessionStatus.PUBLISHED)
        session.refresh_from_db()
        others = [p for p in chance.sample(people, min(len(people), 16)) if p not in apart]
        rows = seat_rows(session, [*staff, *others[:12]])
        for meeting in session.meetings.all():
            marks = {row.pk: mark_of(chance, row, staff) for row in rows}
            attendance.mark(meeting, marks, by=cast["bkpsdm"])
            if number == 0:
                attendance.close_meeting(meeting, by=cast["bkpsdm"])
        if number == 0:
            completion.finish(session, by=cast["bkpsdm"])
            ask_for_certificates(session, staff, cast)


def ask_for_certificates(session: Session, staff: list[Employee], cast: Cast) -> None:
    """For the demo accounts and two others; the rest waits for an officer. The command makes the files."""
    passed = session.enrolments.filter(status=EnrolmentStatus.COMPLETED)
    others = passed.exclude(employee__in=staff).order_by("pk")[:2]
    for one in (*passed.filter(employee__in=staff), *others):
        certificate.request_one(one, by=cast["bkpsdm"])


def mark_of(chance: random.Random, row: Enrolment, staff: list[Employee]) -> str:
    if row.employee in staff or chance.random() < 0.85:
        return Attendance.Mark.PRESENT
    return chance.choice((Attendance.Mark.EXCUSED, Attendance.Mark.SICK, Attendance.Mark.ABSENT))


def running(people: list[Employee], chance: random.Random, today: date) -> None:
    """Trainings that run today have people in them; not the demo accounts: a study of two years would clash with
    everything they might try."""
    for session in Session.objects.filter(status=SessionStatus.PUBLISHED, start__lte=today, end__gte=today)[
        :3
    ]:
        seat_rows(session, chance.sample(people, min(len(people), session.quota, 18)))


def coming(people: list[Employee], chance: random.Random, cast: Cast) -> None:
    """Requests for what is open: seats, approvals that wait, one nearly full and one with a queue."""
    now = timezone.now()
    sessions = list(
        Session.objects.filter(status=SessionStatus.PUBLISHED, registration_closes__gt=now)
        .select_related("programme")
        .order_by("start", "pk")[:14]
    )
    asn, asn2 = cast.employee("asn"), cast.employee("asn2")
    for number, session in enumerate(sessions):
        if number == 0:
            Session.objects.filter(pk=session.pk).update(quota=5, approval=Session.Approval.NONE)
        wanted = chance.sample(people, min(len(people), 9 if number == 0 else chance.randint(2, 10)))
        if number in (1, 2):
            wanted.append(asn)
        if number in (1, 3):
            wanted.append(asn2)
        for person in wanted:
            ask(session, person, cast)
    answer(cast, chance)


def ask(session: Session, person: Employee, cast: Cast) -> None:
    """Somebody asks for a seat; who may not is no part of the story."""
    try:
        enrolment.request(
            session, employee=person, by=person.user or cast["bkpsdm"], reason="Sesuai tugas di unit saya."
        )
    except Refusal:
        return


def answer(cast: Cast, chance: random.Random) -> None:
    """Some supervisors have answered; those of the demo accounts have not, so that there is something to do."""
    kept = {cast.employee("atasan").pk, cast.employee("atasan2").pk}
    waiting = Enrolment.objects.filter(
        status=EnrolmentStatus.REQUESTED, step=Enrolment.Step.SUPERVISOR, approver__user__isnull=False
    ).select_related("approver__user")
    for one in waiting:
        if one.approver_id not in kept and one.approver and one.approver.user and chance.random() < 0.6:
            approval.approve(one, by=one.approver.user, step=Enrolment.Step.SUPERVISOR)


def propose(cast: Cast, today: date) -> None:
    """One proposal under review and one draft, by the first partner."""
    partner = Partner.objects.get(members__user=cast["mitra"])
    form = LearningForm.objects.filter(code="B6").first() or LearningForm.objects.all()[0]
    subjects = [
        proposals.SubjectDraft("Membaca peta genangan", "Dr. Sari Hartati", 90),
        proposals.SubjectDraft("Menyusun tiga langkah untuk kelurahan", "Dr. Sari Hartati", 90),
    ]
    for number, title in enumerate(
        ("Kota Tangguh Banjir di Tepian Mahakam", "Ekonomi Sungai dan UMKM Tepian")
    ):
        week = today + timedelta(days=40 + 7 * number)
        day = week + timedelta(days=2 - week.weekday())  # a Wednesday
        values = {
            "title": title,
            "form": form,
            "summary": "Peserta pulang membawa tiga langkah sederhana untuk unitnya.",
            "day": day,
            "last_day": day,
            "starts": time(9),
            "ends": time(12),
            "place": "Gedung Rektorat, Kampus Gunung Kelua",
            "quota": 60,
            "contact_name": "Bagian Kerja Sama",
            "contact_phone": "(0541) 000-0000",
        }
        made = proposals.draft(partner, values, subjects=subjects, by=cast["mitra"])
        if number == 0:
            proposals.submit(made, by=cast["mitra"])
