"""The officer's search: what it finds, for whom, at which cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from asnportal.home.queries.search import MOST, Group, search
from tests.factories import (
    EmployeeFactory,
    ProgrammeFactory,
    SessionFactory,
    UnitFactory,
    grant,
    make_certificate,
    make_officer,
    make_unit_officer,
)
from training.models import SessionStatus

pytestmark = pytest.mark.django_db


def find(user, words: str) -> dict[str, Group]:
    return {group.key: group for group in search(user, words, today=timezone.localdate())}


def titles(group: Group | None) -> list[str]:
    return [hit.title for hit in group.hits] if group else []


def test_an_officer_finds_things_of_every_kind_by_one_word():
    unit = UnitFactory(name="Dinas Perahu")
    person = EmployeeFactory(name="Budi Perahu", unit=unit)
    session = SessionFactory(programme__title="Menambat Perahu", status=SessionStatus.DRAFT)
    found = find(make_officer(), "perahu")
    assert {key: titles(group) for key, group in found.items()} == {
        "pegawai": ["Budi Perahu"],
        "jadwal": ["Menambat Perahu"],
        "pelatihan": ["Menambat Perahu"],
        "unit": ["Dinas Perahu"],
    }
    assert found["pegawai"].hits[0].url == reverse("employee_detail", args=[person.public_id])
    assert found["jadwal"].hits[0].url == reverse("session_manage", args=[session.pk])
    assert found["pelatihan"].hits[0].url == reverse("programme_edit", args=[session.programme_id])
    assert found["unit"].hits[0].url == reverse("unit_edit", args=[unit.pk])


def test_a_NIP_is_found_with_and_without_its_spaces():
    EmployeeFactory(name="Citra Contoh", nip="198705142010012777")
    officer = make_officer()
    for typed in ("198705142010012777", "19870514 201001 2 777", "19870514.201001.2.777"):
        assert titles(find(officer, typed).get("pegawai")) == ["Citra Contoh"]


def test_a_name_is_found_as_it_is_printed_with_its_degrees():
    EmployeeFactory(name="Dewi Contoh", title_before="Dr.", title_after="S.Sos., M.Si.")
    EmployeeFactory(name="Dewi Lain", title_after="S.E.")
    assert titles(find(make_officer(), "Dr. Dewi Contoh, S.Sos., M.Si.")["pegawai"]) == [
        "Dr. Dewi Contoh, S.Sos., M.Si."
    ]


def test_own_names_come_before_people_of_a_unit_of_that_name_and_leavers_last():
    unit = UnitFactory(name="Kecamatan Sari")
    EmployeeFactory(name="Agus", unit=unit)
    EmployeeFactory(name="Sari Lama", is_active=False)
    EmployeeFactory(name="Sari Wati")
    hits = find(make_officer(), "sari")["pegawai"].hits
    assert [(hit.title, hit.mark) for hit in hits] == [
        ("Sari Wati", ""),
        ("Agus", ""),
        ("Sari Lama", "Tidak aktif"),
    ]


def test_a_certificate_is_found_by_its_number_and_not_by_a_name():
    certificate = make_certificate(EmployeeFactory(name="Eka Contoh"))
    found = find(make_officer(), certificate.number)
    assert [(hit.title, hit.number) for hit in found["sertifikat"].hits] == [
        ("Eka Contoh", certificate.number)
    ]
    assert "sertifikat" not in find(make_officer(), "Eka")


def test_an_admin_unit_finds_its_own_people_and_nobody_elses_certificate():
    own, other = UnitFactory(name="Dinas Sendiri"), UnitFactory(name="Dinas Tetangga")
    EmployeeFactory(name="Fajar Dalam", unit=own)
    outside = EmployeeFactory(name="Fajar Luar", unit=other)
    certificate = make_certificate(outside)
    SessionFactory(programme__title="Fajar di Sungai", status=SessionStatus.DRAFT)
    officer = make_unit_officer(own)
    found = find(officer, "fajar")
    assert titles(found["pegawai"]) == ["Fajar Dalam"]
    assert "jadwal" not in found
    assert titles(find(officer, "dinas")["unit"]) == ["Dinas Sendiri"]
    assert find(officer, certificate.number) == {}


def test_T47_the_auditor_sees_masked_numbers_and_cannot_find_out_one():
    EmployeeFactory(name="Gita Contoh", nip="198705142010012777")
    auditor = grant(EmployeeFactory().user, "auditor")
    assert find(auditor, "198705142010012777") == {}
    [hit] = find(auditor, "gita")["pegawai"].hits
    assert hit.number == "1987•••••••••••777"


def test_what_does_not_fit_stands_in_the_whole_list(client):
    for n in range(MOST + 2):
        EmployeeFactory(name=f"Hadi Contoh {'ABCDEFGH'[n]}")
    officer = make_officer()
    group = find(officer, "hadi")["pegawai"]
    assert len(group.hits) == MOST
    client.force_login(officer)
    assert f"1–{MOST + 2} dari {MOST + 2}" in client.get(group.whole).text


def test_the_number_of_statements_does_not_depend_on_the_rows():
    officer = make_officer()

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            find(officer, "contoh 9")
        return len(asked)

    def one_more() -> None:
        unit = UnitFactory(name="Dinas Contoh 9")
        EmployeeFactory(name="Contoh 9", unit=unit)
        SessionFactory(programme=ProgrammeFactory(title="Contoh 9"))

    find(officer, "contoh 9")  # roles are read once
    one_more()
    first = statements()
    for _ in range(3):
        one_more()
    assert (first, statements()) == (5, 5)


def test_nothing_asked_too_little_asked_and_nothing_found_each_say_so(client):
    client.force_login(make_officer())
    page = client.get(reverse("search"))
    assert (page.status_code, "Apa yang Anda cari?" in page.text) == (200, True)
    page = client.get(reverse("search"), {"q": "x"})
    assert (page.status_code, "Tulis paling sedikit 2 huruf atau angka." in page.text) == (422, True)
    page = client.get(reverse("search"), {"q": "kapal selam"})
    assert (page.status_code, "Tidak ada yang cocok dengan “kapal selam”" in page.text) == (200, True)


@pytest.mark.parametrize("typed", ["a\x00b", "x" * 101, "' OR 1=1 --", "%%%", "\u202eabc", "((((", "١٢٣٤"])
def test_B29_odd_input_never_breaks_the_page(client, typed):
    client.force_login(make_officer())
    assert client.get(reverse("search"), {"q": typed}).status_code in (200, 422)


def test_the_box_at_the_top_leads_officers_here_and_others_to_the_catalogue(client):
    for user, address in ((make_officer(), "search"), (EmployeeFactory().user, "catalogue")):
        client.force_login(user)
        assert f'role="search" action="{reverse(address)}"' in client.get(reverse("help")).text


def test_an_admin_unit_is_told_of_more_units_than_are_shown(client):
    top = UnitFactory(name="Dinas Besar")
    for number in range(MOST + 1):
        UnitFactory(name=f"Bidang Besar {number}", parent=top, level=2)
    client.force_login(make_unit_officer(top))
    assert "Masih ada yang lain. Tambahkan satu kata." in client.get(reverse("search"), {"q": "besar"}).text
