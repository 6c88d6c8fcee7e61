from datetime import datetime

import pytest
import time_machine
from django.db import transaction

from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice, Urgency
from asnportal.notifications.services import outbox
from tests.factories import WITA, EmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=WITA)


def notice(**changes):
    words = {
        "key": "uji:1",
        "to": "tamu@contoh.test",
        "subject": "Kabar",
        "text": ("Satu.", "Dua."),
        "why": "Uji coba",
    }
    return Notice(**(words | changes))


def test_a_message_is_posted_once_and_the_second_post_returns_the_first():
    with transaction.atomic():
        first = outbox.post(notice())
        second = outbox.post(notice(subject="Lain"))
    assert second == first
    assert Message.objects.get().subject == "Kabar"
    assert (first.purpose, first.text, first.status) == ("uji", "Satu.\n\nDua.", "waiting")


def test_the_same_key_inside_one_posting_becomes_one_row():
    outbox.post_many([notice(), notice(), notice(key="uji:2")])
    assert sorted(Message.objects.values_list("key", flat=True)) == ["uji:1", "uji:2"]


def test_many_messages_are_one_statement(django_assert_num_queries):
    people = [EmployeeFactory(email=f"orang{n}@contoh.test") for n in range(3)]
    with django_assert_num_queries(1):
        outbox.post_many(notice(key=f"uji:{p.pk}", to=p) for p in people)


def test_the_address_of_the_account_goes_before_that_of_the_staff_data():
    employee = EmployeeFactory(email="kantor@contoh.test", user__email="sendiri@contoh.test")
    assert outbox.post(notice(to=employee)).address == "sendiri@contoh.test"


def test_a_user_who_is_an_employee_is_told_as_employee():
    employee = EmployeeFactory(email="kantor@contoh.test")
    message = outbox.post(notice(to=employee.user))
    assert (message.employee, message.user) == (employee, None)


@pytest.mark.parametrize("address", ["", "bukan alamat", "a@contoh.test\r\nBcc: b@contoh.test"])
def test_without_a_usable_address_the_message_stands_in_the_portal_only(address):
    assert outbox.post(notice(to=EmployeeFactory(email=address))).status == "portal"


@pytest.mark.parametrize("changes", [{"is_active": False}, {"user__is_active": False}])
def test_T49_inactive_people_get_nothing(changes):
    employee = EmployeeFactory(email="lama@contoh.test", **changes)
    message = outbox.post(notice(to=employee))
    assert (message.status, message.error) == ("skipped", "Penerima tidak aktif.")


def test_T36_a_line_break_in_a_name_never_reaches_the_subject():
    message = outbox.post(notice(subject="Budi\r\nBcc: x@y.id\u2028\x07 memohon"))
    assert message.subject == "Budi Bcc: x@y.id memohon"


def test_a_long_subject_is_cut_to_what_the_column_holds():
    assert len(outbox.post(notice(subject="kata " * 100)).subject) <= 200


@pytest.mark.parametrize(
    ("urgency", "now", "due"),
    [
        (Urgency.OWN, NOON, NOON),
        (Urgency.OWN, datetime(2026, 11, 24, 5, 59, tzinfo=WITA), datetime(2026, 11, 24, 6, tzinfo=WITA)),
        (Urgency.OWN, datetime(2026, 11, 24, 20, 0, tzinfo=WITA), datetime(2026, 11, 25, 6, tzinfo=WITA)),
        (
            Urgency.NOW,
            datetime(2026, 11, 24, 23, 0, tzinfo=WITA),
            datetime(2026, 11, 24, 23, 0, tzinfo=WITA),
        ),
        (Urgency.MOTIVATING, NOON, NOON),
        (
            Urgency.MOTIVATING,
            datetime(2026, 11, 27, 16, 0, tzinfo=WITA),
            datetime(2026, 11, 30, 8, tzinfo=WITA),
        ),
    ],
)
def test_a_message_is_due_within_the_hours_of_its_urgency(urgency, now, due):
    with time_machine.travel(now, tick=False):
        assert outbox.post(notice(urgency=urgency)).due_at == due


def test_motivating_mails_come_at_most_once_a_week():
    learner = UserFactory()
    with time_machine.travel(NOON, tick=False) as clock:
        assert outbox.post(notice(key="semangat:1", to=learner, urgency=Urgency.MOTIVATING)).error == ""
        second = outbox.post(notice(key="semangat:2", to=learner, urgency=Urgency.MOTIVATING))
        assert (second.status, second.error) == ("skipped", "Sudah ada pengingat dalam sepekan ini.")
        clock.shift(7 * 86_400)
        assert outbox.post(notice(key="semangat:3", to=learner, urgency=Urgency.MOTIVATING)).error == ""


def test_who_switched_motivation_off_still_gets_news_of_the_own_seat():
    learner = UserFactory(wants_motivation=False)
    assert outbox.post(notice(key="semangat:1", to=learner, urgency=Urgency.MOTIVATING)).status == "skipped"
    assert outbox.post(notice(to=learner)).status == "waiting"
