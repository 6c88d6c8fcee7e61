"""The pages of an import from the file to its result, as an officer without JavaScript goes through them."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from asnportal.audit.models import AuditLine, Job
from asnportal.audit.services import job as jobs
from asnportal.people.models import Employee, RoleGrant, Unit, User
from asnportal.people.services.reference import load_ranks
from competency.models import TrainingRecord
from tests.competency.importer import Importer, apart
from tests.factories import (
    EmployeeFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_officer,
    make_unit_officer,
)

pytestmark = pytest.mark.django_db
WIDE = "NIP;Nama;Unit Kerja;JK;Agama"
# two of them count what waits, for the menu
FIRST, SECOND, THIRD = apart(1), apart(2), apart(3)


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / jobs.FOLDER


@pytest.fixture
def health() -> Unit:
    return UnitFactory(code="11", name="Dinas Kesehatan")


@pytest.fixture
def officer(health) -> User:
    return make_officer(unit=health, name="Petugas Contoh", nip=apart(900))


@pytest.fixture
def desk(client, officer) -> Importer:
    client.force_login(officer)
    return Importer(client)


def kept_files() -> list[str]:
    """The kinds of the files that lie there now."""
    return sorted(path.suffix for path in (Path(settings.MEDIA_ROOT) / jobs.FOLDER).glob("*"))


class TestFromFileToResult:
    def test_a_file_becomes_people_in_five_pages(self, desk, health):
        load_ranks()
        desk.upload(f"NIP;Nama;Unit Kerja;Agama\n{FIRST};Ani Contoh;Dinas Kesehatan;Islam".encode())
        assert desk.path == reverse("import_columns", args=[desk.job.public_id])
        assert "1 baris data. Belum ada yang tersimpan." in desk.text
        assert [desk.field(f"kolom-{n}") for n in range(4)] == [["nip"], ["name"], ["unit"], [""]]
        assert "Ani Contoh" in desk.text
        assert "Islam" not in desk.text
        desk.press("Periksa berkas")
        assert desk.path == reverse("import_check", args=[desk.job.public_id])
        assert "1 baris siap, 0 baris bermasalah. Belum ada yang tersimpan." in desk.text
        assert not Employee.objects.filter(nip=FIRST).exists()
        desk.press("Impor 1 baris yang siap")
        assert desk.path == reverse("import_job", args=[desk.job.public_id])
        assert "Menunggu giliran" in desk.text
        assert not Employee.objects.filter(nip=FIRST).exists()
        desk.work()
        assert "1 baris tersimpan" in desk.text
        person = Employee.objects.get(nip=FIRST)
        assert (person.name, person.unit) == ("Ani Contoh", health)
        assert person.history.get().history_user == desk.job.owner
        line = AuditLine.objects.get(verb="employee.import")
        assert line.actor == desk.job.owner
        assert line.details == {"counts": {"created": 1}}
        assert line.note == f"pegawai.csv sha256:{desk.job.params['sha256']}"

    def test_progress_is_told_while_a_worker_is_busy_and_the_whole_page_afterwards(
        self, desk, client, health
    ):
        desk.check(f"{FIRST};Ani;11").press("Impor")
        job = jobs.claim("people.import")
        jobs.progress(job, 0)
        url = reverse("import_job", args=[job.public_id])
        part = client.get(url, HTTP_HX_REQUEST="true")
        assert "Membaca berkas" in part.content.decode()
        assert "<html" not in part.content.decode()
        jobs.give_back(job)
        desk.work()
        assert client.get(url, HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"

    def test_the_result_has_row_numbers_the_columns_that_were_read_and_what_is_wrong(self, desk, health):
        rows = (f"{FIRST};Ani;Dinas Kesehatan;P;Islam", f"{FIRST[:-1]};Budi;Dinas Kesehatan;L;Islam")
        desk.check(*rows, headings=WIDE).press("Impor").work()
        result = desk.result()
        head = ["Baris", "NIP", "Nama", "Unit Kerja", "JK", "Hasil", "Keterangan"]
        told = "Baris 3, kolom NIP: NIP harus 18 angka, ini 17."
        wrong = [3, FIRST[:-1], "Budi", "Dinas Kesehatan", "L", "Tidak diimpor", told]
        assert result == {
            "Belum diimpor": [head, wrong],
            "Semua baris": [head, [2, FIRST, "Ani", "Dinas Kesehatan", "P", "Baru", None], wrong],
        }

    def test_rows_pasted_from_a_spreadsheet_are_a_file_too(self, desk, health):
        desk.open(reverse("import_new"))
        desk.press("Lanjut", tempel=f"NIP\tNama\tUnit Kerja\r\n{FIRST}\tAni\tDinas Kesehatan\r\n")
        desk.press("Periksa berkas").press("Impor 1 baris").work()
        assert Employee.objects.filter(nip=FIRST).exists()

    def test_training_history_goes_the_same_way_and_asks_what_rows_without_state_become(self, desk, health):
        EmployeeFactory(nip=FIRST, unit=health)
        desk.upload(
            f"NIP;Nama Diklat;Tanggal Selesai;JP\n{FIRST};Bimtek Arsip;12-03-2026;16".encode(),
            "riwayat.csv",
            jenis="riwayat",
        )
        assert "Status bagi baris" in desk.text or desk.field("status") == ["waiting"]
        desk.press("Periksa berkas", status="verified").press("Impor 1 baris").work()
        assert "1 baris tersimpan" in desk.text
        assert TrainingRecord.objects.get().status == TrainingRecord.Status.VERIFIED

    def test_a_template_is_read_as_it_was_given(self, desk, client):
        for slug in ("pegawai", "riwayat"):
            answer = client.get(reverse("import_template", args=[slug]))
            desk.upload(b"".join(answer.streaming_content), f"{slug}.xlsx", jenis=slug)
            assert desk.path == reverse("import_columns", args=[desk.job.public_id])
            assert "0 baris data" in desk.text
            assert "Tidak dibaca" in desk.text
            desk.press("Periksa berkas")
            assert "Belum ada yang siap" in desk.text


class TestColumns:
    def test_what_was_recognised_can_be_changed(self, desk, health):
        desk.upload(f"NIP;Panggilan;Nama;Unit Kerja\n{FIRST};Aniek;Ani Contoh;11".encode())
        desk.press("Perbarui contoh isi", **{"kolom-1": "name", "kolom-2": ""})
        assert (desk.status, desk.field("kolom-1"), desk.field("kolom-2")) == (200, ["name"], [""])
        assert "Aniek" in desk.text
        desk.press("Periksa berkas").press("Impor").work()
        assert Employee.objects.get(nip=FIRST).name == "Aniek"

    def test_B56_a_required_column_that_is_missing_is_named_and_can_be_chosen(self, desk, health):
        desk.upload(f"NIP;Siapa;Unit Kerja\n{FIRST};Ani;11".encode())
        desk.press("Periksa berkas")
        assert desk.status == 422
        assert "Kolom wajib tidak ditemukan: Nama. Unduh templat." in desk.text
        assert desk.field("kolom-0") == ["nip"]
        desk.press("Periksa berkas", **{"kolom-1": "name"})
        assert "1 baris siap" in desk.text

    def test_B59_two_columns_for_one_field_are_asked(self, desk, health):
        desk.upload(f"NIP;Nama;Nama Lengkap;Unit Kerja\n{FIRST};Ani;Ani Contoh;11".encode())
        assert "Kolom mana yang benar?" in desk.text
        assert "“Nama” (B) dan “Nama Lengkap” (C)" in desk.text
        desk.press("Periksa berkas")
        assert desk.status == 422
        assert "Dua kolom dibaca sebagai Nama. Sisakan satu." in desk.text
        desk.press("Periksa berkas", **{"kolom-1": ""}).press("Impor").work()
        assert Employee.objects.get(nip=FIRST).name == "Ani Contoh"

    def test_the_columns_can_be_gone_back_to(self, desk, health):
        desk.check(f"{FIRST};Ani;11")
        desk.open(reverse("import_columns", args=[desk.job.public_id]))
        desk.press("Periksa berkas", **{"kolom-2": ""})
        assert "0 baris siap, 1 baris bermasalah" in desk.text

    def test_decisions_outlive_going_back_to_the_columns(self, desk, health):
        desk.check(f"{FIRST};Ani;Dinas Kesehatn")
        desk.press("Terapkan keputusan", **desk.choice("Dinas Kesehatan (11)"))
        desk.open(reverse("import_columns", args=[desk.job.public_id])).press("Periksa berkas")
        assert "1 baris siap, 0 baris bermasalah" in desk.text

    def test_a_choice_that_is_none_is_a_sentence(self, desk, health):
        desk.upload(f"NIP;Nama;Unit Kerja\n{FIRST};Ani;11".encode())
        desk.press("Periksa berkas", **{"kolom-1": "is_superuser"})
        assert desk.status == 422
        assert "Pilihan tidak tersedia." in desk.text


class TestProblems:
    def test_one_decision_settles_a_misspelt_unit_for_all_its_rows(self, desk, health):
        desk.check(*(f"{apart(n)};Orang Contoh;Dinas Kesehatn" for n in range(12)), f"{apart(50)};Ani;11")
        assert "“Dinas Kesehatn” tidak dikenal, maksudnya …?" in desk.text
        assert "12 baris" in desk.text
        assert "1 baris siap, 12 baris bermasalah" in desk.text
        desk.press("Terapkan keputusan", **desk.choice("Dinas Kesehatan (11)"))
        assert "13 baris siap, 0 baris bermasalah" in desk.text
        assert "“Dinas Kesehatn” adalah Dinas Kesehatan" in desk.text
        assert not Employee.objects.filter(nip=FIRST).exists()
        desk.press("Impor 13 baris yang siap").work()
        assert Employee.objects.filter(unit=health, name__startswith="Orang").count() == 12

    def test_a_decision_can_be_taken_back(self, desk, health):
        desk.check(f"{FIRST};Ani;Dinas Kesehatn")
        desk.press("Terapkan keputusan", **desk.choice("Dinas Kesehatan (11)"))
        desk.press("Batalkan")
        assert "0 baris siap, 1 baris bermasalah" in desk.text

    def test_any_other_unit_can_be_meant_and_must_be_chosen(self, desk, health):
        schools = UnitFactory(code="12", name="Dinas Pendidikan")
        desk.check(f"{FIRST};Ani;Dinas Kesehatn")
        other = desk.choice("Unit lain")
        desk.press("Terapkan keputusan", **other)
        assert (desk.status, "Pilih unitnya." in desk.text) == (422, True)
        [name] = [name for name in other if name.startswith("putusan-")]
        desk.press("Terapkan keputusan", **other, **{name.replace("putusan", "unit"): "12"})
        desk.press("Impor 1 baris").work()
        assert Employee.objects.get(nip=FIRST).unit == schools

    def test_a_unit_name_that_several_bear_is_asked(self, desk, health):
        schools = UnitFactory(code="12", name="Dinas Pendidikan")
        for parent in (health, schools):
            UnitFactory(code=f"{parent.code}.1", name="Sekretariat", parent=parent, level=2)
        desk.check(f"{FIRST};Ani;Sekretariat")
        assert "“Sekretariat” ada beberapa, maksudnya …?" in desk.text
        desk.press("Terapkan keputusan", **desk.choice("Sekretariat (12.1)"))
        desk.press("Impor 1 baris").work()
        assert Employee.objects.get(nip=FIRST).unit.code == "12.1"

    def test_held_rows_are_accepted_with_a_mark_or_left_out(self, desk, health):
        rows = (f"{FIRST};Ani;11;L;-", f"{SECOND};Budi;11;P;-")
        desk.check(*rows, headings=WIDE)
        assert "1 baris siap, 1 baris bermasalah" in desk.text
        assert "Jenis kelamin berbeda dari NIP" in desk.text
        desk.press("Terapkan keputusan", **desk.choice("Terima, beri tanda"))
        desk.press("Impor 2 baris").work()
        person = Employee.objects.get(nip=FIRST)
        assert (person.sex, person.quality_marks) == ("M", ["sex_differs"])

    def test_what_is_left_out_stays_out_and_is_in_the_result(self, desk, health):
        desk.check(f"{FIRST};Ani;11;L;-", f"{SECOND};Budi;11;P;-", headings=WIDE)
        desk.press("Terapkan keputusan", **desk.choice("Lewati 1 baris"))
        assert "1 baris siap, 1 baris bermasalah" in desk.text
        desk.press("Impor 1 baris").work()
        assert not Employee.objects.filter(nip=FIRST).exists()
        assert [row[-2] for row in desk.result()["Belum diimpor"][1:]] == ["Menunggu keputusan"]

    def test_applying_no_decision_imports_nothing(self, desk, health):
        desk.check(f"{FIRST};Ani;Dinas Kesehatn", f"{SECOND};Budi;11")
        desk.press("Terapkan keputusan")
        assert desk.path == reverse("import_check", args=[desk.job.public_id])
        assert desk.job.status == Job.Status.PREPARING

    def test_importing_with_a_fresh_decision_shows_the_new_count_first(self, desk, health):
        desk.check(f"{FIRST};Ani;Dinas Kesehatn", f"{SECOND};Budi;11")
        desk.press("Impor 1 baris", **desk.choice("Dinas Kesehatan (11)"))
        assert desk.job.status == Job.Status.PREPARING
        assert "2 baris siap, 0 baris bermasalah" in desk.text

    def test_rows_that_only_the_file_can_mend_stand_with_their_cell_and_the_workbook(self, desk, health):
        desk.check(f"{FIRST[:-1]};Ani;11", f"{SECOND};Budi;11")
        assert "1 baris ditolak" in desk.text
        assert FIRST[:-1] in desk.text
        assert [row[0] for row in desk.result()["Belum diimpor"]] == ["Baris", 2]

    def test_rows_refused_for_the_same_reason_are_counted_once_above_the_list(self, desk, health):
        desk.check(f"{FIRST[:-1]};Ani;11", f"{FIRST[:-1]};Budi;11", f"{FIRST};Caca;11")
        assert "NIP harus 18 angka, ini 17.2 baris" in desk.text
        assert "2 baris ditolak" in desk.text

    def test_many_different_problems_are_asked_a_few_at_a_time(self, desk, health):
        rows = [f"{apart(n)};Orang;Dinas Entah Ke {n} Apa" for n in range(600)]
        desk.check(*rows)
        assert "Putuskan 600 hal, lalu impor" in desk.text
        assert "Ini 10 yang terbanyak dari 600 masalah" in desk.text
        asked = desk.names("putusan-")
        assert len(asked) == 10
        desk.press("Terapkan keputusan", **dict.fromkeys(asked, "lewati"))
        assert not asked & desk.names("putusan-")

    def test_a_hostile_cell_is_shown_as_text(self, desk, health):
        desk.check(f"{FIRST};<script>alert(1)</script>;11", f"{SECOND};Budi;<img src=x onerror=y>")
        assert b"<script>alert" not in desk.answer.content
        assert b"<img src=x" not in desk.answer.content

    def test_T26_a_formula_comes_back_as_text_in_the_workbook(self, desk, client, health):
        desk.check(f'{FIRST};=HYPERLINK("http://x");11', f"{SECOND};Ani;@SUM(1)")
        answer = client.get(reverse("import_result", args=[desk.job.public_id]))
        [page] = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        cells = [cell for row in page.iter_rows(min_row=2) for cell in row if str(cell.value)[:1] in "=@"]
        assert [cell.data_type for cell in cells] == ["s", "s"]

    def test_T35_what_looks_like_a_template_stays_as_it_is(self, desk, health):
        EmployeeFactory(nip=FIRST, unit=health)
        title = "{{ settings.SECRET_KEY }} {event.__init__.__globals__}"
        desk.check(
            f"{FIRST};{title};12-03-2026;16",
            headings="NIP;Nama Diklat;Tanggal Selesai;JP",
            jenis="riwayat",
        )
        assert title in desk.text
        desk.press("Impor 1 baris").work()
        assert TrainingRecord.objects.get().title == title


class TestNothingIsLost:
    def test_what_was_chosen_and_pasted_stays_when_a_file_is_refused(self, desk, health):
        desk.open(reverse("import_new"))
        desk.press("Lanjut", jenis="riwayat", unit="11", tempel="hanya kata-kata")
        assert desk.status == 422
        assert desk.field("jenis") == ["riwayat"]
        assert desk.field("unit") == ["11"]
        assert desk.field("tempel") == ["hanya kata-kata"]
        assert not Job.objects.exists()
        assert not kept_files()

    def test_choices_of_columns_stay_when_one_is_refused(self, desk, health):
        desk.upload(f"NIP;Siapa;Unit Kerja;Ket\n{FIRST};Ani;11;x".encode())
        desk.press("Periksa berkas", **{"kolom-3": "position"})
        assert (desk.status, desk.field("kolom-3")) == (422, ["position"])

    def test_decisions_stay_when_one_is_refused(self, desk, health):
        desk.check(f"{FIRST};Ani;Dinas Kesehatn;P;-", f"{SECOND};Budi;11;L;-", headings=WIDE)
        accepted = desk.choice("Terima, beri tanda")
        desk.press("Terapkan keputusan", **accepted, **desk.choice("Unit lain"))
        assert desk.status == 422
        assert desk.field(next(iter(accepted))) == ["terima"]

    def test_giving_up_deletes_the_file_and_writes_nothing(self, desk, health):
        desk.check(f"{FIRST};Ani;11")
        assert kept_files() == ["", ".xlsx"]
        job = desk.job
        desk.press("Batalkan, hapus berkas")
        assert desk.path == reverse("import_list")
        assert "Impor dibatalkan. Berkas sudah dihapus, tidak ada yang tersimpan." in desk.text
        assert kept_files() == []
        job.refresh_from_db()
        assert (job.status, job.source, job.file, job.result) == (Job.Status.CANCELLED, "", "", {})
        assert not Employee.objects.filter(nip=FIRST).exists()

    def test_T31_the_file_is_deleted_when_the_import_ends_and_the_result_after_a_day(self, desk, health):
        desk.check(f"{FIRST};Ani;11").press("Impor").work()
        job = desk.job
        assert (job.source, kept_files()) == ("", [".xlsx"])
        Job.objects.update(expires_at=timezone.now())
        with TestCase.captureOnCommitCallbacks(execute=True):
            jobs.expire()
        assert kept_files() == []
        assert desk.client.get(reverse("import_result", args=[job.public_id])).status_code == 410

    def test_a_file_that_nobody_imports_is_deleted_after_a_day(self, desk, health):
        desk.check(f"{FIRST};Ani;11")
        job = desk.job
        assert job.expires_at - timezone.now() <= timedelta(hours=24)
        Job.objects.update(expires_at=timezone.now())
        with TestCase.captureOnCommitCallbacks(execute=True):
            jobs.expire()
        assert kept_files() == []
        desk.open(reverse("import_check", args=[job.public_id]))
        assert desk.status == 200
        assert "Berkasnya sudah dihapus." in desk.text

    def test_a_file_that_vanished_is_a_sentence_on_every_page(self, desk, health, media):
        desk.check(f"{FIRST};Ani;Dinas Kesehatn", f"{SECOND};Budi;11")
        for path in media.iterdir():
            path.unlink()
        desk.press("Terapkan keputusan", **desk.choice("Dinas Kesehatan (11)"))
        assert desk.status == 410
        assert "Berkas sudah dihapus. Unggah sekali lagi." in desk.text
        for name in ("import_job", "import_check", "import_columns"):
            assert desk.open(reverse(name, args=[desk.job.public_id])).status in (200, 410)
        desk.open(reverse("import_check", args=[desk.job.public_id])).press("Impor 1 baris").work()
        assert "Impor gagal" in desk.text
        assert "Berkas sudah dihapus. Unggah sekali lagi." in desk.text


class TestConfirming:
    def test_confirming_twice_imports_once(self, desk, client, health):
        desk.check(f"{FIRST};Ani;11")
        url, sent = desk.path, {"siap": "1", "impor": "1"}
        first, second = client.post(url, sent), client.post(url, sent)
        assert (first.status_code, second.status_code) == (302, 302)
        assert second["Location"] == reverse("import_job", args=[desk.job.public_id])
        desk.work()
        client.post(url, sent)
        desk.work()
        assert Employee.objects.filter(nip=FIRST).count() == 1
        assert AuditLine.objects.filter(verb="employee.import").count() == 1

    def test_a_person_changed_since_the_check_sends_the_import_back(self, desk, health):
        person = EmployeeFactory(nip=FIRST, name="Ani", unit=health, birth_date=date(1979, 1, 1))
        desk.check(f"{FIRST};Ani Contoh;11")
        desk.press("Impor 1 baris")
        Employee.objects.filter(pk=person.pk).update(name="Ani Contoh")
        desk.work()
        assert desk.path == reverse("import_check", args=[desk.job.public_id])
        assert "Data berubah sejak berkas ini diperiksa. Periksa sekali lagi, lalu impor." in desk.text
        assert "Semua sudah sama" in desk.text
        assert not AuditLine.objects.filter(verb="employee.import").exists()

    def test_a_value_that_is_no_longer_the_one_shown_sends_the_import_back(self, desk, health):
        person = EmployeeFactory(nip=FIRST, name="Ani", unit=health, birth_date=date(1979, 1, 1))
        desk.check(f"{FIRST};Ani Contoh;11").press("Impor 1 baris")
        person.name = "Ani Benar"
        person.save()
        desk.work()
        assert "Data berubah sejak berkas ini diperiksa." in desk.text
        person.refresh_from_db()
        assert person.name == "Ani Benar"
        desk.press("Impor 1 baris").work()
        person.refresh_from_db()
        assert person.name == "Ani Contoh"

    def test_a_training_decided_since_the_check_sends_the_import_back(self, desk, health):
        EmployeeFactory(nip=FIRST, unit=health)
        told = {"headings": "NIP;Nama Diklat;Tanggal Selesai;JP", "jenis": "riwayat"}
        desk.check(f"{FIRST};Bimtek Arsip;12-03-2026;16", **told).press("Impor 1 baris").work()
        desk.check(f"{FIRST};Bimtek Arsip;12-03-2026;24", **told).press("Impor 1 baris")
        TrainingRecord.objects.update(jp=20)
        desk.work()
        assert "Data berubah sejak berkas ini diperiksa." in desk.text
        assert TrainingRecord.objects.get().jp == 20

    def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(self, desk, health):
        person = EmployeeFactory(nip=FIRST, name="Ani", unit=health)
        desk.check(f"{FIRST};Ani Contoh;11")
        person.phone = "+62 811 5550 111"
        person.save()
        desk.press("Impor 1 baris").work()
        person.refresh_from_db()
        assert (person.name, person.phone) == ("Ani Contoh", "+62 811 5550 111")

    def test_the_confirmation_of_an_older_check_shows_the_present_one(self, desk, client, health):
        desk.check(f"{FIRST};Ani;11", f"{SECOND};Budi;Dinas Kesehatn")
        job = desk.job
        desk.press("Terapkan keputusan", **desk.choice("Dinas Kesehatan (11)"))
        client.post(desk.path, {"siap": "1", "impor": "1"})
        job.refresh_from_db()
        assert job.status == Job.Status.PREPARING

    def test_R18_the_same_file_again_is_asked_about_and_changes_nothing(self, desk, health):
        desk.check(f"{FIRST};Ani;11").press("Impor").work()
        desk.upload(f"NIP;Nama;Unit Kerja\n{FIRST};Ani;11".encode(), "salinan.csv")
        assert "Berkas ini sudah diimpor pada" in desk.text
        desk.press("Periksa berkas")
        assert desk.status == 422
        assert "Centang bila berkas ini memang akan diimpor sekali lagi." in desk.text
        desk.press("Periksa berkas", lagi="on")
        assert "Semua sudah sama" in desk.text
        history = Employee.history.count()
        desk.press("Selesaikan tanpa perubahan").work()
        assert "Tidak ada yang berubah" in desk.text
        assert Employee.history.count() == history

    def test_an_officer_who_lost_the_role_writes_nothing(self, desk, health, officer):
        desk.check(f"{FIRST};Ani;11").press("Impor")
        RoleGrant.objects.filter(user=officer).delete()
        job = Job.objects.get()
        from asnportal.people.services import intake_job

        intake_job.run_waiting()
        job.refresh_from_db()
        assert job.status in (Job.Status.PREPARING, Job.Status.FAILED)
        assert not Employee.objects.filter(nip=FIRST).exists()


class TestWhoMay:
    @pytest.fixture
    def schools(self) -> Unit:
        return UnitFactory(code="12", name="Dinas Pendidikan")

    @pytest.fixture
    def unit_desk(self, client, health) -> Importer:
        client.force_login(make_unit_officer(health, nip=apart(901)))
        return Importer(client)

    def test_T51_a_number_of_another_unit_is_refused_without_a_name(self, unit_desk, schools):
        EmployeeFactory(nip=FIRST, name="Rahasia Contoh", unit=schools)
        unit_desk.check(f"{FIRST};Budi;11")
        assert "NIP sudah terdaftar di unit lain. Hubungi BKPSDM." in unit_desk.text
        assert "Rahasia" not in unit_desk.text
        assert "Dinas Pendidikan" not in unit_desk.text
        remark = unit_desk.result()["Belum diimpor"][1][-1]
        assert remark == "Baris 2: NIP sudah terdaftar di unit lain. Hubungi BKPSDM."

    def test_B68_rows_for_another_unit_are_refused(self, unit_desk, schools):
        unit_desk.check(f"{FIRST};Budi;Dinas Pendidikan", f"{SECOND};Ani;Dinas Kesehatan")
        assert "Pegawai bukan dari unit Anda." in unit_desk.text
        unit_desk.press("Impor 1 baris").work()
        assert list(Employee.objects.filter(nip__in=[FIRST, SECOND]).values_list("nip", flat=True)) == [
            SECOND
        ]

    def test_T51_units_of_others_are_not_suggested(self, unit_desk, schools):
        unit_desk.check(f"{FIRST};Budi;Dinas Pendidikn")
        assert "(12)" not in unit_desk.text
        assert "kode:12" not in unit_desk.answer.content.decode()

    def test_T27_no_column_and_no_posted_decision_moves_anybody_to_a_unit_of_others(
        self, unit_desk, client, schools
    ):
        head = "NIP;Nama;Unit Kerja;is_staff;is_superuser;opd_id;status_akun;password"
        unit_desk.check(f"{FIRST};Budi;Dinas Kesehatn;1;1;12;Disetujui;rahasia", headings=head)
        assert "is_superuser" in unit_desk.text
        name = next(iter(unit_desk.choice("Unit lain")))
        unit_desk.press("Terapkan keputusan", **{name: "lain", name.replace("putusan", "unit"): "12"})
        assert unit_desk.status == 422
        assert "0 baris siap" in unit_desk.text
        unit_desk.press("Terapkan keputusan", **{name: "kode:12"})
        assert unit_desk.status == 422
        unit_desk.press("Terapkan keputusan", **unit_desk.choice("Dinas Kesehatan (11)"))
        unit_desk.press("Impor 1 baris").work()
        person = Employee.objects.get(nip=FIRST)
        assert (person.unit.code, person.user, User.objects.filter(is_superuser=True).exists()) == (
            "11",
            None,
            False,
        )

    def test_T31_an_officer_of_a_unit_sees_the_own_imports_only(self, desk, client, health, schools):
        desk.check(f"{FIRST};Ani;11").press("Impor").work()
        theirs = desk.job
        client.force_login(make_unit_officer(health, nip=apart(902)))
        assert "pegawai.csv" not in client.get(reverse("import_list")).content.decode()
        for name in ("import_job", "import_result", "import_check", "import_columns"):
            assert client.get(reverse(name, args=[theirs.public_id])).status_code == 404

    def test_T47_an_auditor_sees_counts_and_a_workbook_with_masked_numbers(self, desk, client, health):
        rows = (f"{FIRST};Ani;11", f"{SECOND};Budi;11", f"{SECOND};Budi;11", f"{THIRD[:-1]};Cici;11")
        desk.check(*rows).press("Impor").work()
        job = desk.job
        auditor = grant(UserFactory(), RoleGrant.Role.AUDITOR)
        client.force_login(auditor)
        page = Importer(client).open(reverse("import_job", args=[job.public_id]))
        assert "2 baris tersimpan" in page.text
        assert page.buttons == [] or "Impor" not in " ".join(page.buttons)
        result = page.result()
        everything = " ".join(str(cell) for rows in result.values() for row in rows for cell in row)
        assert not any(number in everything for number in (FIRST, SECOND, THIRD[:-1]))
        assert [row[2] for row in result["Semua baris"]] == ["Nama", "Ani", "Budi", "Budi", "Cici"]
        assert AuditLine.objects.filter(verb="import.download", actor=auditor).count() == 1
        assert client.get(reverse("import_new")).status_code == 403
        assert client.post(reverse("import_cancel", args=[job.public_id])).status_code == 403

    def test_T47_an_auditor_who_keeps_a_unit_reads_other_units_numbers_in_part(
        self, desk, client, health, schools
    ):
        desk.check(f"{FIRST};Ani;11").press("Impor").work()
        job = desk.job
        both = make_unit_officer(schools, nip=apart(903))
        client.force_login(grant(both, RoleGrant.Role.AUDITOR))
        page = Importer(client).open(reverse("import_job", args=[job.public_id]))
        assert page.result()["Semua baris"][1][1] != FIRST

    def test_nobody_prepares_the_import_of_another(self, desk, client, health):
        desk.check(f"{FIRST};Ani;11")
        job = desk.job
        client.force_login(make_officer(nip=apart(904)))
        assert client.get(reverse("import_check", args=[job.public_id])).status_code == 404
        page = Importer(client).open(reverse("import_job", args=[job.public_id]))
        assert "Belum ada yang tersimpan" in page.text
        assert "Ani" not in page.text


def test_pages_take_as_many_statements_for_one_row_as_for_three(desk, health):
    def statements(rows: int) -> list[int]:
        questions = (f"{apart(10 * rows + n)};Orang;Dinas Entah {n} Apa" for n in range(rows))
        desk.check(*questions, *(f"{apart(100 * rows + n)};Ani;11" for n in range(rows)))
        prepared = [desk.statements("import_columns"), desk.statements("import_check")]
        desk.open(reverse("import_check", args=[desk.job.public_id])).press("Impor").work()
        return [*prepared, desk.statements("import_job"), desk.statements("import_list")]

    for_one = statements(1)
    assert statements(3) == for_one
