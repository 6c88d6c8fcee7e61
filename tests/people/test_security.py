"""The pages behind "Keamanan": password, email, second step, devices. All in Indonesian, all in our layout."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from asnportal.people.models import User
from tests.factories import PASSWORD, EmployeeFactory

pytestmark = pytest.mark.django_db

# Words that only an English page has; names of products and addresses are not among them.
ENGLISH = re.compile(
    r"\b(the|your|you|please|password|sign in|sign out|change|confirm|new|again|e-mail|address|required|incorrect"
    r"|code|codes|current|session|sessions|browser|cancel|generate|activate|field)\b",
    re.IGNORECASE,
)


@pytest.fixture
def learner() -> User:
    user = EmployeeFactory().user
    user.email = "rahma@contoh.test"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client: Client, learner: User) -> Client:
    """Signed in by the page, and the password given once more for what needs it."""
    client.post("/masuk/", {"login": learner.username, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def words_of(html: str) -> str:
    body = html[html.index("<body") :]
    return " ".join(re.sub(r"<(script|svg|code)[\s\S]*?</\1>|<[^>]+>", " ", body).split()).replace(
        "English", ""
    )


def assert_indonesian(html: str) -> None:
    assert ENGLISH.findall(words_of(html)) == []


OPEN = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
]
OPEN += ["account_reset_password_from_key_done", "account_email_verification_sent"]
OWN = ["account_change_password", "account_email", "mfa_index", "mfa_activate_totp", "usersessions_list"]
OWN += ["account_logout", "account_reauthenticate"]


@pytest.mark.parametrize("name", OPEN)
def test_pages_before_signing_in_speak_indonesian(client: Client, name: str) -> None:
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert 'class="skip"' in page.text
    assert_indonesian(page.text)


@pytest.mark.parametrize("name", OWN)
def test_pages_of_ones_own_account_speak_indonesian(signed_in: Client, name: str) -> None:
    page = signed_in.get(reverse(name))
    assert page.status_code == 200
    assert 'class="skip"' in page.text
    assert_indonesian(page.text)


@pytest.mark.parametrize(
    ("name", "sent", "expected"),
    [
        (
            "account_change_password",
            {},
            [
                "Kata sandi sekarang wajib diisi.",
                "Kata sandi baru wajib diisi.",
                "Ulangi kata sandi baru wajib diisi.",
            ],
        ),
        (
            "account_change_password",
            {"oldpassword": "salah", "password1": "12345", "password2": "lain"},
            [
                "Kata sandi sekarang belum cocok.",
                "Kata sandi paling sedikit 10 huruf atau angka.",
            ],
        ),
        ("account_email", {"email": "a@@b", "action_add": "1"}, ["Alamat email tidak valid."]),
        (
            "account_email",
            {"email": "rahma@contoh.test", "action_add": "1"},
            ["Alamat email ini sudah tercatat pada akun Anda."],
        ),
        (
            "mfa_activate_totp",
            {"code": "000000"},
            ["Kode belum cocok. Tulis kode yang sedang tampil di aplikasi."],
        ),
        ("account_reauthenticate", {"password": "salah"}, ["Kata sandi belum cocok."]),
    ],
)
def test_refusals_name_the_field_in_indonesian(
    signed_in: Client, name: str, sent: dict[str, str], expected: list[str]
) -> None:
    page = signed_in.post(reverse(name), sent)
    for sentence in expected:
        assert sentence in page.text
    assert "isian perlu diperbaiki" in page.text
    assert "<title>Perlu diperbaiki:" in page.text
    assert_indonesian(page.text)


def test_a_changed_password_is_told_in_one_sentence(signed_in: Client, learner: User) -> None:
    new = "Sungai-Mahakam-77"
    answer = signed_in.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        follow=True,
    )
    assert "Kata sandi sudah diganti." in answer.text
    learner.refresh_from_db()
    assert learner.check_password(new)


def test_signing_in_is_not_announced(signed_in: Client) -> None:
    assert 'class="note' not in signed_in.get(reverse("more")).text


def test_the_second_step_shows_its_code_in_the_page_itself(signed_in: Client) -> None:
    page = signed_in.get(reverse("mfa_activate_totp")).text
    assert "data:" not in page
    assert '<div class="qr"><svg' in page
    assert 'aria-label="Kode QR untuk aplikasi autentikator"' in page
    assert "style=" not in page


def test_the_second_step_and_its_spare_codes_speak_indonesian(signed_in: Client, learner: User) -> None:
    TOTP.activate(learner, generate_totp_secret())
    RecoveryCodes.activate(learner)
    for name in (
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
    ):
        page = signed_in.get(reverse(name))
        assert page.status_code == 200, name
        assert_indonesian(page.text)
    assert Authenticator.objects.filter(user=learner).count() == 2
    stranger = Client()
    page = stranger.post("/masuk/", {"login": learner.username, "password": PASSWORD}, follow=True)
    assert "Kode verifikasi" in page.text
    assert_indonesian(page.text)
