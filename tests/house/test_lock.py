"""What is installed is what was chosen (T58): every package with its version and its hash, everywhere."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings
from packaging.version import Version

HOUSE = Path(settings.BASE_DIR)
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([A-Za-z0-9][\w.\[\]-]*)==([\w.+!-]+)( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def requirements(lock: str) -> dict[str, tuple[str, bool]]:
    """Name to version, and whether the lock asks for it on every machine."""
    found = {}
    for line in (HOUSE / lock).read_text().splitlines():
        if match := PINNED.match(line):
            found[match[1].partition("[")[0].lower()] = (match[2], not match[3])
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_T58_every_requirement_has_one_version_and_hashes(lock: str) -> None:
    lines = (HOUSE / lock).read_text().splitlines()
    assert [line for line in lines if not PINNED.match(line) and not HASH.match(line)] == []
    for number, line in enumerate(lines):
        if PINNED.match(line):
            assert HASH.match(lines[number + 1]), line


def test_T58_nothing_is_installed_without_its_hash() -> None:
    installs = [
        line
        for name in ("Makefile", "Dockerfile")
        for line in (HOUSE / name).read_text().splitlines()
        if re.search(r"\bpip (install|sync)\b", line)
    ]
    bare = [line for line in installs if "--require-hashes" not in line]
    assert [line.split("install")[1].split()[-1] for line in bare] == ["uv"]  # the installer itself


def test_T58_the_versions_with_the_known_holes_closed_or_later() -> None:
    locked = requirements("requirements.lock")
    assert Version(locked["django"][0]) >= Version("5.2.19")
    assert Version(locked["django-allauth"][0]) >= Version("65.21")


def test_T58_what_runs_here_is_what_is_locked() -> None:
    locked = requirements("requirements.lock")
    different = {
        name: (wanted, version(name))
        for name, (wanted, everywhere) in locked.items()
        if everywhere and version(name) != wanted
    }
    assert different == {}


def test_T58_the_house_has_a_command_that_asks_for_known_holes() -> None:
    makefile = (HOUSE / "Makefile").read_text()
    assert re.search(
        r"^audit:.*\n\t.*pip-audit --require-hashes .*requirements\.lock", makefile, re.MULTILINE
    )
    assert "make audit" in (HOUSE / "docs/operating.md").read_text()
