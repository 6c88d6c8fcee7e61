"""Error pages: in words, with a way on, and never in need of what is broken."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from asnportal.home.views import error
from asnportal.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.factories import EmployeeFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
__all__ = ["handler400", "handler403", "handler404", "handler500"]


def raising(exception: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise exception

    view.login_required = False
    return view


urlpatterns = [
    *urlpatterns,
    path("gagal/", raising(RuntimeError("rahasia 198905142010012001"))),
    path("besar/", raising(RequestDataTooBig("x"))),
    path("salah/", raising(BadRequest("x"))),
    path("dilarang/", raising(PermissionDenied("Halaman ini untuk petugas BKPSDM."))),
]


@pytest.mark.parametrize(
    ("url", "status", "sentence"),
    [
        ("/tidak-ada/", 404, "Halaman ini tidak ada"),
        ("/salah/", 400, "Permintaan tidak dapat dibaca."),
        ("/besar/", 413, "Isian terlalu besar."),
        ("/dilarang/", 403, "Halaman ini untuk petugas BKPSDM."),
    ],
)
def test_each_fault_has_a_page_in_words(client: Client, url: str, status: int, sentence: str) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert sentence in answer.text
    assert 'class="masthead"' in answer.text


def test_a_signed_in_person_keeps_the_menu(client: Client) -> None:
    employee = EmployeeFactory(user=UserFactory(), name="Rahmawati Noor")
    client.force_login(employee.user)
    answer = client.get("/dilarang/")
    assert 'class="side"' in answer.text
    assert "Anda masuk sebagai Rahmawati Noor." in answer.text


def test_B43_an_old_page_says_that_it_is_old() -> None:
    answer = Client(enforce_csrf_checks=True).post("/tampilan/", {})
    assert answer.status_code == 403
    assert "Halaman sudah kedaluwarsa. Muat ulang lalu kirim lagi." in answer.text


def test_a_crash_shows_a_code_and_nothing_of_the_cause(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/gagal/")
    assert answer.status_code == 500
    assert "Ada gangguan di sistem kami. Data Anda aman." in answer.text
    assert "rahasia" not in answer.text
    assert "198905142010012001" not in answer.text


def test_a_crash_page_needs_neither_template_nor_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> str:
        raise OSError

    monkeypatch.setattr(error, "render_to_string", broken)
    answer = error.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Data Anda aman" in answer.content.decode()


def test_an_error_before_anybody_is_known_still_has_a_page() -> None:
    answer = error.bad_request(RequestFactory().get("/"), BadRequest())
    assert answer.status_code == 400
    assert "Permintaan tidak dapat dibaca." in answer.content.decode()


@pytest.mark.parametrize("name", ["429.html", "503.html"])
def test_pages_that_others_render_work_without_our_views(name: str) -> None:
    from django.template.loader import render_to_string

    assert "Coba lagi" in render_to_string(name, {}, RequestFactory().get("/"))
