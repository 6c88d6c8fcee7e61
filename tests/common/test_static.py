"""Static files of the first run, and pages that leave compressed."""

import gzip
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory

from asnportal.common.compress import TextGZipMiddleware
from asnportal.common.static import OTHERS, CollectedStorage, is_collected


@pytest.fixture
def root(settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    return tmp_path


def collect(settings, storage: str) -> None:
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=[*OTHERS, "mfa", "account"])


def test_names_are_plain_until_the_files_are_collected(settings, root: Path) -> None:
    assert not is_collected()
    assert CollectedStorage().url("css/portal.css") == "/static/css/portal.css"


def test_collected_files_have_a_hash_in_their_name_and_lie_there_compressed(settings, root: Path) -> None:
    collect(settings, "asnportal.common.static.CollectedStorage")
    assert is_collected()
    storage = CollectedStorage()
    name = storage.url("css/portal.css").removeprefix("/static/")
    assert name != "css/portal.css"
    assert gzip.decompress((root / f"{name}.gz").read_bytes()) == (root / name).read_bytes()
    assert storage.url("admin/css/base.css") == "/static/admin/css/base.css"  # served as it lies


def test_a_source_that_is_younger_asks_for_a_new_collection(settings, root: Path, tmp_path_factory) -> None:
    collect(settings, "asnportal.common.static.CollectedStorage")
    source = tmp_path_factory.mktemp("source")
    settings.STATICFILES_DIRS = [source]
    assert is_collected()
    (source / "new.css").write_text("a{}")
    assert not is_collected()


@pytest.mark.parametrize(
    ("response", "encoding"),
    [
        (HttpResponse("a" * 1000), "gzip"),
        (HttpResponse("a" * 1000, content_type="application/json"), "gzip"),
        (HttpResponse("a" * 1000, content_type="application/pdf"), None),
    ],
)
def test_text_leaves_compressed_and_a_file_as_it_is(response: HttpResponse, encoding: str | None) -> None:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    answer = TextGZipMiddleware(lambda _request: response)(request)
    assert answer.headers.get("Content-Encoding") == encoding
