"""Every notice of the trainings, walked: once per cause, Indonesian, with a reason and a place to go."""

import inspect
import re
from datetime import date
from decimal import Decimal
from types import ModuleType

import pytest
import time_machine
from django.urls import resolve
from icalendar import Calendar

from asnportal.notifications.notices import Notice
from asnportal.notifications.services import outbox
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    MeetingFactory,
    SessionFactory,
    make_officer,
    make_team,
    wita,
)
from training.models import CERTIFICATE, ENROLMENT, SESSION, Approval, Certificate, Enrolment, EnrolmentStatus
from training.notices import approval, certificate, enrolment, reminder, session
from training.queries.reminder import DueReminder, Opening

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)


@pytest.fixture
def seat():
    with time_machine.travel(wita(date(2026, 10, 5), 9), tick=False):
        supervisor, (learner,) = make_team()
        run = SessionFactory(
            start=DAY, end=date(2026, 10, 21), programme__title="Pelayanan Publik yang Inklusif"
        )
        for day in (DAY, date(2026, 10, 21)):
            MeetingFactory(session=run, starts_at=wita(day, 8), ends_at=wita(day, 12))
        return EnrolmentFactory(
            session=run,
            employee=learner,
            approver=supervisor,
            step="supervisor",
            status=EnrolmentStatus.CONFIRMED,
            confirmed_at=wita(date(2026, 10, 6), 9),
        )


def everything(seat: Enrolment) -> dict[str, Notice]:
    """One of each, by "<module>.<function>"."""
    officer = make_officer()
    answer = Approval(enrolment=seat, step="supervisor", decision="approved", by=officer)
    document = Certificate(
        pk=5, employee=seat.employee, session=seat.session, number="800/00005", token="t" * 43
    )
    meeting = seat.session.meetings.all()[0]
    soon = DueReminder(seat, Opening(DAY, meeting.starts_at, meeting), 1, meeting.starts_at)
    return {
        "enrolment.received": enrolment.received(seat),
        "enrolment.confirmed": enrolment.confirmed(seat),
        "enrolment.queued": enrolment.queued(seat, place=3),
        "enrolment.decided": enrolment.decided(seat, answer),
        "enrolment.seat_from_queue": enrolment.seat_from_queue(seat),
        "enrolment.escalated": enrolment.escalated(seat),
        "enrolment.undecided": enrolment.undecided(seat),
        "enrolment.withdrawn": enrolment.withdrawn(seat),
        "enrolment.withdrawn_late": enrolment.withdrawn_late(seat, officer=officer),
        "enrolment.cancelled": enrolment.cancelled(seat),
        "approval.asked": approval.asked(seat, away=2),
        "approval.reminded": approval.reminded(seat),
        "session.changed": session.changed(seat, changes=("Tempat: Aula BKPSDM → Gedung B.",)),
        "session.cancelled": session.cancelled(seat),
        "session.message": session.message(seat, subject="Bawa laptop", text="Satu.\n\nDua.", number="1"),
        "certificate.ready": certificate.ready(document, jp=Decimal(5)),
        "certificate.revoked": certificate.revoked(document),
        "reminder.begins_soon": reminder.begins_soon(soon, today=date(2026, 10, 19)),
    }


def builders(*modules: ModuleType) -> set[str]:
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def test_the_walk_leaves_no_notice_out(seat):
    assert set(everything(seat)) == builders(approval, enrolment, session, certificate, reminder)


def test_every_notice_has_a_key_of_its_own_that_names_its_purpose_and_cause(seat):
    keys = [notice.key for notice in everything(seat).values()]
    purposes = [key.partition(":")[0] for key in keys]
    assert len(set(purposes)) == len(keys)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+(:[a-z0-9-]+)+", key) for key in keys)


def test_another_persons_notices_never_share_a_key(seat):
    other = EnrolmentFactory(
        session=seat.session,
        employee=EmployeeFactory(),
        approver=seat.approver,
        step="supervisor",
        status=EnrolmentStatus.CONFIRMED,
    )
    mine = {notice.key for notice in everything(seat).values()}
    theirs = {notice.key for notice in everything(other).values()}
    assert mine & theirs <= {"certificate-ready:5", "certificate-revoked:5"}  # the walk invents that one row


SUBJECTS = {
    "enrolment.received": "Permintaan Anda diterima: Pelayanan Publik yang Inklusif, 20–21 Oktober",
    "enrolment.confirmed": "Anda terdaftar: Pelayanan Publik yang Inklusif, 20–21 Oktober",
    "enrolment.queued": "Daftar tunggu nomor 3: Pelayanan Publik yang Inklusif, 20–21 Oktober",
    "enrolment.decided": "Anda terdaftar: Pelayanan Publik yang Inklusif, 20–21 Oktober",
    "enrolment.seat_from_queue": "Anda terdaftar dari daftar tunggu: Pelayanan Publik yang Inklusif, 20–21 Oktober",
    "enrolment.escalated": "Permintaan Anda diteruskan ke BKPSDM: Pelayanan Publik yang Inklusif",
    "enrolment.undecided": "Permintaan Anda belum sempat diputuskan: Pelayanan Publik yang Inklusif",
    "enrolment.withdrawn": "Anda mengundurkan diri: Pelayanan Publik yang Inklusif, 20–21 Oktober",
    "enrolment.withdrawn_late": "Mengundurkan diri setelah pendaftaran ditutup: {learner}",
    "enrolment.cancelled": (
        "Pendaftaran Anda dibatalkan panitia: Pelayanan Publik yang Inklusif, 20–21 Oktober"
    ),
    "approval.asked": "{learner} memohon persetujuan untuk pelatihan 20–21 Oktober",
    "approval.reminded": "{learner} masih menunggu jawaban untuk pelatihan 20–21 Oktober",
    "session.changed": "Jadwal berubah: Pelayanan Publik yang Inklusif, 20–21 Oktober",
    "session.cancelled": "Dibatalkan: Pelayanan Publik yang Inklusif, 20–21 Oktober",
    "session.message": "Bawa laptop",
    "certificate.ready": "Sertifikat Anda terbit, 5 JP bertambah",
    "certificate.revoked": "Sertifikat 800/00005 dicabut",
    "reminder.begins_soon": "Besok pukul 08.00 WITA: Pelayanan Publik yang Inklusif",
}


def test_the_subjects_say_what_is_inside(seat):
    expected = {name: words.format(learner=seat.employee.name) for name, words in SUBJECTS.items()}
    assert {name: notice.subject for name, notice in everything(seat).items()} == expected


def test_every_notice_says_why_it_came_and_leads_somewhere(seat):
    for notice in everything(seat).values():
        assert notice.why
        assert notice.link.startswith("/")
        assert notice.link_label[0].isupper()


def test_no_notice_uses_a_word_the_house_does_not_use(seat):
    forbidden = re.compile(
        r"\b(diklat|course|training|sesi|batch|approve|reject|kursi dipastikan|surel|notifikasi)\b", re.I
    )
    for notice in everything(seat).values():
        assert not forbidden.search(" ".join((notice.subject, *notice.text, notice.why, notice.link_label)))


def test_a_seat_comes_with_its_dates_for_the_calendar(seat):
    notice = enrolment.confirmed(seat)
    assert notice.text[1] == (
        "Selasa–Rabu, 20–21 Oktober 2026, 08.00–12.00 WITA, Aula BKPSDM. Undangan kalender terlampir."
    )
    calendar = Calendar.from_ical(notice.calendar)
    assert calendar["METHOD"] == "REQUEST"
    assert [event.start for event in calendar.walk("VEVENT")] == [wita(DAY, 8), wita(date(2026, 10, 21), 8)]
    assert Calendar.from_ical(session.cancelled(seat).calendar)["METHOD"] == "CANCEL"


def test_the_supervisor_reads_until_when_an_answer_helps(seat):
    seat.step_since = wita(date(2026, 10, 7), 9)
    assert approval.asked(seat).text[-1] == (
        "Tanpa jawaban sampai Rabu, 14 Oktober 2026, permintaan diteruskan ke BKPSDM."
    )


def test_a_refusal_quotes_the_reason_and_names_other_dates(seat):
    seat.status = EnrolmentStatus.DECLINED
    answer = Approval(
        enrolment=seat,
        step="supervisor",
        decision="declined",
        by=make_officer(),
        note="Ada pelayanan keliling.",
    )
    other = SessionFactory(programme=seat.session.programme, batch=2, start=date(2026, 12, 1), quota=25)
    notice = enrolment.decided(seat, answer, alternatives=[other])
    assert notice.subject == "Tentang permintaan Anda untuk 20–21 Oktober"
    assert notice.text[1:] == (
        "Alasannya: “Ada pelayanan keliling.”",
        "Jadwal lain yang masih terbuka: 1 Desember (25 kursi).",
    )


@pytest.mark.parametrize(
    ("status", "subject"),
    [
        (EnrolmentStatus.WAITING, "Disetujui, daftar tunggu nomor 4: Pelayanan Publik yang Inklusif"),
        (
            EnrolmentStatus.REQUESTED,
            "Disetujui atasan, menunggu verifikasi BKPSDM: Pelayanan Publik yang Inklusif",
        ),
    ],
)
def test_an_approval_says_what_comes_next(seat, status, subject):
    seat.status = status
    answer = Approval(enrolment=seat, step="supervisor", decision="approved", by=make_officer())
    notice = enrolment.decided(seat, answer, place=4)
    assert (notice.subject, notice.calendar) == (subject, "")


def test_meetings_with_different_hours_are_listed(seat):
    last = seat.session.meetings.last()
    last.ends_at = wita(date(2026, 10, 21), 16)
    last.save()
    words = enrolment.confirmed(seat).text
    assert words[1].startswith("Selasa–Rabu, 20–21 Oktober 2026, Aula BKPSDM.")
    assert words[2] == (
        "Pertemuan: Selasa, 20 Oktober 2026, 08.00–12.00 WITA; Rabu, 21 Oktober 2026, 08.00–16.00 WITA."
    )


def test_all_notices_fit_their_columns(seat):
    for notice in everything(seat).values():
        outbox.post(notice).full_clean(exclude=["employee", "user"])


# Who is told of each arrow, or why nobody is (a move that nobody hears of is a decision, not an oversight).
TOLD = {
    "enrolment.confirm": "enrolment-confirmed, enrolment-decided, enrolment-seat-from-queue",
    "enrolment.queue": "enrolment-queued, enrolment-decided",
    "enrolment.decline": "enrolment-decided",
    "enrolment.leave_undecided": "enrolment-undecided",
    "enrolment.withdraw": "enrolment-withdrawn, enrolment-withdrawn-late",
    "enrolment.cancel": "enrolment-cancelled, session-cancelled",
    "enrolment.complete": "none: the certificate brings the news",
    "enrolment.fail": "none: the person's own page says what was missing; nobody is mailed a failure",
    "session.publish": "none: the catalogue shows it",
    "session.finish": "none: the certificate brings the news",
    "session.cancel": "session-cancelled",
    "certificate.issue": "certificate-ready",
    "certificate.supersede": "certificate-ready, of the version that takes its place",
    "certificate.revoke": "certificate-revoked",
}


def test_every_arrow_names_what_is_told_or_why_nothing_is():
    arrows = {f"{flow.name}.{verb}" for flow in (ENROLMENT, SESSION, CERTIFICATE) for verb, _ in flow}
    assert arrows == set(TOLD)


def test_what_an_arrow_tells_is_a_notice_there_is(seat):
    purposes = {notice.purpose for notice in everything(seat).values()}
    named = {
        word.strip(",")
        for told in TOLD.values()
        if not told.startswith("none")
        for word in told.split()
        if "-" in word
    }
    assert named <= purposes


def test_every_link_of_a_notice_leads_to_a_page(seat):
    for name, notice in everything(seat).items():
        if not name.startswith("certificate."):  # /verifikasi/ comes with the certificates
            resolve(notice.link)
