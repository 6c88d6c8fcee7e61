"""Pages of certificates: the owner looks, downloads and shares; the officer issues, corrects, revokes."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.people.models import RoleGrant
from tests.factories import (
    EmployeeFactory,
    UserFactory,
    grant,
    make_certificate,
    make_finished_session,
    make_officer,
)
from training.models import Certificate
from training.services import certificate as service
from training.services import certificate_file as files
from training.services import certificate_issue as worker

pytestmark = pytest.mark.usefixtures("forms")


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner(client):
    owner = EmployeeFactory(name="Rahmawati Noor", title_after="S.Sos.")
    client.force_login(owner.user)
    return owner


def show(client, certificate):
    return client.get(reverse("certificate", args=[certificate.public_id]))


def download(client, certificate):
    return client.get(reverse("certificate_download", args=[certificate.public_id]))


class TestOwner:
    def test_the_picture_has_the_printed_facts_and_both_links_to_share(self, client, owner, settings):
        made = make_certificate(owner, stored=True)
        html = show(client, made).content.decode()
        url = f"{settings.SITE_URL}/verifikasi/{made.token}/"
        for words in (made.number, made.check_code, "Rahmawati Noor, S.Sos.", url, 'role="img"'):
            assert words in html
        [share] = re.findall(r'href="(https://wa\.me/\?text=[^"]+)"', html)
        assert unquote(share).endswith(f"{made.facts['title']}. {url}")

    def test_the_file_is_the_stored_one_with_a_name_people_understand(self, client, owner):
        made = make_certificate(owner, stored=True)
        answer = download(client, made)
        assert answer.content == files.read(made.file)
        assert answer["Content-Type"] == "application/pdf"
        title = made.facts["title"]
        assert answer["Content-Disposition"] == (
            f'attachment; filename="Sertifikat {title} - Rahmawati Noor, S.Sos.pdf"'
        )
        assert "no-store" in answer["Cache-Control"]
        assert not AuditLine.objects.filter(verb="certificate.download").exists()

    def test_letters_beyond_ascii_are_named_by_rfc_6266(self, client):
        owner = EmployeeFactory(name='Zoë "/\\ Ñuño')
        client.force_login(owner.user)
        header = download(client, make_certificate(owner, stored=True))["Content-Disposition"]
        assert header.startswith("attachment; filename*=utf-8''Sertifikat%20")
        assert not re.search(r'["/\\\r\n]', header)

    def test_a_file_that_is_not_as_issued_is_not_handed_out(self, client, owner):
        made = make_certificate(owner, stored=True)
        files.path_of(made.file).write_bytes(b"something else")
        answer = download(client, made)
        assert answer.status_code == 503
        assert "tetap berlaku" in answer.content.decode()

    def test_while_it_is_being_made_the_page_says_what_happens(self, client, owner):
        made = make_certificate(owner, status="pending", number="", file="")
        html = show(client, made).content.decode()
        assert "sedang disiapkan" in html
        assert "Unduh PDF" not in html
        assert download(client, made).status_code == 404

    def test_a_revoked_one_says_why_and_is_not_shared(self, client, owner):
        made = make_certificate(owner, stored=True)
        service.revoke(made, by=make_officer(), kind="content", reason="Salah tanggal")
        html = show(client, made).content.decode()
        assert "Isi keliru: “Salah tanggal”" in html
        assert "wa.me" not in html

    def test_T30_P33_another_employee_finds_neither_page_nor_file(self, client, owner):
        other = make_certificate(EmployeeFactory(name="Orang Lain"), stored=True)
        for answer in (show(client, other), download(client, other)):
            assert answer.status_code == 404
            assert "Orang Lain" not in answer.content.decode()


class TestReaders:
    def test_reading_somebody_elses_file_leaves_a_line(self, client, owner):
        made = make_certificate(owner, stored=True)
        officer = make_officer()
        client.force_login(officer)
        download(client, made)
        assert AuditLine.objects.about(made).get(verb="certificate.download").actor == officer

    def test_an_auditor_sees_the_nip_masked(self, client, owner):
        made = make_certificate(owner, stored=True)
        client.force_login(grant(UserFactory(), RoleGrant.Role.AUDITOR))
        html = show(client, made).content.decode()
        assert owner.nip[4:15] not in re.sub(r"[\s\u00a0]", "", html)
        assert f"{owner.nip[:4]}•" in html


class TestIssuing:
    @pytest.fixture
    def officer(self, client):
        officer = make_officer()
        client.force_login(officer)
        return officer

    def page(self, client, session, **headers):
        return client.get(reverse("session_certificates", args=[session.pk]), headers=headers)

    def test_what_blocks_issuing_stands_where_the_button_would_be(self, client, officer):
        session = make_finished_session(1, signatory_name="")
        html = self.page(client, session).content.decode()
        assert "Isi nama dan jabatan penanda tangan" in html
        assert "Terbitkan 1 sertifikat" not in html

    def test_one_button_issues_for_all_and_tells_ones_own(self, client, officer):
        session = make_finished_session(2, employees=(officer.employee,))
        html = client.post(reverse("certificate_request", args=[session.pk]), follow=True).content.decode()
        assert "2 sertifikat sedang disiapkan" in html
        assert "Sertifikat Anda sendiri diterbitkan petugas lain" in html
        assert "0 dari 2 sertifikat terbit" in html

    def test_progress_is_a_part_of_the_same_address_and_stops_when_done(self, client, officer):
        session = make_finished_session(1)
        service.request_batch(session, by=officer)
        part = self.page(client, session, hx_request="true", hx_target="kemajuan").content.decode()
        assert part.lstrip().startswith('<div class="card')
        assert 'hx-trigger="every 2s"' in part
        assert "Perbarui keadaan" in part  # the same without JavaScript
        worker.issue_due()
        part = self.page(client, session, hx_request="true", hx_target="kemajuan").content.decode()
        assert "1 dari 1 sertifikat terbit" in part
        assert "hx-trigger" not in part

    def test_a_guest_is_served_from_the_page(self, client, officer):
        session = make_finished_session()
        url = reverse("certificate_guest", args=[session.pk])
        assert client.post(url, {"name": "", "role": "speaker"}).status_code == 422
        client.post(url, {"name": "Dr. Tamu", "institution": "Unmul", "role": "moderator"})
        assert session.certificates.get().guest.name == "Dr. Tamu"

    def test_the_page_costs_the_same_statements_for_three_as_for_one(self, client, officer):
        counts = []
        for people in (1, 3):
            session = make_finished_session(people)
            service.request_batch(session, by=officer)
            with CaptureQueriesContext(connection) as context:
                self.page(client, session)
            counts.append(len(context))
        assert counts[0] == counts[1]


class TestRegister:
    @pytest.fixture(autouse=True)
    def officer(self, client, forms):
        client.force_login(make_officer())

    def test_it_is_searched_by_number_name_and_title(self, client):
        made, other = (
            make_certificate(EmployeeFactory(name="Ani Lestari")),
            make_certificate(EmployeeFactory()),
        )
        for words in (made.number, "lestari", made.facts["title"]):
            html = client.get(reverse("certificate_list", query={"q": words})).content.decode()
            assert made.number in html
            assert other.number not in html

    def test_it_is_filtered_by_state(self, client):
        made = make_certificate(EmployeeFactory())
        revoked = make_certificate(EmployeeFactory(), status="revoked")
        html = client.get(reverse("certificate_list", query={"keadaan": "revoked"})).content.decode()
        assert revoked.number in html
        assert made.number not in html

    def test_the_list_costs_the_same_statements_for_three_as_for_one(self, client):
        counts = []
        for more in (1, 2):
            for _ in range(more):
                make_certificate(EmployeeFactory())
            with CaptureQueriesContext(connection) as context:
                client.get(reverse("certificate_list"))
            counts.append(len(context))
        assert counts[0] == counts[1]

    def test_revoking_asks_for_class_and_reason(self, client):
        made = make_certificate(EmployeeFactory(), stored=True)
        url = reverse("certificate_revoke", args=[made.public_id])
        assert client.post(url, {"kind": "magic", "reason": ""}).status_code == 422
        client.post(url, {"kind": "recipient", "reason": "Tertukar"})
        assert Certificate.objects.get().status == "revoked"

    def test_correcting_makes_the_next_version(self, client):
        made = make_certificate(EmployeeFactory(), stored=True)
        client.post(reverse("certificate_correct", args=[made.public_id]), {"reason": "Salah eja"})
        assert set(Certificate.objects.values_list("version", "status")) == {
            (1, "superseded"),
            (2, "pending"),
        }

    def test_a_stopped_one_is_tried_again(self, client):
        made = make_certificate(EmployeeFactory(), status="pending", attempts=3, problem="Gagal")
        html = client.get(reverse("certificate_list")).content.decode()
        assert "Coba lagi" in html
        client.post(reverse("certificate_retry", args=[made.public_id]))
        made.refresh_from_db()
        assert (made.attempts, made.problem) == (0, "")
