"""Reports of the assessment centre: their file in and out, who reads them, and which figure gives the class."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asnportal.audit.models import AuditLine, Job
from asnportal.common.errors import Refusal, WrongState
from competency.models import Assessment, CentreReport, Competency, Method, RuleFigure
from competency.queries.profile import profile_of
from competency.services import centre as service
from competency.services import reference
from competency.services.centre_page import judged, page_of
from competency.services.standard import publish
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    PositionFactory,
    UserFactory,
    grant,
    make_officer,
    make_team,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
CODES = [*(f"M.{n:02}" for n in range(1, 9)), "S.01"]
NINE = (3, 3, 2, 3, 3, 2, 3, 2, 3)
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def counted():
    def count(act):
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count


@pytest.fixture
def person():
    """An administrator whose post asks level 3 of the nine since 2024."""
    reference.load()
    for code in CODES:
        family = Competency.Family.MANAGERIAL if code[0] == "M" else Competency.Family.SOCIOCULTURAL
        CompetencyFactory(code=code, family=family)
    return somebody()


def somebody():
    one = EmployeeFactory(position=PositionFactory())
    levels = dict.fromkeys(Competency.objects.filter(code__in=CODES).values_list("pk", flat=True), (3, ""))
    publish(one.position, levels, since=date(2024, 1, 1), by=None)
    return one


def row(person, levels=NINE, **changes):
    cells = {
        "nip": person.nip,
        "tanggal": "2026-03-02",
        "berlaku_sampai": "",
        "tujuan": "Seleksi/Promosi",
        "penyelenggara": "Pusat Penilaian Contoh",
        "jpm": "",
        "kekuatan": "Teliti.",
        "kelemahan": "Ragu memutuskan.",
        "saran": "Ikuti pelatihan pengambilan keputusan.",
        **dict(zip(CODES, map(str, levels), strict=True)),
    }
    return {**cells, **changes}


def table(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def bring(*rows, by=None):
    officer = by or make_officer()
    return service.write(service.receive("hasil.csv", table(*rows), by=officer), by=officer)


def faults(*rows):
    plan = service.look(service.receive("hasil.csv", table(*rows), by=make_officer()))
    return [str(one) for one in plan.faults]


def test_a_row_becomes_one_report_and_one_official_level_for_each_column(person):
    officer = make_officer()
    plan = bring(row(person), by=officer)
    assert (plan.reports.created, plan.levels.created) == (1, 9)
    report = CentreReport.objects.get()
    assert (report.stated, report.uncut, report.cut) == (None, Decimal("88.89"), Decimal("88.89"))
    assert (report.day, report.valid_until, report.created_by) == (DAY, date(2029, 3, 2), officer)
    one = Assessment.objects.get(competency__code="M.03")
    assert (one.method, one.level, one.required, one.valid_until) == ("centre", 2, 3, date(2029, 3, 2))
    assert (one.standard.position, one.created_by) == (person.position, officer)
    profile = profile_of(person, TODAY)
    assert (len(profile.short), profile.total_gap) == (3, 3)


def test_rule_11_the_gap_list_is_three_also_when_another_is_one_above(person):
    bring(row(person, (4, *NINE[1:])))
    report = CentreReport.objects.get()
    assert (report.uncut, report.cut) == (Decimal("92.59"), Decimal("88.89"))
    page = page_of(report, TODAY)
    assert [one.competency.code for one in page.short] == ["M.03", "M.06", "M.08"]
    assert page.total_gap == 3


@pytest.mark.parametrize(
    ("stated", "words", "figure"),
    [("92,59", "Optimal", "92.59"), ("", "Cukup Optimal", "88.89"), ("77.99", "Kurang Optimal", "77.99")],
)
def test_rule_11_the_class_is_by_what_the_assessor_stated_else_by_the_cut_figure(
    person, stated, words, figure
):
    bring(row(person, (4, *NINE[1:]), jpm=stated, tujuan="Pemetaan"))
    [one] = judged(CentreReport.objects.all(), TODAY)
    assert (one.verdict.words, one.figure, one.is_stated) == (words, Decimal(figure), bool(stated))


def test_new_thresholds_from_a_day_on_leave_the_class_of_earlier_reports(person):
    bring(row(person, jpm="80"), row(person, jpm="80", tanggal="2026-06-01"))
    RuleFigure.objects.create(key="jpm_selection_high", words="baru", value=85, valid_from=date(2026, 5, 1))
    classes = {one.report.day.month: one.verdict.rank for one in judged(CentreReport.objects.all(), TODAY)}
    assert classes == {3: 0, 6: 1}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"M.01": "6"}, "Baris 2, kolom M.01: Level “6” tidak ada. Isi 0 sampai 5"),
        ({"M.01": "tinggi"}, "Baris 2, kolom M.01: Level “tinggi” tidak ada."),
        (
            {"tanggal": "2026-11-25"},
            "Baris 2, kolom tanggal: Tanggal penilaian tidak boleh sesudah hari ini.",
        ),
        (
            {"tanggal": "2023-12-31"},
            "Baris 2, kolom tanggal: Standar jabatan ini berlaku sejak 1 Januari 2024",
        ),
        ({"tanggal": "31/02/2026"}, "Baris 2, kolom tanggal: Tanggal 31/02/2026 tidak ada."),
        ({"tanggal": ""}, "Baris 2, kolom tanggal: Tanggal penilaian wajib diisi."),
        ({"berlaku_sampai": "2026-03-01"}, "Baris 2, kolom berlaku_sampai: Berlaku sampai harus sama"),
        ({"tujuan": "rotasi"}, "Baris 2, kolom tujuan: Tujuan “rotasi” tidak dikenal."),
        ({"jpm": "-1"}, "Baris 2, kolom jpm: JPM harus 0 sampai 100"),
        ({"jpm": "101"}, "Baris 2, kolom jpm: JPM harus 0 sampai 100"),
        ({"jpm": "baik"}, "Baris 2, kolom jpm: JPM “baik” bukan angka."),
        ({"nip": "198705142010012999"}, "Baris 2, kolom nip: NIP ini tidak ada di data pegawai."),
        ({"nip": "1987051420100120"}, "Baris 2, kolom nip: NIP harus 18 angka"),
        ({"T.99": "2"}, "Baris 1, kolom T.99: kompetensi ini tidak ada di kamus."),
        (dict.fromkeys(CODES, ""), "Baris 2: tidak ada level satu pun."),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_nothing_is_written(person, changes, sentence):
    told = faults(row(person, **changes))
    assert len(told) == 1
    assert told[0].startswith(sentence)
    with pytest.raises(Refusal, match="Tidak ada yang tersimpan"):
        bring(row(person, **changes))
    assert not CentreReport.objects.exists()
    assert not Assessment.objects.exists()


def test_one_fault_holds_the_whole_file_back(person):
    with pytest.raises(Refusal, match="Baris 3, kolom S"):
        bring(row(person), row(somebody(), **{"S.01": "9"}))
    assert not CentreReport.objects.exists()


def test_the_same_person_and_day_twice_in_one_file_is_a_fault_but_two_days_are_two_reports(person):
    assert faults(row(person), row(person)) == ["Baris 3, kolom nip: NIP dan tanggal sama dengan baris 2."]
    assert faults(row(person), row(person, tanggal="2025-03-03")) == []


def test_two_official_results_on_one_day_are_refused(person):
    competency = Competency.objects.get(code="M.02")
    Assessment.objects.create(employee=person, competency=competency, method=Method.TEST, level=3, day=DAY)
    [told] = faults(row(person))
    assert told.startswith("Baris 2, kolom M.02: Sudah ada hasil resmi untuk M.02 pada 2 Maret 2026.")


def test_a_stated_figure_above_100_is_taken_where_the_levels_can_give_it(person):
    assert faults(row(person, (4,) * 9, jpm="133,33")) == []
    assert "JPM harus 0 sampai 133,33" in faults(row(person, (4,) * 9, jpm="133,34"))[0]


def test_an_empty_level_is_not_measured_and_counts_for_nothing(person):
    bring(row(person, **{"M.03": "", "M.06": "-"}))
    assert Assessment.objects.count() == 7
    assert CentreReport.objects.get().cut == Decimal("95.24")  # 20 of 21


def test_the_file_goes_out_and_comes_in_again_unchanged(person):
    bring(row(person, kekuatan="- teliti\n- jujur", jpm="88,9"), row(somebody(), tujuan="Pemetaan"))
    client = Client()
    client.force_login(make_officer())
    content = b"".join(client.get(reverse("centre_file")).streaming_content)
    plan = service.look(service.receive("laporan.csv", content, by=make_officer()))
    assert plan.faults == []
    assert (plan.reports.unchanged, plan.reports.written) == (2, 0)
    assert (plan.levels.unchanged, plan.levels.written) == (18, 0)
    assert AuditLine.objects.filter(verb="centre.export").count() == 1


def test_the_template_filled_in_as_xlsx_is_read_with_notes_of_several_lines(person):
    client = Client()
    client.force_login(make_officer())
    content = b"".join(client.get(reverse("centre_template")).streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    names = [cell.value for cell in book.active[1]]
    cells = row(person, kekuatan="Teliti.\nJujur.", **{"M.01": 3})
    for at, name in enumerate(names, start=1):
        book.active.cell(2, at).value = cells[name]
    out = io.BytesIO()
    book.save(out)
    officer = make_officer()
    service.write(service.receive("hasil.xlsx", out.getvalue(), by=officer), by=officer)
    assert CentreReport.objects.get().strengths == "Teliti.\nJujur."


def test_a_corrected_file_changes_what_differs_and_says_so(person):
    bring(row(person))
    plan = bring(row(person, jpm="90", **{"M.03": "3"}))
    assert (plan.reports.updated, plan.levels.updated, plan.levels.unchanged) == (1, 1, 8)
    report = CentreReport.objects.get()
    assert (report.stated, report.cut) == (Decimal("90.00"), Decimal("92.59"))


def test_a_file_is_written_once_and_is_gone_afterwards(person):
    officer = make_officer()
    job = service.receive("hasil.csv", table(row(person)), by=officer)
    again = Job.objects.get(pk=job.pk)
    service.write(job, by=officer)
    with pytest.raises(WrongState):
        service.write(again, by=officer)
    assert CentreReport.objects.count() == 1
    assert Job.objects.get(pk=job.pk).source == ""


def test_the_page_looks_first_then_writes_and_tells_what(person):
    client = Client()
    client.force_login(make_officer())
    upload = SimpleUploadedFile("hasil.csv", table(row(person)))
    checked = client.post(reverse("centre_load"), {"berkas": upload})
    page = client.get(checked.url).content.decode()
    assert "Belum ada yang disimpan" in page
    assert not CentreReport.objects.exists()
    answer = client.post(checked.url, follow=True)
    assert "Laporan: 1 baru, 0 berubah, 0 tetap. Level: 9 baru" in answer.content.decode()


def test_the_page_names_the_faults_and_offers_no_button_to_save(person):
    client = Client()
    client.force_login(make_officer())
    upload = SimpleUploadedFile("hasil.csv", table(row(person, **{"M.01": "7"})))
    checked = client.post(reverse("centre_load"), {"berkas": upload})
    page = client.get(checked.url).content.decode()
    assert "Baris 2, kolom M.01" in page
    assert "Simpan semuanya" not in page
    assert client.post(checked.url).status_code == 302
    assert not CentreReport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kosong.csv", b"", "Berkas kosong"),
        ("hasil.pdf", b"%PDF-1.7", "Isi berkas"),
        ("hasil.csv", b"nama;alamat\nA;B\n", "Kolom wajib tidak ditemukan"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(person, name, content, sentence):
    client = Client()
    client.force_login(make_officer())
    answer = client.post(reverse("centre_load"), {"berkas": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_P41_the_person_reads_the_own_report_and_the_supervisor_does_not(person):
    supervisor, _ = make_team()
    person.supervisor = supervisor
    person.save()
    bring(row(person))
    address = reverse("centre_report", args=[CentreReport.objects.get().public_id])
    client = Client()
    client.force_login(person.user)
    page = client.get(address).content.decode()
    assert "Ragu memutuskan." in page
    assert "JPM yang dipotong pada standar" in page
    assert "88,89" in page
    assert "Seleksi/Promosi, 2 Maret 2026" in client.get(reverse("own_centre")).content.decode()
    assert not AuditLine.objects.filter(verb="centre.read").exists()
    client.force_login(supervisor.user)
    assert client.get(address).status_code == 404


def test_P41_each_reading_of_a_report_of_somebody_else_is_logged_and_the_auditor_sees_a_masked_number(person):
    bring(row(person))
    address = reverse("centre_report", args=[CentreReport.objects.get().public_id])
    for user in (make_officer(), grant(UserFactory(), "auditor")):
        client = Client()
        client.force_login(user)
        page = client.get(address).content.decode()
        assert (person.nip[8:14] in page.replace(" ", "")) == user.has_role("bkpsdm")
    assert AuditLine.objects.filter(verb="centre.read").count() == 2


def test_the_list_is_narrowed_by_purpose_and_by_what_runs_out_in_90_days(person):
    soon, gone, long = person, somebody(), somebody()
    bring(
        row(soon, berlaku_sampai="2027-02-22"),
        row(gone, berlaku_sampai="2026-11-23", tujuan="Pemetaan"),
        row(long, berlaku_sampai="2027-02-23"),
    )
    client = Client()
    client.force_login(make_officer())

    def names(query):
        page = client.get(reverse("centre_list") + query).content.decode()
        return [one for one in (soon, gone, long) if f">{one}</a>" in page]

    assert names("") == [soon, gone, long]
    assert names("?berlaku=segera") == [soon]
    assert names("?berlaku=lewat") == [gone]
    assert names("?tujuan=mapping") == [gone]
    assert names("?tujuan=abc&berlaku=xyz&page=abc") == [soon, gone, long]


@pytest.mark.parametrize("name", ["centre_list", "own_centre"])
def test_a_longer_list_takes_no_more_statements(person, name, counted):
    client = Client()
    client.force_login(make_officer() if name == "centre_list" else person.user)
    bring(row(person))
    client.get(reverse(name))
    one = counted(lambda: client.get(reverse(name)))
    bring(*(row(person, tanggal=f"2025-03-0{day}") for day in (3, 4)))
    if name == "centre_list":
        bring(row(somebody()), row(somebody()))
    assert counted(lambda: client.get(reverse(name))) == one


def test_a_longer_file_takes_no_more_statements_to_look_through(person, counted):
    few = service.read(table(row(person)), "a.csv")
    many = service.read(table(row(person), row(somebody()), row(somebody())), "a.csv")
    assert counted(lambda: service.examine(few)) == counted(lambda: service.examine(many))
