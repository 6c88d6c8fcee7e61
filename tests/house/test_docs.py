"""What the documents name exists: files, addresses, commands, make targets."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, resolve

HOUSE = Path(settings.BASE_DIR)
DOCUMENTS = sorted([HOUSE / "README.md", *(HOUSE / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
ADDRESS = re.compile(r"`(/[a-z/-]+/)`")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
TARGET = re.compile(r"`make ([a-z-]+)`")


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_to_files(path):
    links = [link for link in LINK.findall(path.read_text()) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", sorted((HOUSE / "docs/panduan").glob("*.md")), ids=name_of)
def test_addresses_of_the_guide_are_pages(path):
    unknown = []
    for address in ADDRESS.findall(path.read_text()):
        try:
            resolve(address)
        except Resolver404:
            unknown.append(address)
    assert unknown == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_commands_and_targets_exist(path):
    text = path.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (HOUSE / "Makefile").read_text(), re.MULTILINE))
    assert {name for name in COMMAND.findall(text) if name not in {*get_commands(), "help"}} == set()
    assert set(TARGET.findall(text)) <= targets


def test_every_guide_is_in_the_index():
    index = (HOUSE / "docs/panduan/README.md").read_text()
    guides = {path.name for path in (HOUSE / "docs/panduan").glob("*.md")} - {"README.md"}
    assert guides == set(LINK.findall(index))


def test_the_readme_names_every_make_target_and_where_to_read_on():
    text = (HOUSE / "README.md").read_text()
    promised = ("setup", "run", "test", "test-services", "test-browser", "check", "bench")
    assert [name for name in promised if f"`make {name}`" not in text] == []
    assert [
        name
        for name in ("docs/architecture.md", "docs/operating.md", "docs/panduan/", ".env.example")
        if name not in text
    ] == []
