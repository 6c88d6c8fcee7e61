"""Sessions are made from a range of days, changed, cloned and published."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asnportal.common.errors import Refusal, WrongState
from asnportal.notifications.models import Message
from asnportal.people.models import Holiday
from tests.factories import (
    EmployeeFactory,
    MeetingFactory,
    ProgrammeFactory,
    SessionFactory,
    make_officer,
    wita,
)
from training.models import SESSION, Meeting, Session, SessionStatus
from training.services import enrolment, schedule
from training.services import meeting as meeting_service
from training.services import session as service

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)


def pattern(**extra):
    usual = {"first": MONDAY, "last": MONDAY + timedelta(days=6), "weekdays": {0, 1, 2, 3, 4}}
    return schedule.Pattern(**usual | {"starts": time(8), "ends": time(12)} | extra)


def test_meetings_come_from_weekdays_without_holidays():
    Holiday.objects.create(day=MONDAY + timedelta(days=2), name="Hari Raya Nyepi")
    meetings, left_out = schedule.plan(pattern())
    assert [m.starts_at for m in meetings] == [
        datetime(2027, 3, day, 0, 0, tzinfo=UTC) for day in (1, 2, 4, 5)
    ]  # 08.00 WITA is 00.00 UTC
    assert [h.name for h in left_out] == ["Hari Raya Nyepi"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weekdays": set()}, "Tidak ada hari yang cocok"),
        ({"ends": time(7)}, "Jam selesai"),
        ({"last": MONDAY + timedelta(days=700)}, "Paling banyak 250"),
    ],
)
def test_a_pattern_without_sense_is_refused(change, sentence):
    with pytest.raises(Refusal, match=sentence):
        schedule.plan(pattern(**change))


def test_a_clone_keeps_rules_and_hours_and_moves_the_days():
    session = SessionFactory(quota=17, min_attendance_pct=90)
    MeetingFactory(session=session)
    start = session.start + timedelta(days=14)
    copy = service.clone(session, start=start, by=None)
    assert (copy.status, copy.batch, copy.quota, copy.min_attendance_pct) == (SessionStatus.DRAFT, 2, 17, 90)
    assert [m.starts_at for m in copy.meetings.all()] == [wita(start, 8)]
    assert copy.registration_closes - session.registration_closes == timedelta(days=14)
    assert copy.confirmed_count == 0


def test_R27_the_second_of_two_officers_is_told_and_nothing_is_overwritten():
    session = SessionFactory(place="Aula")
    values = {name: getattr(session, name) for name in ("start", "end", "registration_closes")}
    service.update(Session.objects.get(), values | {"place": "Ruang 1"}, version=1, by=None)
    with pytest.raises(Refusal, match="sudah diubah"):
        service.update(Session.objects.get(), values | {"place": "Ruang 2"}, version=1, by=None)
    assert Session.objects.get().place == "Ruang 1"


@pytest.mark.parametrize("status", SessionStatus.values)
@pytest.mark.parametrize("verb", [verb for verb, _ in SESSION])
def test_every_state_and_move(status, verb):
    session = SessionFactory(status=status)
    if status in SESSION.moves[verb].sources:
        SESSION.apply(session, verb, by=None)
        assert Session.objects.get().status == SESSION.moves[verb].to
    else:
        with pytest.raises(WrongState):
            SESSION.apply(session, verb, by=None)
        assert Session.objects.get().status == status


def test_a_session_in_the_past_is_not_published():
    session = SessionFactory(status="draft", start=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refusal, match="sudah lewat"):
        service.publish(session, by=None)


def test_the_dates_of_a_session_follow_its_meetings():
    session = SessionFactory()
    officer = make_officer()
    MeetingFactory(session=session)
    later = wita(session.start + timedelta(days=3), 13)
    meeting_service.add(session, {"starts_at": later, "ends_at": later + timedelta(hours=2)}, by=officer)
    session.refresh_from_db()
    assert session.end == session.start + timedelta(days=3)
    with pytest.raises(Refusal, match="Sudah ada pertemuan"):
        meeting_service.add(session, {"starts_at": later, "ends_at": later + timedelta(hours=1)}, by=officer)


def posted(**extra):
    start = timezone.localdate() + timedelta(days=30)
    closes = f"{start - timedelta(days=2):%Y-%m-%d}T16:00"
    usual = {"start": f"{start:%Y-%m-%d}", "end": f"{start + timedelta(days=2):%Y-%m-%d}"}
    usual |= {
        "weekdays": ["0", "1", "2", "3", "4", "5", "6"],
        "starts": "08:00",
        "ends": "12:00",
        "quota": "30",
    }
    usual |= {"mode": "in_person", "place": "Aula", "registration_closes": closes, "approval": "supervisor"}
    return usual | {"min_attendance_pct": "80", "terbit": "1"} | extra


def test_an_officer_makes_and_opens_a_session_on_one_page(client):
    client.force_login(make_officer())
    programme = ProgrammeFactory()
    answer = client.post(reverse("session_new", args=[programme.pk]), posted())
    session = Session.objects.get()
    assert answer.url == reverse("session_manage", args=[session.pk])
    assert (session.status, session.quota, session.meetings.count()) == ("published", 30, 3)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("quota", "0", "Kuota harus angka 1 sampai 10.000."),
        ("quota", "99999999999999999999", "Kuota harus angka 1 sampai 10.000."),
        ("quota", "30,5", "bilangan bulat"),
        ("end", "2026-01-01", "Tanggal selesai tidak boleh sebelum tanggal mulai"),
        ("start", "2020-01-01", "Tanggal mulai sudah lewat."),
        ("registration_closes", "2099-01-01T10:00", "Batas pendaftaran harus sebelum tanggal mulai."),
        ("starts", "25:00", "Jam tidak valid."),
        ("ends", "07:00", "Jam selesai harus setelah jam mulai."),
        ("link", "javascript:alert(1)", "tautan"),
        ("place", "a\x00b", "karakter yang tidak diizinkan"),
        ("cost", "1,500,000.00", "Tulis angka tanpa huruf, contoh 1500000."),
        ("cost", "-5", "Nilai tidak boleh negatif."),
        ("min_attendance_pct", "101", "Kehadiran minimal harus antara 0 dan 100."),
        ("min_attendance_pct", "-1", "Kehadiran minimal harus antara 0 dan 100."),
        ("min_attendance_pct", "90,5", "bilangan bulat"),
    ],
)
def test_B17_B18_B19_B20_B21_B22_B29_B37_B38_B40_bad_input_is_said(client, field, value, sentence):
    client.force_login(make_officer())
    answer = client.post(reverse("session_new", args=[ProgrammeFactory().pk]), posted(**{field: value}))
    assert (answer.status_code, Session.objects.count()) == (422, 0)
    assert sentence.casefold() in answer.content.decode().casefold()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Rp 1.500.000,00", "Rp 1.500.000"), ("0", ""), ("Ditanggung unit", "Ditanggung unit")],
)
def test_B38_what_it_costs_is_kept_in_one_way(client, typed, kept):
    client.force_login(make_officer())
    client.post(reverse("session_new", args=[ProgrammeFactory().pk]), posted(cost=typed))
    assert Session.objects.get().cost == kept


def test_R28_a_cancelled_session_tells_everybody_once_and_frees_its_seats():
    session = SessionFactory(quota=1)
    seated, waiting = EmployeeFactory.create_batch(2)
    for person in (seated, waiting):
        enrolment.request(session, employee=person, by=person.user)
    Message.objects.all().delete()
    service.cancel(Session.objects.get(), by=make_officer(), reason="Aula dipakai rapat.")
    session.refresh_from_db()
    assert (session.status, session.confirmed_count, session.cancel_reason) == (
        "cancelled",
        0,
        "Aula dipakai rapat.",
    )
    assert set(session.enrolments.values_list("status", flat=True)) == {"cancelled"}
    assert Message.objects.filter(purpose="session-cancelled").count() == 2
    with pytest.raises(WrongState):
        service.cancel(session, by=make_officer(), reason="Lagi.")


def test_a_cancellation_needs_a_reason():
    with pytest.raises(Refusal, match="alasan"):
        service.cancel(SessionFactory(), by=make_officer(), reason=" ")


def test_a_change_of_place_or_hours_is_told_to_those_with_a_seat_and_a_note_is_not():
    session = SessionFactory(place="Aula")
    meeting = MeetingFactory(session=session)
    person, officer = EmployeeFactory(), make_officer()
    enrolment.request(session, employee=person, by=person.user)
    Message.objects.all().delete()
    kept = {name: getattr(session, name) for name in ("start", "end", "registration_closes")}
    service.update(Session.objects.get(), kept | {"notes": "Bawa laptop."}, version=1, by=officer)
    assert not Message.objects.exists()
    service.update(Session.objects.get(), kept | {"place": "Gedung B"}, version=2, by=officer)
    later = meeting.starts_at + timedelta(hours=1)
    meeting_service.change(Meeting.objects.get(), {"starts_at": later}, by=officer)
    told = list(Message.objects.order_by("id").values_list("purpose", "text"))
    assert [purpose for purpose, _ in told] == ["session-changed", "session-changed"]
    assert "Tempat: Aula → Gedung B." in told[0][1]
    assert "08.00–12.00 WITA" in told[1][1]


def test_B23_T15_a_quota_below_the_seats_taken_is_refused_with_the_number(client):
    session = SessionFactory(quota=2)
    for person in EmployeeFactory.create_batch(2):
        enrolment.request(session, employee=person, by=person.user)
    client.force_login(make_officer())
    answer = client.post(reverse("session_quota", args=[session.pk]), {"quota": "1"})
    assert answer.status_code == 422
    assert "Kuota tidak boleh lebih kecil dari peserta terkonfirmasi (2)." in answer.content.decode()
