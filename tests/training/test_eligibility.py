"""Why somebody may not join: each condition with its sentence, in its order; and what only warns."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from asnportal.people.services.reference import load_ranks
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    MeetingFactory,
    PositionFactory,
    ProgrammeFactory,
    SessionFactory,
    wita,
)
from training.models import EnrolmentStatus, Session
from training.queries.eligibility import facts_of
from training.services import enrolment
from training.services.eligibility import (
    CONDITIONS,
    NotEligible,
    in_the_way_of_a_seat,
    listed,
    refusal_of,
    warnings_of,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)
NOW = wita(date(2026, 10, 5), 9)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def facts(session, employee, now=NOW):
    [found] = facts_of([(Session.objects.select_related("programme").get(pk=session.pk), employee)], now=now)
    return found


def why(session, employee, now=NOW):
    return refusal_of(facts(session, employee, now))


def other_session(person, status, *, start=8, end=12, day=DAY, title="Kearsipan") -> Session:
    """A session with one meeting, in which the person has an enrolment of this state."""
    session = SessionFactory(start=day, programme__title=title)
    MeetingFactory(session=session, starts_at=wita(day, start), ends_at=wita(day, end))
    EnrolmentFactory(session=session, employee=person, status=status)
    return session


def wanted_session(*, start=8, end=12, day=DAY) -> Session:
    session = SessionFactory(start=day, programme__title="Pelayanan")
    MeetingFactory(session=session, starts_at=wita(day, start), ends_at=wita(day, end))
    return session


def test_nothing_is_in_the_way_of_an_ordinary_request():
    assert why(SessionFactory(start=DAY), EmployeeFactory()) == ("", "")


@pytest.mark.parametrize(
    ("session", "person", "code", "sentence"),
    [
        ({"status": "draft"}, {}, "status", "Pendaftaran jadwal ini belum dibuka."),
        ({"status": "cancelled"}, {}, "status", "Jadwal ini dibatalkan."),
        ({"status": "finished"}, {}, "status", "Jadwal ini sudah selesai."),
        (
            {"registration_opens": wita(date(2026, 10, 6), 8)},
            {},
            "not_yet_open",
            "Pendaftaran dibuka 6 Oktober 2026 pukul 08.00 WITA.",
        ),
        (
            {"registration_closes": wita(date(2026, 10, 4), 16)},
            {},
            "closed",
            "Pendaftaran sudah ditutup pada 4 Oktober 2026 pukul 16.00 WITA.",
        ),
        (
            {"start": date(2026, 10, 4), "end": DAY, "registration_closes": wita(DAY, 16)},
            {},
            "begun",
            "Pelatihan ini sudah dimulai pada 4 Oktober 2026.",
        ),
        (
            {},
            {"is_active": False},
            "inactive",
            "Data kepegawaian Anda tercatat tidak aktif. Hubungi admin unit bila itu keliru.",
        ),
        (
            {},
            {"legal_status": "Cuti di Luar Tanggungan Negara"},
            "legal_status",
            "Kedudukan hukum Anda tercatat “Cuti di Luar Tanggungan Negara”, jadi belum dapat mengikuti pelatihan.",
        ),
        ({"programme__eligible_kinds": ["PPPK"]}, {}, "kind", "Pelatihan ini untuk PPPK."),
        (
            {"programme__eligible_kinds": ["PPPK", "CPNS", "PPPK_PW"]},
            {},
            "kind",
            "Pelatihan ini untuk PPPK, CPNS, dan PPPK Paruh Waktu.",
        ),
        (
            {"programme__eligible_groups": ["administrator", "pengawas"]},
            {"position__kind": "staff"},
            "group",
            "Pelatihan ini untuk jabatan administrator dan pengawas.",
        ),
        (
            {"programme__eligible_groups": ["jpt"]},
            {"position": None},
            "group",
            "Pelatihan ini untuk jabatan pimpinan tinggi. Jabatan Anda belum tercatat; hubungi admin unit bila itu "
            "keliru.",
        ),
    ],
)
def test_B81_each_condition_has_its_own_sentence(session, person, code, sentence):
    found = why(SessionFactory(**({"start": DAY} | session)), EmployeeFactory(**person))
    assert found == (code, sentence)


RANK = "Pelatihan ini untuk golongan {} ke atas."


@pytest.mark.parametrize(
    ("kind", "rank", "sentence"),
    [
        ("PNS", "III/b", RANK.format("III/c")),
        ("PNS", "II/d", RANK.format("III/c")),
        ("CPNS", "III/a", RANK.format("III/c")),
        ("PNS", "III/c", ""),
        ("PNS", "IV/a", ""),
        ("PPPK", "VII", RANK.format("IX")),
        ("PPPK_PW", "IX", ""),
        ("PPPK", "XI", ""),
        (
            "PNS",
            None,
            RANK.format("III/c") + " Golongan Anda belum tercatat; hubungi admin unit bila itu keliru.",
        ),
    ],
)
def test_B81_each_scale_has_its_own_lowest_rank_and_they_are_never_compared(kind, rank, sentence):
    load_ranks()
    session = SessionFactory(start=DAY, programme__min_rank_id="III/c", programme__min_rank_pppk_id="IX")
    assert why(session, EmployeeFactory(kind=kind, rank_id=rank)) == ("rank" if sentence else "", sentence)


def test_a_lowest_rank_of_one_scale_leaves_the_other_free():
    load_ranks()
    session = SessionFactory(start=DAY, programme__min_rank_id="IV/a")
    assert why(session, EmployeeFactory(kind="PPPK", rank_id="V")) == ("", "")


@pytest.mark.parametrize(
    ("kind", "echelon", "group"),
    [
        ("structural", "II.b", "jpt"),
        ("structural", "III.a", "administrator"),
        ("structural", "IV.b", "pengawas"),
        ("structural", "", ""),
        ("functional", "", "fungsional"),
        ("staff", "", "pelaksana"),
    ],
)
def test_a_post_belongs_to_its_group(kind, echelon, group):
    assert PositionFactory.build(kind=kind, echelon=echelon).group == group


def test_who_may_join_is_said_before_anybody_is_signed_in(client):
    load_ranks()
    session = SessionFactory(
        start=DAY,
        programme__eligible_kinds=["PNS"],
        programme__eligible_groups=["pengawas", "administrator"],
        programme__min_rank_id="III/c",
    )
    words = "PNS; jabatan administrator dan pengawas; golongan III/c ke atas (PNS)"
    for page in (f"/jadwal/{session.pk}/", f"/katalog/{session.programme.slug}/"):
        assert f"<dt>Syarat</dt><dd>{words}</dd>" in client.get(page).text


def test_button_service_and_promotion_read_the_same_group_and_rank(client):
    """The page refuses, the request refuses, and a waiting person whose post changed is passed over."""
    load_ranks()
    session = SessionFactory(start=DAY, quota=1, programme__eligible_groups=["pengawas"])
    first, second, third = (
        EmployeeFactory(position__kind="structural", position__echelon="IV.a") for _ in range(3)
    )
    for person in (first, second, third):
        enrolment.request(session, employee=person, by=person.user)
    second.position = PositionFactory(kind="staff")
    second.save()
    enrolment.withdraw(session.enrolments.get(employee=first), by=first.user, reason="Dinas luar")
    states = dict(session.enrolments.values_list("employee", "status"))
    assert states == {first.pk: "withdrawn", second.pk: "waiting", third.pk: "confirmed"}
    stranger = EmployeeFactory(position__kind="functional")
    sentence = "Pelatihan ini untuk jabatan pengawas."
    with pytest.raises(NotEligible, match=sentence):
        enrolment.request(session, employee=stranger, by=stranger.user)
    client.force_login(stranger.user)
    assert sentence in client.get(f"/jadwal/{session.pk}/").text


@pytest.mark.parametrize(
    "status", ["", "Aktif", "01", "71", "Tugas Belajar", "Masa Persiapan Pensiun", "Entah"]
)
def test_these_legal_positions_may_learn(status):
    assert why(SessionFactory(start=DAY), EmployeeFactory(legal_status=status)) == ("", "")


@pytest.mark.parametrize("status", ["02", "04", "CLTN", "Pemberhentian Sementara", "Pensiun", "98"])
def test_these_legal_positions_may_not(status):
    assert why(SessionFactory(start=DAY), EmployeeFactory(legal_status=status))[0] == "legal_status"


def test_the_first_condition_that_is_not_met_speaks():
    """Somebody inactive who looks at a closed session reads that it is closed."""
    session = SessionFactory(start=DAY, registration_closes=wita(date(2026, 10, 1)))
    assert why(session, EmployeeFactory(is_active=False))[0] == "closed"
    assert [c.code for c in CONDITIONS] == [
        "status",
        "own",
        "not_yet_open",
        "closed",
        "begun",
        "inactive",
        "legal_status",
        "kind",
        "group",
        "rank",
        "clash",
    ]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("requested", "Anda sudah mengajukan pendaftaran untuk jadwal ini."),
        ("waiting", "Anda sudah di daftar tunggu jadwal ini."),
        ("confirmed", "Anda sudah terdaftar di jadwal ini."),
        ("completed", "Anda sudah terdaftar di jadwal ini."),
    ],
)
def test_an_active_enrolment_is_named(state, sentence):
    made = EnrolmentFactory(status=state, session__start=DAY)
    assert why(made.session, made.employee) == ("own", sentence)


@pytest.mark.parametrize("state", ["declined", "undecided", "withdrawn", "cancelled"])
def test_an_ended_enrolment_is_no_obstacle(state):
    made = EnrolmentFactory(status=state, session__start=DAY)
    assert why(made.session, made.employee) == ("", "")


def test_a_meeting_that_overlaps_a_seat_refuses_and_names_both():
    person = EmployeeFactory()
    other_session(person, EnrolmentStatus.CONFIRMED, start=8, end=12)
    assert why(wanted_session(start=10, end=14), person) == (
        "clash",
        "Bentrok dengan Kearsipan, 20 Okt 2026 pukul 08.00–12.00 WITA, tempat Anda sudah terdaftar. "
        "Pelayanan berlangsung 20 Okt 2026 pukul 10.00–14.00 WITA.",
    )


@pytest.mark.parametrize("hours", [(6, 8), (12, 14)])
def test_meetings_that_only_touch_do_not_overlap(hours):
    person = EmployeeFactory()
    other_session(person, EnrolmentStatus.CONFIRMED, start=8, end=12)
    assert why(wanted_session(start=hours[0], end=hours[1]), person) == ("", "")


def test_the_same_hours_on_another_day_do_not_overlap():
    person = EmployeeFactory()
    other_session(person, EnrolmentStatus.CONFIRMED)
    assert why(wanted_session(day=DAY + timedelta(days=1)), person) == ("", "")


def test_days_that_share_a_range_overlap_only_where_a_meeting_does():
    person = EmployeeFactory()
    long = SessionFactory(start=DAY, end=DAY + timedelta(days=2))
    for days in (0, 2):
        MeetingFactory(session=long, starts_at=wita(DAY + timedelta(days=days), 8))
    EnrolmentFactory(session=long, employee=person, status="confirmed")
    assert why(wanted_session(day=DAY + timedelta(days=1)), person) == ("", "")
    assert why(wanted_session(day=DAY + timedelta(days=2)), person)[0] == "clash"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("requested", "yang masih menunggu persetujuan"),
        ("waiting", "tempat Anda di daftar tunggu"),
    ],
)
def test_an_overlap_with_an_open_request_or_a_waiting_place_only_warns(state, words):
    person = EmployeeFactory()
    other_session(person, state)
    found = facts(wanted_session(), person)
    assert refusal_of(found) == ("", "")
    [warning] = warnings_of(found)
    assert (words in warning, "Bentrok dengan Kearsipan" in warning) == (True, True)


def test_somebody_else_reads_the_name_instead_of_you():
    person = EmployeeFactory(name="Dewi Sartika")
    other_session(person, "waiting")
    [warning] = warnings_of(facts(wanted_session(), person).about_somebody())
    assert "tempat Dewi Sartika di daftar tunggu" in warning


def test_the_same_training_done_before_and_a_legal_position_are_told_to_who_decides():
    programme, person = ProgrammeFactory(), EmployeeFactory(legal_status="Tugas Belajar")
    before = SessionFactory(programme=programme, start=date(2026, 3, 2), status="finished")
    EnrolmentFactory(session=before, employee=person, status="completed")
    again = SessionFactory(programme=programme, batch=2, start=DAY)
    assert warnings_of(facts(again, person)) == [
        "Sedang tugas belajar.",
        "Pelatihan yang sama sudah diselesaikan pada 2 Mar 2026.",
    ]


def test_a_seat_from_the_queue_asks_again_what_may_have_changed_and_not_the_window():
    session = SessionFactory(start=DAY, registration_closes=wita(date(2026, 10, 1)))
    person = EmployeeFactory()
    assert in_the_way_of_a_seat(facts(session, person)) == ""
    person.is_active = False
    assert "tidak aktif" in in_the_way_of_a_seat(facts(session, person))
    later = wita(DAY, 9)
    assert "sudah dimulai" in in_the_way_of_a_seat(facts(session, EmployeeFactory(), later))


def test_facts_of_many_pairs_take_two_statements_and_answer_as_each_alone(django_assert_num_queries):
    people = [EmployeeFactory() for _ in range(3)]
    sessions = [wanted_session(start=8 + n, end=12 + n) for n in range(3)]
    for person in people:
        other_session(person, "confirmed", start=13, end=14)
    pairs = [
        (s, p)
        for s in Session.objects.filter(pk__in=[s.pk for s in sessions]).select_related("programme")
        for p in people
    ]
    with django_assert_num_queries(2):
        together = facts_of(pairs, now=timezone.now())
    alone = [facts_of([pair], now=timezone.now())[0] for pair in pairs]
    assert together == alone
    assert {bool(f.clashes) for f in together} == {True, False}


@pytest.mark.parametrize(
    ("words", "told"), [(["PNS"], "PNS"), (["A", "B"], "A dan B"), (["A", "B", "C"], "A, B, dan C"), ([], "")]
)
def test_words_are_listed_as_people_write_them(words, told):
    assert listed(words) == told
