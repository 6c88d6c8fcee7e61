"""Sizes and manners of what a browser loads."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from asnportal.management.commands.build_css import shrink

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
ALL_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))


def test_the_built_style_sheets_are_current() -> None:
    call_command("build_css", "--check")


def test_a_stale_style_sheet_is_noticed(tmp_path: Path, settings) -> None:
    folder = tmp_path / "static" / "css"
    folder.mkdir(parents=True)
    for source in (STATIC / "css").glob("*.css"):
        (folder / source.name).write_text(source.read_text())
    (folder / "print.css").write_text("p{color:red}")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="make css"):
        call_command("build_css", "--check")


def test_style_sheets_stay_under_their_ceilings() -> None:
    sheets = [(STATIC / "css" / name).read_bytes() for name in ("portal.css", "portal-dark.css")]
    assert sum(map(len, sheets)) <= 46_000
    assert sum(len(gzip.compress(sheet)) for sheet in sheets) <= 15_000


def test_own_javascript_stays_small() -> None:
    own = [path for path in (STATIC / "js").glob("*.js") if not path.name.endswith(".min.js")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in own) <= 15_000


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { color : red ; }", "a{color :red}"),
        (".x { & :focus { top: 0 } &:focus { top: 1px } }", ".x{& :focus{top:0}&:focus{top:1px}}"),
        ("a > b , c { width: calc(1px + 2px) }", "a>b,c{width:calc(1px + 2px)}"),
        ('a::before { content: " /* ; */ " }', 'a::before{content:" /* ; */ "}'),
        ("@media (min-width: 1px) and (max-width: 2px) { a { top: 0; } }", None),
        ("/* only words */", ""),
    ],
)
def test_shrinking_changes_no_meaning(css: str, expected: str | None) -> None:
    if expected is None:
        expected = "@media (min-width:1px) and (max-width:2px){a{top:0}}"
    assert shrink(css) == expected


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_has_inline_style_or_script(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"\son[a-z]+=\"", source)
    scripts = re.findall(r"<script(?![^>]*(?:\ssrc=|application/json))[^>]*>", source)
    assert scripts == []


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_icon_in_a_template_is_in_the_sprite(path: Path) -> None:
    sprite = set(re.findall(r'id="i-([\w-]+)"', (STATIC / "img" / "ikon.svg").read_text()))
    used = re.findall(r'{% icon "([\w-]+)"', path.read_text())
    assert set(used) <= sprite


@pytest.mark.django_db
def test_the_gallery_shows_every_component(client: Client) -> None:
    gallery = "".join(path.read_text() for path in (TEMPLATES / "home" / "gallery").glob("*.html"))
    inner = "".join(path.read_text() for path in (TEMPLATES / "cotton").glob("*.html"))
    components = {path.stem.replace("_", "-") for path in (TEMPLATES / "cotton").glob("*.html")}
    shown = set(re.findall(r"<c-([\w-]+)", gallery + inner)) - {"slot", "vars"}
    assert components - shown == set()
    assert client.get("/komponen/").status_code == 200


@pytest.mark.django_db
def test_a_page_allows_only_our_own_files(client: Client) -> None:
    answer = client.get("/komponen/")
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text)


def test_every_file_that_a_page_names_is_in_the_manifest(tmp_path: Path, settings) -> None:
    """In production a name that is not there is a 500, and only on the page that uses it."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    known = set(json.loads((tmp_path / "staticfiles.json").read_text())["paths"])
    named = {
        name for path in ALL_TEMPLATES for name in re.findall(r"{% static ['\"]([^'\"{]+)", path.read_text())
    }
    assert named - known == set()
    assert "img/ikon.svg" in known


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_templates_ask_rules_as_the_services_do(path: Path) -> None:
    """The tags of django-rules let a superuser pass; ours (templatetags/izin.py) do not."""
    loaded = re.findall(r"{% load ([^%]*) %}", path.read_text())
    assert "rules" not in " ".join(loaded).split()
