"""Language and theme: two cookies that anybody may set, and nothing else."""

import pytest
from django.test import Client, override_settings

HOSTILE = [
    "//jahat.test",
    "https://jahat.test/",
    "/\\jahat.test",
    "\\\\jahat.test",
    "javascript:alert(1)",
    "http:jahat.test",
    "///jahat.test",
    "https:///jahat.test",
    "ht\ttps://jahat.test",
    " //jahat.test",
    "data:text/html,x",
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/tampilan/", "/bahasa/"])
@pytest.mark.parametrize("target", HOSTILE)
def test_T38_a_strange_address_is_never_followed(client: Client, url: str, target: str) -> None:
    answer = client.post(url, {"next": target, "theme": "gelap", "language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_choice_brings_people_back_to_their_page(client: Client) -> None:
    answer = client.post("/tampilan/", {"next": "/komponen/?page=2", "theme": "gelap"})
    assert answer["Location"] == "/komponen/?page=2"


@pytest.mark.parametrize("url", ["/tampilan/", "/bahasa/"])
def test_choices_are_made_by_post_with_a_token(url: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(url).status_code == 405
    assert strict.post(url, {"theme": "gelap"}).status_code == 403


def test_dark_light_and_as_the_device(client: Client) -> None:
    dark = 'css/portal-dark.css" media="all"'
    device = 'css/portal-dark.css" media="(prefers-color-scheme: dark)"'
    assert device in client.get("/komponen/").text
    client.post("/tampilan/", {"theme": "gelap"})
    assert dark in client.get("/komponen/").text
    client.post("/tampilan/", {"theme": "terang"})
    assert "portal-dark.css" not in client.get("/komponen/").text
    client.post("/tampilan/", {"theme": "apa saja"})
    assert device in client.get("/komponen/").text


def test_a_browser_in_english_still_gets_indonesian(client: Client) -> None:
    page = client.get("/komponen/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert '<html lang="id">' in page.text
    assert page["Content-Language"] == "id"


ENGLISH_TOO = [("id", "Bahasa Indonesia"), ("en", "English")]


def test_english_is_not_offered_before_its_catalogue_stands(client: Client) -> None:
    assert 'action="/bahasa/"' not in client.get("/komponen/").text
    client.post("/bahasa/", {"language": "en"})
    assert '<html lang="id">' in client.get("/komponen/").text


@override_settings(LANGUAGES=ENGLISH_TOO)
def test_english_is_a_choice_that_stays(client: Client) -> None:
    assert 'action="/bahasa/"' in client.get("/komponen/").text
    client.post("/bahasa/", {"language": "en"})
    assert '<html lang="en">' in client.get("/komponen/").text
    client.post("/bahasa/", {"language": "xx"})
    assert '<html lang="en">' in client.get("/komponen/").text
