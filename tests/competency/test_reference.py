import csv
from pathlib import Path

import pytest

from competency.models import JpRule, JpTarget, LearningForm
from competency.services import reference

pytestmark = pytest.mark.django_db


def test_loading_again_adds_nothing():
    first = reference.load()
    assert reference.load() == dict.fromkeys(first, 0)


def test_what_an_officer_changed_stays():
    reference.load()
    LearningForm.objects.filter(code="B11").update(path="nonclassical", name="Penyuluhan")
    JpRule.objects.filter(form__code="B11", abroad=False).update(figure=2)
    reference.load()
    assert LearningForm.objects.get(code="B11").name == "Penyuluhan"
    assert JpRule.objects.get(form__code="B11", abroad=False).figure == 2


def test_each_form_has_a_national_rule_and_its_own_spellings():
    reference.load()
    assert not LearningForm.objects.exclude(rules__abroad=False).exists()
    spellings = [
        name.casefold() for form in LearningForm.objects.all() for name in (form.name, *form.aliases)
    ]
    assert len(spellings) == len(set(spellings))


def test_structural_and_basic_training_may_be_long():
    reference.load()
    long = LearningForm.objects.filter(usual_max_jp=1500).values_list("code", flat=True)
    assert set(long) == {"B1", "B12"}
    assert set(LearningForm.objects.exclude(code__in=long).values_list("usual_max_jp", flat=True)) == {400}


def test_the_floor_is_20_for_pns_and_the_ceiling_24_for_pppk():
    reference.load()
    rows = set(JpTarget.objects.values_list("kind", "sense", "jp"))
    assert rows == {
        ("PNS", "floor", 20),
        ("CPNS", "floor", 20),
        ("PPPK", "ceiling", 24),
        ("PPPK_PW", "ceiling", 24),
    }


@pytest.mark.parametrize("name", ["forms", "jp_rules", "jp_targets"])
def test_the_files_name_their_legal_basis_or_path(name):
    with (Path(reference.FOLDER) / f"{name}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert row["path" if name == "forms" else "legal_basis"]
