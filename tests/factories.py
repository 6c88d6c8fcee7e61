"""People and things for tests. Defaults are ordinary; a test names only what matters to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from asnportal.people.models import Employee, Position, RoleGrant, Unit, UnitHead, User
from competency.models import Competency, LearningForm
from partners.models import Member, Partner
from training.models import (
    Certificate,
    CertificateStatus,
    Enrolment,
    EnrolmentStatus,
    Meeting,
    Programme,
    Provider,
    Session,
    SessionStatus,
)
from training.services import certificate_draft as draft
from training.services import certificate_file as files
from training.services import completion
from training.services.certificate_pdf import CertificateFacts, Signatory, Subject

WITA = ZoneInfo("Asia/Makassar")
PASSWORD = "Tepian-2026"  # the demo's password: long enough for every validator


def wita(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of a WITA day, as stored (UTC)."""
    return datetime.combine(day, time(hour, minute), WITA).astimezone(UTC)


def make_nip(number: int, *, sex: str = "F", born: date = date(1987, 5, 14), pppk: bool = False) -> str:
    """A valid, invented NIP; ``number`` makes it unique (start year and serial)."""
    start = f"{2010 + number // 900 % 14}{'21' if pppk else f'{number // 12600 % 12 + 1:02}'}"
    return f"{born:%Y%m%d}{start}{1 if sex == 'M' else 2}{number % 900 + 1:03}"


@cache
def hashed_password() -> str:
    """PASSWORD as stored. Hashed once: a good hash takes its time, and hundreds of people are made."""
    return make_password(PASSWORD)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"orang{n}@contoh.test")
    email = factory.LazyAttribute(lambda u: u.username if "@" in u.username else None)
    name = factory.Sequence(lambda n: f"Orang {n}")
    password = factory.LazyFunction(hashed_password)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"U{n:03}")
    name = factory.Sequence(lambda n: f"Dinas Percontohan {n}")
    short_name = ""
    kind = "Dinas"
    level = 1


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    code = factory.Sequence(lambda n: f"J{n:04}")
    name = factory.Sequence(lambda n: f"Analis Percontohan {n}")
    kind = Position.Kind.STAFF


class EmployeeFactory(DjangoModelFactory):
    """An active PNS with an account (``user=None`` for somebody who has not activated yet)."""

    class Meta:
        model = Employee

    nip = factory.Sequence(make_nip)
    name = factory.Sequence(
        lambda n: f"Pegawai {'ABCDEFGHIJ'[n % 10]} {['Satu', 'Dua', 'Tiga', 'Empat', 'Lima'][n % 5]}"
    )
    sex = Employee.Sex.FEMALE
    birth_date = date(1987, 5, 14)
    kind = Employee.Kind.PNS
    unit = factory.SubFactory(UnitFactory)
    position = factory.SubFactory(PositionFactory)
    user = factory.SubFactory(UserFactory, username=factory.SelfAttribute("..nip"), email=None)


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider

    code = factory.Sequence(lambda n: f"PV{n:03}")
    name = factory.Sequence(lambda n: f"Lembaga Percontohan {n}")


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    provider = factory.SubFactory(ProviderFactory)


class LearningFormFactory(DjangoModelFactory):
    class Meta:
        model = LearningForm
        django_get_or_create = ("code",)

    code = "B10"
    name = "Bimbingan Teknis (bimtek)"
    path = LearningForm.Path.CLASSICAL


class CompetencyFactory(DjangoModelFactory):
    class Meta:
        model = Competency

    code = factory.Sequence(lambda n: f"X.{n:02}")
    name = factory.Sequence(lambda n: f"Kompetensi percontohan {n}")
    family = Competency.Family.TECHNICAL


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"PR{n:04}")
    slug = factory.Sequence(lambda n: f"pelatihan-percontohan-{n}")
    title = factory.Sequence(lambda n: f"Pelatihan Percontohan {n}")
    form = factory.SubFactory(LearningFormFactory)
    provider = factory.SubFactory(ProviderFactory)
    jp = 8


class SessionFactory(DjangoModelFactory):
    """An open session four weeks from today (WITA), registration open, without approval, no meetings."""

    class Meta:
        model = Session

    programme = factory.SubFactory(ProgrammeFactory)
    status = SessionStatus.PUBLISHED
    start = factory.LazyFunction(lambda: datetime.now(WITA).date() + timedelta(days=28))
    end = factory.LazyAttribute(lambda s: s.start)
    quota = 30
    approval = Session.Approval.NONE
    registration_closes = factory.LazyAttribute(lambda s: wita(s.start - timedelta(days=3), 23, 59))
    place = "Aula BKPSDM"


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    session = factory.SubFactory(SessionFactory)
    starts_at = factory.LazyAttribute(lambda m: wita(m.session.start, 8))
    ends_at = factory.LazyAttribute(lambda m: m.starts_at + timedelta(hours=4))


class EnrolmentFactory(DjangoModelFactory):
    """A raw row in the given state, for tests of reading; use the services where the path matters."""

    class Meta:
        model = Enrolment

    session = factory.SubFactory(SessionFactory)
    employee = factory.SubFactory(EmployeeFactory)
    number = factory.Sequence(lambda n: n + 1)


def grant(user: User, role: str, *, unit: Unit | None = None) -> User:
    """Give a role and forget what the object had cached."""
    RoleGrant.objects.create(user=user, role=role, unit=unit)
    return User.objects.get(pk=user.pk)


def make_officer(**extra: Any) -> User:
    """A BKPSDM officer who is an employee too."""
    employee = EmployeeFactory(**extra)
    assert employee.user is not None
    return grant(employee.user, RoleGrant.Role.BKPSDM)


def make_unit_officer(unit: Unit, **extra: Any) -> User:
    employee = EmployeeFactory(unit=unit, **extra)
    assert employee.user is not None
    return grant(employee.user, RoleGrant.Role.OPD, unit=unit)


def make_partner_member(partner: Partner | None = None) -> User:
    user = UserFactory()
    Member.objects.create(partner=partner or PartnerFactory(), user=user)
    return grant(user, RoleGrant.Role.MITRA)


def make_head(unit: Unit, employee: Employee, *, since: date = date(2020, 1, 1), **extra: Any) -> UnitHead:
    return UnitHead.objects.create(unit=unit, employee=employee, valid_from=since, **extra)


def make_team(size: int = 1, unit: Unit | None = None) -> tuple[Employee, list[Employee]]:
    """A supervisor who heads a unit, and ``size`` people below, with ``supervisor`` already recorded."""
    unit = unit or UnitFactory()
    supervisor = EmployeeFactory(unit=unit)
    make_head(unit, supervisor)
    return supervisor, [EmployeeFactory(unit=unit, supervisor=supervisor) for _ in range(size)]


def printed_facts(**changes: Any) -> CertificateFacts:
    """The facts of an ordinary certificate: five subjects of one JP, one signatory."""
    subjects = (
        Subject("Mengenali sumber informasi yang tepercaya", 1, "Ir. Lidya Contoh, M.T."),
        Subject("Menjaga kata sandi dan data pribadi", 1, "Arif Contoh, S.Kom."),
        Subject("Email, dokumen bersama, dan tanda tangan elektronik", 1, "Arif Contoh, S.Kom."),
        Subject("Etika bermedia sosial bagi aparatur", 1, "Nurul Contoh, M.Psi."),
        Subject("Praktik di unit kerja dan evaluasi", 1, "Tim narasumber"),
    )
    defaults: dict[str, Any] = {
        "number": "800.2.3/04821/09/2026",
        "check_code": "7HXT-4PQM",
        "name": "Rahmawati Contoh, S.Sos.",
        "nip": "19890412 201503 2 004",
        "post": "Penelaah Teknis Kebijakan",
        "unit": "Dinas Percontohan",
        "title": "Pelatihan Literasi Digital bagi Aparatur",
        "organiser": "Dinas Komunikasi dan Informatika bersama BKPSDM Kota Samarinda",
        "start": date(2026, 9, 21),
        "end": date(2026, 9, 22),
        "venue": "Aula BKPSDM",
        "jp": 5,
        "subjects": subjects,
        "issued_on": date(2026, 9, 24),
        "signatories": (
            Signatory(
                "Kepala BKPSDM Kota Samarinda", "Kepala Contoh, M.Si.", mark="Disegel secara elektronik"
            ),
        ),
    }
    return CertificateFacts(**defaults | changes)


def make_finished_session(people: int = 0, *, employees: tuple[Employee, ...] = (), **extra: Any) -> Session:
    """A session that is over, with a signatory, and with completed enrolments of so many people (raw rows)."""
    day = datetime.now(WITA).date() - timedelta(days=7)
    values = {"start": day, "status": SessionStatus.FINISHED, "registration_closes": wita(day, 0)}
    signing = {"signatory_name": "Hj. Contoh Kepala, S.Sos.", "signatory_title": "Kepala BKPSDM"}
    session = SessionFactory(**{**values, **signing, **extra})
    everybody = (*employees, *(EmployeeFactory() for _ in range(people)))
    for employee in everybody:
        EnrolmentFactory(session=session, employee=employee, status=EnrolmentStatus.COMPLETED)
    return session


def make_passed_session(people: int) -> Session:
    """A session closed as an officer closes it: everybody passed, has an email address and the JP of it."""
    day = datetime.now(WITA).date() - timedelta(days=7)
    unit, position = UnitFactory(), PositionFactory()
    session = SessionFactory(
        start=day,
        quota=max(1, people),
        confirmed_count=people,
        next_number=people + 1,
        registration_closes=wita(day, 0),
        signatory_name="Hj. Contoh Kepala, S.Sos.",
        signatory_title="Kepala BKPSDM",
    )
    for number in range(1, people + 1):
        employee = EmployeeFactory(unit=unit, position=position)
        assert employee.user is not None
        User.objects.filter(pk=employee.user.pk).update(email=f"{employee.nip}@contoh.test")
        EnrolmentFactory(session=session, employee=employee, number=number, status=EnrolmentStatus.CONFIRMED)
    passed = session.enrolments.values_list("pk", flat=True)
    completion.finish_by_list(session, set(passed), by=make_officer())
    return session


def printed_serials() -> list[int]:
    """The running numbers that certificates have been given, versions of one number once, in order of request."""
    first = Certificate.objects.exclude(number="").filter(version=1).order_by("pk")
    return [int(number.split("/")[1]) for number in first.values_list("number", flat=True)]


def make_certificate(employee: Employee, *, stored: bool = False, **extra: Any) -> Certificate:
    """A raw, issued certificate of a finished session; ``stored`` writes some bytes as its file."""
    session = make_finished_session(employees=(employee,))
    [facts] = draft.for_participants(session, list(draft.people(session))).values()
    serial = Certificate.objects.count() + 90_000
    facts = replace(facts, number=f"800.2.3/{serial}/11/2026", check_code="ABCD-EFGH")
    made = Certificate.objects.create(
        **{
            "session": session,
            "enrolment": session.enrolments.get(),
            "employee": employee,
            "status": CertificateStatus.ISSUED,
            "number": facts.number,
            "check_code": facts.check_code,
            "token": f"token-{serial}",
            "facts": facts.to_json(),
            "issued_at": wita(facts.issued_on),
            **extra,
        }
    )
    if stored:
        kept = files.store(b"%PDF-1.7 contoh", public_id=str(made.public_id), year=2026)
        made.file, made.sha256, made.size = kept.name, kept.sha256, kept.size
        made.save()
    return made
