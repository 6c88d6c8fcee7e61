"""Translations: every sentence has its English, and the compiled catalogues hold what the readable ones say.

Sentences are extracted by Django's makemessages, which needs gettext; without it (and not in CI) the extraction is
left out and the rest is still checked. ``--write`` extracts into locale/ and compiles; polib does it without gettext.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from gettext import GNUTranslations
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
IN_CI = os.environ.get("CI", "") not in {"", "0"}
SOURCES = ("asnportal", "competency", "training", "partners", "templates")
OPTIONS = ("--no-location", "--no-obsolete", "--no-wrap", "--verbosity", "0")

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
Key = tuple[str, str, str]


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def extract(into: Path) -> None:
    """makemessages for English, with ``into`` as the tree that holds the sources and ``locale``."""
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", *OPTIONS]
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=into, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"makemessages failed:\n{done.stdout}{done.stderr}")


def extracted(start: Path | None, into: Path) -> Path:
    """The English catalogue of the code as it is now, made in a copy; what ``start`` translated is kept."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("__pycache__", "*.csv"))
    target = into / "locale/en/LC_MESSAGES/django.po"
    target.parent.mkdir(parents=True)
    if start is not None and start.exists():
        shutil.copy(start, target)
    extract(into)
    return target


def keys_of_the_code() -> set[Key]:
    with tempfile.TemporaryDirectory() as folder:
        return {key(entry) for entry in polib.pofile(str(extracted(None, Path(folder))))}


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def complaints() -> list[str]:
    found = []
    for path in catalogues():
        name = path.relative_to(ROOT)
        book = polib.pofile(str(path))
        found += [f"{name}: no translation of {e.msgid!r}" for e in book.untranslated_entries()]
        found += [f"{name}: unsure (fuzzy) {e.msgid!r}" for e in book.fuzzy_entries()]
        found += _placeholders(name, book)
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or _entries(polib.mofile(str(compiled))) != _entries(book):
            found.append(f"{compiled.relative_to(ROOT)}: not compiled from its .po; run make messages")
    english = LOCALE / "en/LC_MESSAGES/django.po"
    if not english.exists():
        return found  # English has not begun: once its catalogue exists, it must be complete
    if not shutil.which("xgettext"):
        return [*found, "gettext is not installed"] if IN_CI else found
    wanted, there = keys_of_the_code(), {key(e) for e in polib.pofile(str(english)) if not e.obsolete}
    found += [f"locale/en: {k[1]!r} is not extracted; run make messages" for k in sorted(wanted - there)]
    found += [f"locale/en: {k[1]!r} is no longer used; run make messages" for k in sorted(there - wanted)]
    return found


def _placeholders(name: Path, book: polib.POFile) -> list[str]:
    """A translation that lost a ``%(name)s`` breaks its page."""
    return [
        f"{name}: other placeholders than its source: {text!r}"
        for entry in book.translated_entries()
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text
        and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    ]


def _entries(book: polib.POFile | polib.MOFile) -> dict[Key, object]:
    return {key(e): e.msgstr or dict(e.msgstr_plural) for e in book if not e.obsolete and not e.fuzzy}


def write() -> None:
    if not shutil.which("xgettext"):
        sys.exit("make messages needs gettext (on Debian: apt-get install gettext)")
    english = LOCALE / "en/LC_MESSAGES/django.po"
    english.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(extracted(english, Path(folder)), english)
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        with path.with_suffix(".mo").open("rb") as compiled:
            GNUTranslations(compiled)  # Python's own reader takes it


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        sys.exit("\n".join(complaints()) or 0)
