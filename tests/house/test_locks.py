"""What is installed is what was looked at (TRUST T58)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

HOUSE = Path(settings.BASE_DIR)
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([a-z0-9_.-]+)==([^ ;\\]+)", re.MULTILINE | re.IGNORECASE)
LOWEST = {"django": (5, 2, 19), "django-allauth": (65, 21)}


def pins(lock: str) -> dict[str, str]:
    return dict(PINNED.findall((HOUSE / lock).read_text()))


def number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


@pytest.mark.parametrize("lock", LOCKS)
def test_T58_every_package_is_pinned_with_hashes(lock):
    blocks = re.split(r"\n(?=[a-z0-9])", (HOUSE / lock).read_text().strip(), flags=re.IGNORECASE)
    assert len(blocks) == len(pins(lock)) > 40
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_T58_the_packages_with_known_holes_below_are_above_them(lock):
    found = pins(lock)
    assert {name for name, lowest in LOWEST.items() if number(found[name]) < lowest} == set()


def test_T58_every_way_to_install_asks_for_the_hashes():
    for path in ("Makefile", "Dockerfile"):
        text = (HOUSE / path).read_text()
        assert "--require-hashes" in text, path
        assert not re.search(r"pip install(?!.* uv\b)(?!.*--require-hashes)", text), path


def test_both_locks_hold_the_same_versions_of_what_they_share():
    base, dev = (pins(lock) for lock in LOCKS)
    assert {name for name in base if dev.get(name) != base[name]} == set()
