"""BKPSDM keeps a programme on its page, with subjects and competencies."""

import pytest
from django.urls import reverse

from tests.factories import LearningFormFactory, ProviderFactory, make_officer
from training.models import Programme

pytestmark = pytest.mark.usefixtures("forms")


@pytest.fixture
def officer(client):
    officer = make_officer()
    client.force_login(officer)
    return officer


def filled(**changes) -> dict[str, object]:
    sets = {
        f"{prefix}-{name}": value
        for prefix, forms in (("mapel", 2), ("komp", 0))
        for name, value in (("TOTAL_FORMS", forms), ("INITIAL_FORMS", 0))
    }
    return {
        "title": "Menambat Perahu",
        "form": LearningFormFactory().pk,
        "family": "teknis",
        "provider": ProviderFactory().pk,
        "jp": 4,
        "duration_days": 1,
        "mode": "in_person",
        "certificate_kind": Programme._meta.get_field("certificate_kind").default,
        "is_active": "on",
        "mapel-0-title": "Simpul",
        "mapel-0-minutes": 90,
        "mapel-1-title": "Tali",
        "mapel-1-minutes": 90,
        **sets,
        **changes,
    }


def test_a_programme_is_kept_with_its_subjects(client, officer):
    client.post(reverse("programme_new"), filled())
    made = Programme.objects.get(title="Menambat Perahu")
    assert list(made.subjects.values_list("title", "jp")) == [("Simpul", 2), ("Tali", 2)]


def test_what_is_wrong_in_a_line_is_told_above_the_form(client, officer):
    answer = client.post(reverse("programme_new"), filled(**{"mapel-1-title": ""}))
    assert answer.status_code == 422
    assert "Mata pelatihan baris 2: Mata pelatihan wajib diisi." in answer.content.decode()
    assert not Programme.objects.filter(title="Menambat Perahu").exists()
