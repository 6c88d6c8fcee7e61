"""Finding a level: by the supervisor, by oneself, from the file of the assessment centre."""

from datetime import date

import pytest
import time_machine

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal
from asnportal.notifications.models import Message
from competency.models import Assessment, Method, Review
from competency.queries.profile import profile_of
from competency.services import assessment as service
from competency.services import reference
from competency.services import review as reviews
from competency.services.assessment import Found
from competency.services.standard import publish
from tests.factories import CompetencyFactory, EmployeeFactory, PositionFactory, make_team

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T12:00:00+08:00"
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def gap():
    """A supervisor, a person whose post asks level 3 of one competency, and that competency."""
    reference.load()
    supervisor, [person] = make_team()
    person.position = PositionFactory()
    person.save()
    competency = CompetencyFactory(name="Analisis Data")
    publish(person.position, {competency.pk: (3, "Penting")}, since=date(2024, 1, 1), by=None)
    return supervisor, person, competency


def found(competency, level=2, day=TODAY, **extra):
    return Found(competency, level, day, Method.SUPERVISOR, **extra)


def test_the_supervisors_level_closes_the_open_requests_and_tells_the_person(gap):
    supervisor, person, competency = gap
    asked = reviews.request(person, competency, reason="Sudah menyusun tiga analisis.", by=person.user)
    made = service.assess(person, found(competency, note="Laporan bulan Oktober rapi."), by=supervisor.user)
    asked.refresh_from_db()
    assert (asked.status, asked.assessment, asked.decided_by) == (Review.Status.DONE, made, supervisor.user)
    [line] = profile_of(person, TODAY).lines
    assert (line.held, line.gap, line.is_provisional, line.asked_again) == (2, 1, True, False)
    assert (made.required, made.valid_until, made.standard.position) == (
        3,
        date(2029, 11, 24),
        person.position,
    )
    subjects = list(Message.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == [
        f"Penilaian kompetensi diminta: {person.name}",
        "Kompetensi Anda dinilai: Analisis Data",
    ]


def test_nobody_assesses_himself_as_supervisor(gap):
    _supervisor, person, competency = gap
    with pytest.raises(OwnCase):
        service.assess(person, found(competency), by=person.user)
    assert not Assessment.objects.exists()


def test_ones_own_view_is_only_ones_own_and_never_counts(gap):
    supervisor, person, competency = gap
    with pytest.raises(Refusal, match="hanya dapat diisi oleh yang bersangkutan"):
        service.assess_self_many(person, [found(competency, 5)], by=supervisor.user)
    assert service.assess_self_many(person, [found(competency, 5)], by=person.user) == 1
    [line] = profile_of(person, TODAY).lines
    assert (line.held, line.own_view) == (None, 5)


@pytest.mark.parametrize(
    ("level", "day", "sentence"),
    [
        (6, TODAY, "Level harus 0 sampai 5"),
        (-1, TODAY, "Level harus 0 sampai 5"),
        (2, date(2026, 11, 25), "tidak boleh sesudah hari ini"),
        (2, date(2023, 12, 31), "Standar jabatan ini berlaku sejak 1 Januari 2024"),
    ],
)
def test_a_level_or_day_that_cannot_be_is_refused_with_a_sentence(gap, level, day, sentence):
    supervisor, person, competency = gap
    with pytest.raises(Refusal, match=sentence):
        service.assess(person, found(competency, level, day), by=supervisor.user)
    assert not Assessment.objects.exists()


def test_level_0_may_be_held(gap):
    supervisor, person, competency = gap
    service.assess(person, found(competency, 0), by=supervisor.user)
    assert profile_of(person, TODAY).short[0].gap == 3


def test_the_same_day_again_replaces_the_level_and_both_stay_in_the_trail(gap):
    supervisor, person, competency = gap
    service.assess(person, found(competency, 1), by=supervisor.user)
    service.assess(person, found(competency, 2), by=supervisor.user)
    assert Assessment.objects.get().level == 2
    trail = AuditLine.objects.filter(verb="assessment.supervisor").order_by("pk")
    assert [line.after for line in trail] == ["1", "2"]


def test_a_second_request_for_the_same_competency_is_refused_while_one_is_open(gap):
    _supervisor, person, competency = gap
    reviews.request(person, competency, reason="Baru.", by=person.user)
    with pytest.raises(Refusal, match="sudah diminta dan belum dijawab"):
        reviews.request(person, competency, reason="Lagi.", by=person.user)


def test_a_request_without_a_supervisor_says_whom_to_ask():
    person = EmployeeFactory(supervisor=None)
    with pytest.raises(Refusal, match="Hubungi admin unit"):
        reviews.request(person, CompetencyFactory(), reason="Baru.", by=person.user)


def test_declining_needs_a_reason_and_tells_it(gap):
    supervisor, person, competency = gap
    asked = reviews.request(person, competency, reason="Baru.", by=person.user)
    with pytest.raises(Refusal, match="Tulis alasannya"):
        reviews.decline(asked, reason="  ", by=supervisor.user)
    reviews.decline(asked, reason="Tunjukkan satu laporan lagi.", by=supervisor.user)
    assert Review.objects.get().status == Review.Status.DECLINED
    assert "Tunjukkan satu laporan lagi." in Message.objects.order_by("pk").last().text


def test_a_training_that_targets_a_gap_proposes_one_assessment_and_changes_no_level(gap):
    supervisor, person, competency = gap
    service.assess(person, found(competency, 1), by=supervisor.user)
    told = {"title": "Bimtek Analisis", "day": date(2026, 11, 12), "key": "session:7"}
    for _ in range(2):
        reviews.propose_after_training([person], [(competency, 3)], **told)
    [line] = profile_of(person, TODAY).lines
    assert (line.held, line.trained_on) == (1, date(2026, 11, 12))
    assert Review.objects.count() == 1
    assert Message.objects.filter(key__startswith="review-asked").count() == 1


def test_a_training_that_targets_no_gap_proposes_nothing(gap):
    supervisor, person, competency = gap
    service.assess(person, found(competency, 3), by=supervisor.user)
    reviews.propose_after_training(
        [person], [(competency, 3), (CompetencyFactory(), 2)], title="Bimtek", day=TODAY, key="session:8"
    )
    assert not Review.objects.exists()


ROW = {
    "kode_kompetensi": "T.01",
    "level_wajib": "3",
    "level_capaian": "2",
    "selisih": "-1",
    "metode": "Pusat penilaian",
    "tanggal": "2025-06-01",
    "berlaku_sampai": "2028-05-31",
}


@pytest.fixture
def row():
    person = EmployeeFactory(position=PositionFactory(code="J001"))
    CompetencyFactory(code="T.01")
    return {"nip": person.nip, "kode_jabatan": "J001", **ROW}


def test_the_file_of_assessments_goes_in_and_comes_out_the_same(row):
    other = {**row, "metode": "Penilaian mandiri", "level_capaian": "3", "selisih": "0"}
    first = service.load_assessments([row, other])
    again = service.load_assessments([row, other])
    assert (first.created, again.unchanged, again.written) == (2, 2, 0)
    assert sorted(service.assessment_rows(), key=lambda one: one["metode"]) == [other, row]


def test_rows_of_people_who_are_not_there_yet_are_skipped_and_counted(row):
    counts = service.load_assessments([row, {**row, "nip": "199001012015031001"}])
    assert (counts.created, counts.skipped, counts.total) == (1, 1, 2)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"level_capaian": "6"}, "Baris 2: level 6 tidak ada"),
        ({"metode": "Tebakan"}, "Baris 2: cara penilaian “Tebakan” tidak dikenal"),
        ({"berlaku_sampai": "2025-05-31"}, "Baris 2: berlaku sampai sebelum tanggal"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_number(row, change, sentence):
    with pytest.raises(Refusal, match=sentence):
        service.load_assessments([{**row, **change}])


def test_two_official_results_on_one_day_are_refused(row):
    with pytest.raises(Refusal, match="Baris 3: Sudah ada hasil resmi"):
        service.load_assessments([row, {**row, "metode": "Uji kompetensi"}])
