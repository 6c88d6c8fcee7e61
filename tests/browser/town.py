"""The demo city with what only time and work bring: certificates, imports under way, a second step.

``doors`` names pages that no link leads to, or that are worth looking at in one state more than another. Pages that
are reached by neither are opened as the permission matrix opens them, so that a new one needs no line here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asnportal.demo.accounts import PASSWORD
from asnportal.demo.load import load
from asnportal.demo.people import Plan
from asnportal.notifications.models import Message
from asnportal.people.models import Employee, User
from asnportal.people.services import activation, intake_job
from training.models import Certificate, CertificateStatus, Enrolment, EnrolmentStatus, Session, SessionStatus
from training.services import attendance, certificate, certificate_issue

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Role:
    """A kind of person and the demo account that stands for it ("" is the public)."""

    name: str
    account: str = ""
    start: str = "/beranda/"


ROLES = (
    Role("public", start="/"),
    Role("newcomer", start="/aktivasi/kata-sandi/"),
    Role("learner", "asn"),
    Role("learner with a second step", "asn2"),
    Role("supervisor", "atasan"),
    Role("unit officer", "opd"),
    Role("officer", "bkpsdm"),
    Role("partner", "mitra"),
    Role("auditor", "auditor"),
    Role("leader", "pimpinan"),
    Role("admin", "admin"),
)


class Town:
    """The loaded city, a browser without pictures for each role, and the doors to its pages."""

    def __init__(self) -> None:
        load(Plan(employees=200, seed=6472, today=timezone.localdate()))
        self.officer = user("bkpsdm")
        self.clients = {role.name: sign_in(role.account) for role in ROLES}
        self.finished = issue_certificates(self.officer)
        self.unfinished = close_one_meeting(self.officer)
        self.imports = import_files(self.clients["officer"])
        self.newcomer_enters()
        self.add_second_step()

    def newcomer_enters(self) -> None:
        """NIP and code are given, the password is not chosen yet."""
        person = Employee.objects.active().filter(user=None).order_by("pk")[0]
        slip = activation.renew(person, by=self.officer)
        self.clients["newcomer"].post("/aktivasi/", {"nip": person.nip, "kode": slip.code})

    def add_second_step(self) -> None:
        person = user("asn2")
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)

    def doors(self, role: Role) -> list[str]:
        return [*doors_of(self, role), role.start]


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@contoh.test")


def sign_in(account: str) -> Client:
    """Signed in on the page, and again, so that the second step may be changed."""
    client = Client(raise_request_exception=False)
    if account:
        answer = client.post("/masuk/", {"login": f"{account}@contoh.test", "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def issue_certificates(officer: User) -> Session:
    """One session's certificates, of which one was revoked."""
    finished = Session.objects.filter(status=SessionStatus.FINISHED, enrolments__status="completed")
    session = finished.distinct().order_by("-end")[0]
    session.signatory_name, session.signatory_title = "Hj. Contoh Kepala, S.Sos.", "Kepala BKPSDM"
    session.save()
    certificate.request_batch(session, by=officer)
    while certificate_issue.issue_due():  # some seconds' worth each time
        pass
    waiting = Certificate.objects.filter(status=CertificateStatus.PENDING)
    assert not waiting, waiting[0].problem
    others = Certificate.objects.exclude(employee__user__email__endswith="contoh.test")
    certificate.revoke(others.order_by("pk")[0], kind="other", reason="Nama tercetak keliru.", by=officer)
    return session


def close_one_meeting(officer: User) -> Session:
    """A session that is over, in which the first meeting is closed already."""
    over = Session.objects.filter(status=SessionStatus.PUBLISHED, end__lt=timezone.localdate())
    session = over.filter(meetings__attendances__isnull=False).distinct()[0]
    attendance.close_meeting(session.meetings.all()[0], by=officer)
    return session


def import_files(officer: Client) -> list[str]:
    """Three imports: one whose columns are shown, one that is checked, one that is done."""
    columns = upload(officer, DATA / "ugly" / "nama.csv")
    check = settle(officer, upload(officer, DATA / "ugly" / "gabungan.xlsx"))
    done = settle(officer, upload(officer, DATA / "small" / "employees.xlsx"))
    officer.post(done, {"siap": officer.get(done).context["result"]["ready"]})
    intake_job.run_waiting()
    return [columns, check, done.replace("periksa/", "")]


def upload(client: Client, path: Path) -> str:
    with path.open("rb") as file:
        answer = client.post(reverse("import_new"), {"jenis": "pegawai", "berkas": file})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def settle(client: Client, url: str) -> str:
    """Take the columns as the portal itself recognised them."""
    form = client.get(url).context["form"]
    chosen = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    return str(client.post(url, chosen)["Location"])


def doors_of(town: Town, role: Role) -> Iterable[str]:
    if role.name == "public":
        yield from entrance(town.clients[role.name])
    if role.name == "learner":
        yield from own_account()
    if role.name == "learner with a second step":
        yield from second_step()
    if role.name in ("officer", "admin", "auditor"):
        yield from sessions(town)
    if role.name == "officer":
        yield from town.imports
        yield from questions(town)


def entrance(client: Client) -> Iterable[str]:
    """Sign-in, forgotten passwords, verification."""
    yield from ("/masuk/", "/akun/lupa/", "/akun/lupa/terkirim/", "/akun/lupa/selesai/")
    yield from ("/akun/tidak-aktif/", "/akun/baru/", "/akun/email/terkirim/", "/akun/lupa/1-tidak-ada/")
    client.post("/akun/lupa/", {"email": "opd@contoh.test"})
    link = Message.objects.filter(purpose="password_reset").latest("pk").link
    yield str(client.get(link)["Location"])
    for status in ("issued", "revoked"):
        yield reverse("verify_token", args=[Certificate.objects.filter(status=status)[0].token])
    address = EmailAddress.objects.create(user=user("opd2"), email="baru@contoh.test")
    yield reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])


def own_account() -> Iterable[str]:
    yield from (reverse(name) for name in ("account_reauthenticate", "mfa_activate_totp"))


def second_step() -> Iterable[str]:
    names = ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp")
    yield from (reverse(name) for name in (*names, "mfa_reauthenticate"))


def sessions(town: Town) -> Iterable[str]:
    """A session in each state, with people in it."""
    queue = Session.objects.filter(enrolments__status=EnrolmentStatus.WAITING).first()
    for session in filter(None, (town.finished, town.unfinished, queue)):
        for name in ("session_manage", "session_participants", "session_attendance", "session_certificates"):
            yield reverse(name, args=[session.pk])


def questions(town: Town) -> Iterable[str]:
    """Pages that ask before something is done."""
    closed, still_open = town.unfinished.meetings.all()[0], town.unfinished.meetings.all()[1]
    yield reverse("meeting_reopen", args=[town.unfinished.pk, closed.pk])
    yield reverse("attendance_rest", args=[town.unfinished.pk, still_open.pk])
    yield reverse("certificate_guest", args=[town.finished.pk])
    waiting = Enrolment.objects.filter(status=EnrolmentStatus.WAITING)[0]
    for name in ("enrolment_promote", "enrolment_cancel"):
        yield reverse(name, args=[waiting.public_id])
