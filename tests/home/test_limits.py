"""One person cannot keep the portal busy (T54): sizes are refused early, lists and forms have an end."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.forms.proposal import ProposalForms
from tests.factories import EmployeeFactory, ProgrammeFactory, SessionFactory, make_officer
from training.forms.programme import ProgrammeForms

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_officer())
    return client


@pytest.mark.parametrize("path", ["/masuk/", "/aktivasi/", "/kelola/pelatihan/baru/", "/verifikasi/"])
def test_B25_T54_ten_megabytes_in_a_form_are_refused_with_a_page(browser: Client, path: str) -> None:
    answer = browser.post(path, {"nip": "1" * 10_000_000})
    if answer.status_code != 405:
        assert (answer.status_code, "Isian terlalu besar" in answer.text) == (413, True)


@pytest.mark.parametrize("path", ["/masuk/", "/aktivasi/", "/kelola/pelatihan/baru/"])
def test_B82_T54_ten_thousand_fields_are_refused(browser: Client, path: str) -> None:
    assert browser.post(path, {f"f{n}": "1" for n in range(10_000)}).status_code == 400


@pytest.mark.parametrize("path", ["/masuk/", "/aktivasi/"])
def test_T54_a_thousand_fields_in_the_address_are_refused_or_passed_over(browser: Client, path: str) -> None:
    query = "&".join(f"f{n}=1" for n in range(2000))
    assert browser.get(f"{path}?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("forms", [ProposalForms, ProgrammeForms])
def test_T54_a_form_has_as_many_lines_as_it_shows_and_no_thousands(forms: type, learning_forms: None) -> None:
    lines = forms().subjects.prefix
    sent = {f"{lines}-TOTAL_FORMS": "99999999", f"{lines}-INITIAL_FORMS": "0"}
    assert len(forms(sent).subjects.forms) == forms().subjects.max_num


@pytest.fixture
def learning_forms(forms: None) -> None:
    """Reference data of the forms of learning."""


@pytest.mark.parametrize("number", ["2", "999999999", "-1", "abc"])
def test_T54_the_catalogue_reads_one_page_whatever_is_asked(client, number) -> None:
    for _ in range(30):
        SessionFactory(programme=ProgrammeFactory())
    client.force_login(EmployeeFactory().user)

    def asked(query: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/katalog/?{query}")
        return len(queries), answer.text.count("<article")

    asked("")
    statements, cards = asked("")
    odd, shown = asked(f"page={number}&" + "&".join(f"topik={n}" for n in range(500)))
    assert odd <= statements + 2  # the filter itself
    assert shown <= cards


def test_T54_a_statement_on_the_web_ends_after_fifteen_seconds() -> None:
    """On PostgreSQL by STATEMENT_TIMEOUT, which the production shape sets for the web alone."""
    import yaml

    services = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
    limits = {name: one.get("environment", {}).get("STATEMENT_TIMEOUT") for name, one in services.items()}
    assert {name for name, limit in limits.items() if limit} == {"web"}
    assert limits["web"] == "15000"


def test_T54_django_refuses_before_reading_too_much() -> None:
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 2_621_440
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= 1000
