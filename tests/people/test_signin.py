"""Signing in, staying signed in, and what ends it (TRUST.md T37–T43, T49)."""

import re
import statistics
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from asnportal.notifications.models import Message
from asnportal.people.models import User
from asnportal.people.services.role import end_sessions
from asnportal.people.services.signin import clean_login
from tests.factories import (
    PASSWORD,
    EmployeeFactory,
    EnrolmentFactory,
    SessionFactory,
    UserFactory,
    make_officer,
    make_team,
    make_unit_officer,
)

pytestmark = pytest.mark.django_db
LOGIN = "/masuk/"
MINE = "/akun/kata-sandi/"  # a page for anybody signed in
HOSTILE = [
    "//evil.test",
    "https://evil.test",
    "http:evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "///evil.test",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:/\\evil.test",
    "\thttps://evil.test",
    "//evil.test\\@testserver",
]


@pytest.fixture
def learner():
    return EmployeeFactory().user


@pytest.fixture
def officer():
    return make_officer()


def try_to(client, login, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password, **extra.pop("fields", {})}, **extra)


def is_in(client):
    return client.get(MINE).status_code == 200


# -- the name ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("19870514 201001 2 007", "198705142010012007"),
        ("19870514.201001.2.007", "198705142010012007"),
        (" 198705142010012007\t", "198705142010012007"),
        ("１９８７０５１４２０１００１２００７", "198705142010012007"),
        ("Budi@Contoh.TEST ", "budi@contoh.test"),
    ],
)
def test_B03_B08_a_number_is_read_as_people_write_it(typed, name):
    assert clean_login(typed) == name


def test_people_sign_in_with_nip_or_email(client, learner):
    User.objects.filter(pk=learner.pk).update(email="rahma@contoh.test")
    nip = learner.username
    for login in (nip, f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}", "Rahma@contoh.test"):
        answer = try_to(client, login)
        assert (answer.status_code, answer["Location"]) == (302, "/beranda/"), login
        client.post("/keluar/")


def test_signing_up_is_closed(client):
    assert "csrfmiddlewaretoken" not in re.sub(
        r'action="/(bahasa|tampilan)/".*?</form>', "", client.get("/akun/baru/").content.decode(), flags=re.S
    )
    client.post("/akun/baru/", {"username": "penyusup", "password1": "Tepian-2027x"})
    assert not User.objects.filter(username="penyusup").exists()


# -- guessing ---------------------------------------------------------------------------------------------


def test_a_wrong_password_says_how_many_tries_are_left(client, learner):
    answer = try_to(client, learner.username, "salah")
    assert answer.status_code == 422
    assert "NIP atau kata sandi belum cocok. Anda masih punya 4 kali percobaan." in answer.content.decode()
    assert f'value="{learner.username}"' in answer.content.decode()


def test_T39_the_sixth_wrong_password_is_refused_also_with_another_forwarded_address(client, learner):
    with time_machine.travel(datetime(2026, 11, 24, 2, 40, tzinfo=UTC), tick=False):
        answers = [try_to(client, learner.username, "salah", REMOTE_ADDR="10.0.0.1") for _ in range(5)]
        sixth = try_to(client, learner.username, "salah", headers={"x-forwarded-for": "8.8.8.8"})
    assert [answer.status_code for answer in answers] == [422] * 5
    assert sixth.status_code == 429
    assert "Akun dikunci sampai pukul 10.45 WITA demi keamanan." in sixth.content.decode()


def test_T39_while_it_is_locked_the_right_password_does_not_open_it(client, learner):
    for _ in range(5):
        try_to(client, learner.username, "salah")
    assert try_to(client, learner.username).status_code == 429


def test_T39_after_five_minutes_it_opens_again(client, learner):
    now = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        for _ in range(5):
            try_to(client, learner.username, "salah")
    with time_machine.travel(now + timedelta(seconds=301), tick=False):
        assert try_to(client, learner.username).status_code == 302


@pytest.mark.parametrize("spelling", ["{0} ", "{0:.8}.{1}", "ａ"])
def test_T39_another_spelling_or_a_good_sign_in_of_somebody_else_gives_no_new_tries(learner, spelling):
    other = EmployeeFactory().user
    for _ in range(5):
        try_to(Client(), learner.username, "salah")
    assert try_to(Client(), other.username).status_code == 302
    typed = "".join(chr(ord(digit) + 0xFEE0) for digit in learner.username) if spelling == "ａ" else None
    typed = typed or spelling.format(learner.username, learner.username[8:])
    assert try_to(Client(), typed, "salah").status_code == 429


def test_T39_good_sign_ins_use_up_no_tries(learner):
    assert [try_to(Client(), learner.username).status_code for _ in range(7)] == [302] * 7


def test_R30_an_office_behind_one_address_can_sign_in():
    people = [EmployeeFactory().user for _ in range(12)]
    assert {try_to(Client(), user.username).status_code for user in people} == {302}


def masked(answer, *names):
    text = answer.content.decode()
    for name in names:
        text = text.replace(name, "NAMA")
    return re.sub(r'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+', r"\1", text)


def test_T40_the_known_and_the_unknown_get_the_same_answer(learner):
    unknown = "199901012024012999"
    known = try_to(Client(), learner.username, "salah")
    stranger = try_to(Client(), unknown, "salah")
    assert masked(known, learner.username) == masked(stranger, unknown)
    never = EmployeeFactory(user=None)
    assert masked(try_to(Client(), never.nip, "salah"), never.nip) == masked(known, learner.username)


def test_T40_the_known_and_the_unknown_take_the_same_time(django_user_model):
    people = [UserFactory() for _ in range(30)]

    def median(names):
        taken = []
        for name in names:
            start = time.perf_counter()
            try_to(Client(), name, "salah")
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)

    known, unknown = (
        median(user.username for user in people),
        median(f"tidak{n}@contoh.test" for n in range(30)),
    )
    # The bar is 20 %; measured by the note, here only a wide guard against a second or a missing hash.
    assert 0.5 < known / unknown < 2


def test_T40_a_reset_says_the_same_for_an_unknown_address(client, learner):
    User.objects.filter(pk=learner.pk).update(email="ada@contoh.test")
    answers = [
        client.post("/akun/lupa/", {"email": email}, follow=True)
        for email in ("ada@contoh.test", "tidak@contoh.test")
    ]
    assert masked(answers[0], "ada@contoh.test") == masked(answers[1], "tidak@contoh.test")
    assert Message.objects.filter(purpose="password_reset").count() == 1


# -- staying in and going out -----------------------------------------------------------------------------


def test_T43_pages_of_signed_in_people_are_not_kept(client, learner):
    client.force_login(learner)
    assert client.get(MINE)["Cache-Control"] == "no-store, private"
    client.post("/keluar/")
    assert client.get(MINE)["Location"] == f"{LOGIN}?next={MINE}"


def test_T43_half_an_hour_without_a_request_ends_the_session(client, learner):
    now = datetime(2026, 11, 24, 1, tzinfo=UTC)
    with time_machine.travel(now, tick=False) as clock:
        try_to(client, learner.username)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=31))
        assert not is_in(client)


def test_T43_after_twelve_hours_everybody_signs_in_again(client, learner):
    with time_machine.travel(datetime(2026, 11, 24, 1, tzinfo=UTC), tick=False) as clock:
        try_to(client, learner.username)
        for _ in range(12 * 3):
            clock.shift(timedelta(minutes=19))
            assert is_in(client)
        clock.shift(timedelta(minutes=20))
        clock.shift(timedelta(minutes=20))
        assert not is_in(client)


def test_T43_a_learner_may_stay_thirty_days_on_the_own_phone(client, learner):
    with time_machine.travel(datetime(2026, 11, 24, 1, tzinfo=UTC), tick=False) as clock:
        answer = try_to(client, learner.username, fields={"remember": "on"})
        assert int(answer.cookies["sessionid"]["max-age"]) == 30 * 86_400
        clock.shift(timedelta(days=29))
        assert is_in(client)
        clock.shift(timedelta(days=2))
        assert not is_in(client)


@pytest.mark.parametrize("make", [make_officer, lambda: make_unit_officer(EmployeeFactory().unit)])
def test_T43_nobody_with_an_office_is_remembered(client, make):
    user = make()
    with time_machine.travel(datetime(2026, 11, 24, 1, tzinfo=UTC), tick=False) as clock:
        answer = try_to(client, user.username, fields={"remember": "on"})
        assert answer.cookies["sessionid"]["max-age"] == ""
        clock.shift(timedelta(minutes=31))
        assert not is_in(client)


def test_T43_a_supervisor_may_be_remembered(client):
    supervisor, _ = make_team()
    answer = try_to(client, supervisor.user.username, fields={"remember": "on"})
    assert answer.cookies["sessionid"]["max-age"]


def test_T43_on_a_remembered_phone_deciding_asks_the_password_again(client):
    supervisor, (member,) = make_team()
    request = EnrolmentFactory(
        employee=member,
        session=SessionFactory(approval="supervisor"),
        status="requested",
        step="supervisor",
        approver=supervisor,
    )
    sent = {"aksi": "setuju", "id": str(request.public_id)}
    url = reverse("approval_approve")
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        try_to(client, supervisor.user.username, fields={"remember": "on"})
        clock.shift(timedelta(hours=2))
        asked = client.post(url, sent)
        assert asked["Location"] == f"/akun/masuk-ulang/?next={url.replace('/', '%2F')}"
        request.refresh_from_db()
        assert request.status == "requested"
        client.post(asked["Location"], {"password": PASSWORD})
        request.refresh_from_db()
    assert request.status == "confirmed"


def test_T41_signing_in_changes_the_key_of_the_session(client, learner):
    session = client.session
    session["sebelum"] = "masuk"
    session.save()
    before = client.cookies["sessionid"].value
    try_to(client, learner.username)
    assert client.cookies["sessionid"].value != before


def _leave(client, user):
    client.post("/keluar/")


def _change_password(client, user):
    new = {"oldpassword": PASSWORD, "password1": "Sungai-Mahakam-9", "password2": "Sungai-Mahakam-9"}
    assert client.post("/akun/kata-sandi/", new).status_code == 302


def _deactivate(client, user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def _end_others(client, user):
    client.post("/akun/perangkat/")


def _ended_by_officer(client, user):
    end_sessions(user, by=make_officer())


@pytest.mark.parametrize(
    "event", [_leave, _change_password, _deactivate, _end_others, _ended_by_officer], ids=lambda f: f.__name__
)
def test_T41_T49_an_old_cookie_is_worth_nothing_after(event, learner):
    mine, stolen = Client(), Client()
    try_to(mine, learner.username)
    if event is _leave:
        stolen.cookies = mine.cookies.copy()
    else:
        try_to(stolen, learner.username)
    assert is_in(stolen)
    event(mine, learner)
    assert not is_in(stolen)


def test_T41_who_changes_the_password_stays_in(client, learner):
    try_to(client, learner.username)
    _change_password(client, learner)
    assert is_in(client)


def test_T49_a_deactivated_account_signs_in_no_more(client, learner):
    User.objects.filter(pk=learner.pk).update(is_active=False)
    answer = try_to(client, learner.username)
    assert answer["Location"] == "/akun/tidak-aktif/"
    assert not is_in(client)


# -- links and redirects ----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", [{"HTTP_HOST": "evil.test"}, {"HTTP_X_FORWARDED_HOST": "evil.test"}])
def test_T37_a_forged_host_never_reaches_a_mail(client, learner, host):
    User.objects.filter(pk=learner.pk).update(email="ada@contoh.test")
    client.post("/akun/lupa/", {"email": "ada@contoh.test"}, **host)
    for message in Message.objects.all():
        assert message.link.startswith("/akun/lupa/")
        assert "evil" not in message.link + message.text
    if "HTTP_HOST" in host:
        assert not Message.objects.exists()


def test_a_reset_link_sets_a_password_once_and_does_not_sign_in(client, learner):
    User.objects.filter(pk=learner.pk).update(email="ada@contoh.test")
    client.post("/akun/lupa/", {"email": "ada@contoh.test"})
    link = Message.objects.get(purpose="password_reset").link
    form = client.get(link, follow=True)
    new = {"password1": "Sungai-Mahakam-9", "password2": "Sungai-Mahakam-9"}
    client.post(form.redirect_chain[-1][0], new)
    assert not is_in(client)
    assert try_to(client, learner.username, "Sungai-Mahakam-9").status_code == 302
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


@pytest.mark.parametrize("target", HOSTILE)
def test_T38_no_hostile_address_is_followed(learner, target):
    client = Client()
    assert try_to(client, learner.username, fields={"next": target})["Location"] == "/beranda/"
    for url, data in (
        ("/bahasa/", {"language": "en"}),
        ("/akun/masuk-ulang/", {"password": PASSWORD}),
        ("/keluar/", {}),
    ):
        answer = client.post(url, {**data, "next": target})
        assert "evil" not in answer.get("Location", ""), url
        assert not answer.get("Location", "").startswith(("javascript", "data")), url


# -- the second factor ------------------------------------------------------------------------------------


def code_of(secret):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def mfa(settings):
    settings.REQUIRE_MFA = True


def test_T42_an_officer_without_a_second_factor_sets_one_up_first(client, officer, mfa):
    try_to(client, officer.username)
    answer = client.get("/kelola/pelatihan/")
    assert answer["Location"].startswith(reverse("mfa_activate_totp"))
    assert client.get("/akun/langkah-kedua/kode/")["Location"].startswith(reverse("mfa_activate_totp"))


def test_T42_the_password_alone_opens_nothing(client, officer, mfa):
    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    assert try_to(client, officer.username)["Location"] == reverse("mfa_authenticate")
    for url in ("/kelola/pelatihan/", MINE, "/akun/langkah-kedua/kode/", "/akun/perangkat/"):
        assert client.get(url)["Location"].startswith(LOGIN), url
    assert client.get(LOGIN)["Location"] == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": code_of("JBSWY3DPEHPK3PXP")})
    assert is_in(client)


def test_T42_a_session_older_than_the_factor_must_give_it_before_anything_else(client, officer, mfa):
    client.force_login(officer)
    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    for url in ("/kelola/pelatihan/", "/akun/langkah-kedua/kode/", "/akun/langkah-kedua/aplikasi/lepas/"):
        assert client.get(url)["Location"].startswith(reverse("mfa_reauthenticate")), url
    client.post(reverse("mfa_reauthenticate"), {"code": code_of("JBSWY3DPEHPK3PXP")})
    assert is_in(client)


def test_T42_a_reset_does_not_step_over_the_second_factor(client, officer, mfa):
    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    User.objects.filter(pk=officer.pk).update(email="petugas@contoh.test")
    client.post("/akun/lupa/", {"email": "petugas@contoh.test"})
    form = client.get(Message.objects.get(purpose="password_reset").link, follow=True)
    new = {"password1": "Sungai-Mahakam-9", "password2": "Sungai-Mahakam-9"}
    client.post(form.redirect_chain[-1][0], new)
    assert not is_in(client)
    assert try_to(client, officer.username, "Sungai-Mahakam-9")["Location"] == reverse("mfa_authenticate")


def test_T42_learners_are_not_asked(client, learner, mfa):
    try_to(client, learner.username)
    assert is_in(client)
    assert not Authenticator.objects.exists()


# -- what it costs ----------------------------------------------------------------------------------------


def test_somebody_signed_in_costs_two_statements(client, learner, django_assert_num_queries):
    client.force_login(learner)
    with django_assert_num_queries(2):
        user = client.get("/bahasa/").wsgi_request.user
        found = (user.employee.unit.name, user.roles, user.leads_people)
        assert found == (learner.employee.unit.name, frozenset(), False)


def test_a_page_writes_the_session_at_most_once_a_minute(client, learner, django_assert_num_queries):
    with time_machine.travel(datetime(2026, 11, 24, 1, tzinfo=UTC), tick=False) as clock:
        client.force_login(learner)
        clock.shift(59)
        with django_assert_num_queries(2):
            client.get("/bahasa/")


def test_the_table_of_the_cache_is_there():
    call_command("createcachetable", dry_run=True)
