"""First sign-in, accounts and the own profile on their pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from asnportal.common.nip import format_nip
from asnportal.notifications.models import Message
from asnportal.people.models import RoleGrant, User
from asnportal.people.services import activation
from tests.factories import EmployeeFactory, UnitFactory, UserFactory, grant, make_officer, make_team

pytestmark = pytest.mark.django_db
NEW = "Sungai-Mahakam-9"


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def slip(officer):
    return activation.make_codes([EmployeeFactory(user=None, name="Bambang")], by=officer)[0]


def give(client, slip, **changes):
    return client.post("/aktivasi/", {"nip": slip.employee.nip, "kode": slip.printed, **changes})


# -- first sign-in -----------------------------------------------------------------------------------------


def test_with_a_slip_it_takes_two_pages_and_no_email(client, slip):
    page = client.get(f"/aktivasi/?kode={slip.printed}")
    assert f'value="{slip.printed}"' in page.content.decode()
    assert give(client, slip)["Location"] == "/aktivasi/kata-sandi/"
    assert "Selamat datang, Bambang" in client.get("/aktivasi/kata-sandi/").content.decode()
    answer = client.post("/aktivasi/kata-sandi/", {"password": NEW})
    assert answer["Location"] == "/beranda/"
    assert client.get("/beranda/").status_code == 200
    assert client.get("/beranda/").wsgi_request.user.username == slip.employee.nip


def test_the_address_of_the_code_is_not_kept_and_the_code_not_logged(client, slip):
    assert "no-store" in client.get(f"/aktivasi/?kode={slip.printed}")["Cache-Control"]


def test_T40_an_unknown_number_and_a_wrong_code_get_the_same_page(client, slip):
    def page(**changes):
        text = give(client, slip, **changes).content.decode()
        text = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', "", text)
        return text.replace(format_nip(changes.get("nip", slip.employee.nip)), "NIP")

    unknown = "199901012024012998"
    assert page(kode="AAAA-AAAA") == page(nip=unknown, kode="AAAA-AAAA")
    assert activation.NO_MATCH in page(kode="AAAA-AAAA")


def test_the_sixth_wrong_code_for_one_number_waits_a_quarter_of_an_hour(client, slip):
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False) as clock:
        answers = [give(client, slip, kode="AAAA-AAAA").status_code for _ in range(6)]
        assert answers == [422] * 5 + [429]
        assert give(client, slip).status_code == 429
        clock.shift(timedelta(seconds=901))
        assert give(client, slip).status_code == 302


def test_the_second_page_opens_only_after_the_first_and_for_a_quarter_of_an_hour(client, slip):
    assert client.get("/aktivasi/kata-sandi/")["Location"] == "/aktivasi/"
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        give(client, slip)
        clock.shift(timedelta(minutes=16))
        assert client.post("/aktivasi/kata-sandi/", {"password": NEW})["Location"] == "/aktivasi/"
    assert not User.objects.filter(username=slip.employee.nip).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "pendek"}, "10"),
        ({"password": "1234567890123"}, "angka"),
        ({"email": "a@@b.id"}, "Alamat email tidak valid."),
        ({"phone": "0812-abc"}, "Nomor telepon tidak valid."),
        ({"password2": "Lain-Lagi-99"}, "Kedua kata sandi belum sama."),
    ],
)
def test_B35_B36_what_is_wrong_on_the_second_page_is_said_and_the_code_lives_on(
    client, slip, changes, sentence
):
    give(client, slip)
    answer = client.post("/aktivasi/kata-sandi/", {"password": NEW, **changes})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert client.post("/aktivasi/kata-sandi/", {"password": NEW}).status_code == 302


def test_an_email_counts_only_once_it_is_confirmed(client, slip):
    give(client, slip)
    client.post(
        "/aktivasi/kata-sandi/", {"password": NEW, "email": "bambang@contoh.test", "phone": "081234567890"}
    )
    user = User.objects.get(username=slip.employee.nip)
    assert (user.email, user.employee.phone) == (None, "+6281234567890")
    message = Message.objects.get(purpose="email_confirmation")
    assert message.address == "bambang@contoh.test"
    client.post(message.link)
    assert User.objects.get(pk=user.pk).email == "bambang@contoh.test"


def test_somebody_elses_address_is_not_confirmed_and_nobody_is_named(client, slip):
    other = UserFactory(email="bambang@contoh.test")
    give(client, slip)
    client.post("/aktivasi/kata-sandi/", {"password": NEW, "email": "bambang@contoh.test"})
    link = Message.objects.get(purpose="email_confirmation").link
    text = client.post(link, follow=True).content.decode()
    assert other.name not in text
    assert User.objects.get(username=slip.employee.nip).email is None


def test_T42_a_code_does_not_step_over_the_second_factor(client, officer):
    learner = EmployeeFactory()
    TOTP.activate(learner.user, "JBSWY3DPEHPK3PXP")
    slip = activation.renew(learner, by=officer)
    give(client, slip)
    answer = client.post("/aktivasi/kata-sandi/", {"password": NEW})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/beranda/").status_code == 302


def test_a_new_code_for_one_person_is_shown_once_and_never_for_oneself_or_a_higher_office(client, officer):
    learner = EmployeeFactory()
    client.force_login(officer)
    text = client.post(reverse("employee_code", args=[learner.public_id])).content.decode()
    code = re.search(r'class="k">([0-9A-Z]{4}-[0-9A-Z]{4})<', text)[1]
    assert activation.redeem(learner.nip, code).purpose == "reset"
    admin = EmployeeFactory()
    grant(admin.user, RoleGrant.Role.ADMIN)
    for person in (officer.employee, admin):
        assert client.post(reverse("employee_code", args=[person.public_id])).status_code == 403


# -- accounts ----------------------------------------------------------------------------------------------


def test_P55_P56_an_officer_is_offered_only_the_roles_that_he_may_give(client, officer):
    learner = EmployeeFactory()
    client.force_login(officer)
    client.post(reverse("account_for", args=[learner.public_id]))
    url = reverse("account_detail", args=[learner.user_id])
    assert re.findall(r'<option value="(\w+)"', client.get(url).content.decode().split('name="unit"')[0]) == [
        "opd",
        "mitra",
    ]
    answer = client.post(reverse("account_grant", args=[learner.user_id]), {"role": "admin"})
    assert answer.status_code == 422
    assert not RoleGrant.objects.filter(user=learner.user).exists()
    unit = UnitFactory()
    client.post(reverse("account_grant", args=[learner.user_id]), {"role": "opd", "unit": unit.pk})
    assert RoleGrant.objects.get(user=learner.user).unit == unit


def test_P74_a_higher_account_has_no_buttons_and_refuses(client, officer):
    other = make_officer()
    client.force_login(officer)
    text = client.get(reverse("account_detail", args=[other.pk])).content.decode()
    for name in ("account_end_sessions", "account_deactivate"):
        assert reverse(name, args=[other.pk]) not in text
        assert client.post(reverse(name, args=[other.pk]), {"reason": "x"}).status_code == 403
    own = client.get(reverse("account_detail", args=[officer.pk])).content.decode()
    assert reverse("account_grant", args=[officer.pk]) not in own


def test_T29_a_grant_of_another_account_is_not_taken_here(client, officer):
    one, other = EmployeeFactory().user, EmployeeFactory().user
    given = RoleGrant.objects.create(user=other, role="opd", unit=UnitFactory())
    client.force_login(officer)
    assert client.post(reverse("account_revoke", args=[one.pk, given.pk])).status_code == 404
    assert RoleGrant.objects.filter(pk=given.pk).exists()


def test_closing_an_account_asks_why(client, officer):
    learner = EmployeeFactory().user
    client.force_login(officer)
    answer = client.post(reverse("account_deactivate", args=[learner.pk]), {"reason": " "})
    assert answer.status_code == 422
    assert "Alasan wajib diisi." in answer.content.decode()
    client.post(reverse("account_deactivate", args=[learner.pk]), {"reason": "Ponsel hilang"})
    assert not User.objects.get(pk=learner.pk).is_active


@pytest.mark.parametrize("query", ["?q=%00", "?peran=x", "?keadaan=x", "?page=abc", "?q=" + "a" * 3000])
def test_B45_B47_nothing_in_the_address_breaks_the_list_of_accounts(client, officer, query):
    client.force_login(officer)
    assert client.get(reverse("account_list") + query).status_code == 200


# -- the own profile ---------------------------------------------------------------------------------------


def test_the_profile_shows_the_staff_data_and_changes_only_what_is_ones_own(client):
    supervisor, (learner,) = make_team(1)
    client.force_login(learner.user)
    text = client.get("/profil/").content.decode()
    assert learner.unit.name in text
    assert supervisor.full_name in text
    sent = {"phone": "081234567890", "name": "Direktur", "unit": "1", "is_staff": "on", "role": "admin"}
    assert client.post("/profil/", sent).status_code == 302
    before = learner.name
    learner.refresh_from_db()
    user = User.objects.get(pk=learner.user_id)
    assert (learner.phone, learner.name) == ("+6281234567890", before)
    assert (user.wants_motivation, user.is_staff, user.roles) == (False, False, frozenset())
    assert client.post("/profil/", {"phone": "12"}).status_code == 422


def test_an_account_without_a_person_has_a_profile_too(client):
    client.force_login(UserFactory())
    assert client.get("/profil/").status_code == 200
    assert client.get("/profil/keamanan/").status_code == 200


def test_a_waiting_address_is_shown_as_waiting(client):
    learner = EmployeeFactory()
    EmailAddress.objects.create(user=learner.user, email="baru@contoh.test", verified=False)
    client.force_login(learner.user)
    assert "baru@contoh.test menunggu konfirmasi" in client.get("/profil/").content.decode()
