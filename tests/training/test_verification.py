"""Everybody can check a certificate, and nobody learns more than is printed (T09-T11, B80)."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_finished_session, make_officer
from training.models import Certificate
from training.services import certificate as service
from training.services import certificate_issue as worker

pytestmark = pytest.mark.usefixtures("forms")

NIP = re.compile(r"\d{8} ?\d{6} ?\d ?\d{3}")
MISSING = "Sertifikat tidak ditemukan"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def made() -> Certificate:
    session = make_finished_session(1)
    service.request_batch(session, by=make_officer())
    worker.issue_due()
    return session.certificates.get()


def look_up(client, number, code):
    return client.post(reverse("verify"), {"number": number, "code": code})


def test_the_form_may_go_out_with_its_origin(client):
    """With ``no-referrer`` a browser sends "Origin: null", which the guard of forms refuses."""
    assert client.get(reverse("verify"))["Referrer-Policy"] == "same-origin"


class TestByToken:
    def test_T10_the_page_shows_what_is_printed_to_compare(self, client, made):
        answer = client.get(reverse("verify_token", args=[made.token]))
        page = answer.content.decode()
        assert answer.status_code == 200
        for words in (made.facts["name"], made.facts["unit"], made.facts["title"], made.number, made.sha256):
            assert words in page
        assert "Sertifikat ini asli" in page

    def test_no_digit_of_the_nip_is_shown_in_any_state(self, client, made):
        for act in (lambda: None, lambda: service.correct(made, by=make_officer(), reason="x")):
            act()
            page = client.get(reverse("verify_token", args=[made.token])).content.decode()
            assert made.employee.nip not in page
            assert not NIP.search(page)

    def test_T11_a_revoked_one_says_so_with_class_and_date_and_is_not_cached(self, client, made):
        service.revoke(made, by=make_officer(), kind="recipient", reason="Rahasia di dalam")
        answer = client.get(reverse("verify_token", args=[made.token]))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "DICABUT" in page
        assert "salah penerima" in page
        assert "Rahasia di dalam" not in page
        assert "no-store" in answer["Cache-Control"]

    def test_a_superseded_print_leads_to_the_one_that_counts(self, client, made):
        new = service.correct(made, by=make_officer(), reason="Salah eja")
        worker.issue_due()
        page = client.get(reverse("verify_token", args=[made.token])).content.decode()
        assert "Cetakan ini sudah diganti" in page
        assert reverse("verify_token", args=[new.token]) in page

    def test_one_that_is_not_made_yet_is_not_found(self, client):
        session = make_finished_session(1)
        service.request_batch(session, by=make_officer())
        answer = client.get(reverse("verify_token", args=[session.certificates.get().token]))
        assert answer.status_code == 404

    @pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: t + "x", lambda t: t.swapcase()])
    def test_B80_a_token_with_one_letter_changed_is_not_found(self, client, made, spoil):
        answer = client.get(reverse("verify_token", args=[spoil(made.token)]))
        assert answer.status_code == 404
        assert MISSING in answer.content.decode()

    def test_T09_the_61st_token_in_a_minute_is_refused(self, client, made):
        url = reverse("verify_token", args=[made.token])
        assert {client.get(url).status_code for _ in range(60)} == {200}
        refused = client.get(url)
        assert refused.status_code == 429
        assert "Coba lagi dalam 1 menit" in refused.content.decode()


class TestByNumber:
    def test_number_and_code_lead_to_the_page(self, client, made):
        answer = look_up(client, made.number, made.check_code)
        assert answer.url == reverse("verify_token", args=[made.token])

    def test_the_code_may_be_typed_in_small_letters_and_without_its_dash(self, client, made):
        typed = f" {made.check_code.replace('-', ' ').lower()} "
        assert look_up(client, f" {made.number} ", typed).status_code == 302

    @pytest.mark.parametrize("code", ["", "AAAA-AAAA", "' OR 1=1", "0" * 16, "\x00"])
    def test_B80_the_number_alone_tells_nothing(self, client, made, code):
        answer = look_up(client, made.number, code)
        assert answer.status_code == 422
        assert made.facts["name"] not in answer.content.decode()

    def test_T09_a_thousand_numbers_all_answer_the_same_and_the_eleventh_is_refused(self, client, made):
        answers = [look_up(client, f"800.2.3/{n:05}/11/2026", "AAAA-AAAA") for n in range(1, 14)]
        assert [one.status_code for one in answers] == [422] * 10 + [429] * 3
        pages = {re.sub(r'value="[^"]*"|[A-Za-z0-9]{64}', "", one.content.decode()) for one in answers[:10]}
        assert len(pages) == 1
        assert MISSING in pages.pop()

    def test_hits_do_not_count_against_the_limit(self, client, made):
        assert {look_up(client, made.number, made.check_code).status_code for _ in range(15)} == {302}

    def test_every_version_has_its_own_code(self, client, made):
        new = service.correct(made, by=make_officer(), reason="x")
        worker.issue_due()
        for one in (made, new):
            assert look_up(client, one.number, one.check_code).url == reverse(
                "verify_token", args=[one.token]
            )

    def test_the_form_is_open_to_everybody_and_never_kept(self, client):
        answer = client.get(reverse("verify"))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"


class TestStore:
    def test_T30_a_stored_file_has_no_address_of_its_own(self, client, made):
        for url in (
            f"/media/{made.file}",
            f"/{made.file}",
            f"/static/{made.file}",
            "/media/",
            "/sertifikat/",
        ):
            assert client.get(url).status_code == 404
