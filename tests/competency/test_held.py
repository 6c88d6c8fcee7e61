"""Lines above the usual JP of their form: held, not refused, in the one list of what waits (B24)."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.urls import reverse

from asnportal.common.errors import OwnCase, WrongState
from asnportal.notifications.models import Message
from asnportal.people.models import Employee
from competency.models import LearningForm, LedgerLine, TrainingRecord
from competency.queries.ledger import year_summary
from competency.services import intake, ledger
from competency.services import record as service
from competency.services.jp import Facts
from competency.services.ledger import Earned
from tests.factories import EmployeeFactory, make_officer

pytestmark = pytest.mark.usefixtures("forms")

DAY = date(2026, 11, 23)


def post(employee: Employee, jp: int, *, code: str = "B3", key: str = "enrolment:1") -> LedgerLine | None:
    facts = Facts(Decimal(jp), DAY, DAY)
    form = LearningForm.objects.get(code=code)
    return ledger.post(employee, Earned(key, "Pelatihan Panjang", form, facts, organizer="LAN"), by=None)


def usual(code: str) -> int:
    return int(LearningForm.objects.get(code=code).usual_max_jp)


def test_the_highest_usual_figure_counts_and_one_more_waits():
    one, two = EmployeeFactory(), EmployeeFactory()
    assert post(one, usual("B3"), key="a") is not None
    assert post(two, usual("B3") + 1, key="b") is None
    record = TrainingRecord.objects.get()
    assert (record.employee, record.status, record.jp, record.source) == (
        two,
        "waiting",
        usual("B3") + 1,
        "portal",
    )
    assert LedgerLine.objects.count() == 1


@pytest.mark.parametrize(("code", "highest"), [("B1", 1500), ("B3", 400), ("B10", 400)])
def test_the_highest_usual_figure_is_reference_data_of_the_form(code, highest):
    assert usual(code) == highest


def test_what_is_recognised_decides_not_what_is_printed():
    """A seminar of one day gives 4 JP, whatever its material says."""
    line = post(EmployeeFactory(), 5000, code="B6")
    assert (line.jp, line.jp_material) == (4, 5000)


def test_posting_again_neither_counts_nor_waits_twice():
    person = EmployeeFactory()
    assert [post(person, 5000) for _ in range(3)] == [None] * 3
    assert TrainingRecord.objects.count() == 1


def test_what_waits_is_shown_as_waiting_and_does_not_count():
    person = EmployeeFactory()
    post(person, 500)
    year = year_summary(person, 2026)
    assert (year.done, year.waiting, year.waiting_count) == (0, 500, 1)


def test_released_it_is_the_line_that_was_computed():
    officer, held, usual_one = make_officer(), EmployeeFactory(), EmployeeFactory()
    post(held, 500, key="enrolment:7")
    same = post(usual_one, 20, key="enrolment:8")
    service.verify(TrainingRecord.objects.get(), by=officer)
    line = LedgerLine.objects.get(employee=held)
    assert (line.jp, line.jp_material, line.day, line.year, line.source) == (500, 500, DAY, 2026, "portal")
    assert (line.source_key, line.organizer, line.posted_by) == ("enrolment:7", "LAN", officer)
    assert (line.rule, line.legal_basis) == (same.rule, same.legal_basis)
    assert line.explanation != ""
    assert year_summary(held, 2026).done == 500


def test_after_the_release_posting_again_gives_that_line():
    person = EmployeeFactory()
    post(person, 500)
    service.verify(TrainingRecord.objects.get(), by=make_officer())
    assert post(person, 500) == LedgerLine.objects.get()


def test_rejected_it_is_kept_and_never_counts():
    person = EmployeeFactory()
    post(person, 500)
    record = TrainingRecord.objects.get()
    service.reject(record, by=make_officer(), reason="Salah ketik")
    assert post(person, 500) is None
    assert year_summary(person, 2026).done == 0
    with pytest.raises(WrongState):
        service.verify(record, by=make_officer())


def test_the_person_is_told_what_became_of_it():
    for act, key in ((service.verify, "a"), (partial(service.reject, reason="Salah ketik"), "b")):
        post(EmployeeFactory(), 500, key=key)
        act(TrainingRecord.objects.get(match_key=key), by=make_officer())
    assert list(Message.objects.order_by("pk").values_list("subject", flat=True)) == [
        "500 JP diakui: Pelatihan Panjang",
        "500 JP tidak dihitung: Pelatihan Panjang",
    ]
    assert "“Salah ketik”" in Message.objects.order_by("pk").last().text


def test_T03_nobody_releases_the_own_one():
    officer = make_officer()
    post(officer.employee, 500)
    with pytest.raises(OwnCase):
        service.verify(TrainingRecord.objects.get(), by=officer)
    assert not LedgerLine.objects.exists()


def test_the_list_of_what_waits_shows_it_beside_the_imported_ones(client):
    person = EmployeeFactory()
    post(person, 500)
    client.force_login(make_officer())
    page = client.get(reverse("record_list")).text
    assert "Pelatihan Panjang" in page
    assert f"Dari portal: {TrainingRecord.objects.get().line['explanation']}" in page
    assert "JP di atas yang lazim" in page
    record = TrainingRecord.objects.get()
    answer = client.post(reverse("record_decide"), {"id": [record.pk], "aksi": "terima"}, follow=True)
    assert "1 riwayat terverifikasi." in answer.text
    assert LedgerLine.objects.get().jp == 500


def test_a_file_of_the_history_never_touches_a_held_one():
    person = EmployeeFactory()
    post(person, 500)
    assert intake._records({person.nip: person}).by_key == {}
