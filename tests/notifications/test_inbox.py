import pytest
from django.test import Client
from django.urls import reverse

from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice
from asnportal.notifications.queries.inbox import unread_count
from asnportal.notifications.services import inbox, outbox
from tests.factories import EmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/pemberitahuan/"


def tell(to, number: int = 1, **changes: object) -> Message:
    words = {"key": f"uji:{number}", "to": to, "subject": f"Kabar {number}", "text": ("Isi.",), "why": "Uji."}
    return outbox.post(Notice(**(words | changes)))


@pytest.fixture
def learner():
    return EmployeeFactory()


@pytest.fixture
def client(learner) -> Client:
    client = Client()
    client.force_login(learner.user)
    return client


def test_whatever_a_mail_says_stands_in_the_portal_too_also_without_email(client, learner):
    message = tell(learner, text=("Satu.", "Dua <b>tebal</b>."), link="/katalog/", link_label="Lihat katalog")
    assert message.status == "portal"
    assert "Kabar 1" in client.get(LIST).text
    page = client.get(reverse("notification", args=[message.pk])).text
    assert "Dua &lt;b&gt;tebal&lt;/b&gt;." in page
    assert '<a class="btn" href="/katalog/">Lihat katalog</a>' in page


def test_opening_a_message_marks_it_read_once(client, learner):
    message = tell(learner)
    tell(learner, 2)
    client.get(reverse("notification", args=[message.pk]))
    message.refresh_from_db()
    first = message.read_at
    client.get(reverse("notification", args=[message.pk]))
    message.refresh_from_db()
    assert (unread_count(learner.user), message.read_at) == (1, first)


def test_all_are_marked_read_by_one_tap_and_only_ones_own(client, learner):
    other = EmployeeFactory()
    for number in (1, 2):
        tell(learner, number)
    tell(other, 3)
    assert "Tandai semua sudah dibaca" in client.get(LIST).text
    answer = client.post(reverse("notification_read_all"), follow=True)
    assert "Tandai semua sudah dibaca" not in answer.text
    assert (unread_count(learner.user), unread_count(other.user)) == (0, 1)


def test_somebody_elses_message_does_not_exist(client):
    theirs = tell(EmployeeFactory())
    assert client.get(reverse("notification", args=[theirs.pk])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_what_was_not_told_is_not_listed_and_not_counted(client, learner):
    Message.objects.filter(pk=tell(learner).pk).update(status="skipped")
    assert unread_count(learner.user) == 0
    assert "Belum ada pemberitahuan" in client.get(LIST).text


def test_an_invitation_can_be_saved_without_email(client, learner):
    message = tell(learner, calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    answer = client.get(reverse("notification_calendar", args=[message.pk]))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    plain = tell(learner, 2)
    assert client.get(reverse("notification_calendar", args=[plain.pk])).status_code == 404


def test_people_who_are_no_employees_have_an_inbox_too():
    partner = UserFactory()
    tell(partner)
    assert unread_count(partner) == 1
    assert inbox.read_all(partner) == 1


def test_the_bell_costs_one_statement(learner, django_assert_num_queries):
    tell(learner)
    user = learner.user
    assert user.employee_or_none is not None
    with django_assert_num_queries(1):
        unread_count(user)


def test_the_list_costs_the_same_for_1_and_3_messages(client, learner, django_assert_max_num_queries):
    tell(learner)
    client.get(LIST)
    with django_assert_max_num_queries(30) as one:
        client.get(LIST)
    for number in (2, 3):
        tell(learner, number)
    with django_assert_max_num_queries(len(one)):
        client.get(LIST)
