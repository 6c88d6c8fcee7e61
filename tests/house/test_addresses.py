"""Every address that a template or the menu names exists: a wrong name hides a link without a word."""

import re
from pathlib import Path

from asnportal.home import menu
from tests.permissions.matrix import named_urls

ROOT = Path(__file__).resolve().parent.parent.parent
ASKED = re.compile(r"""\{%\s*url\s+['"]([\w:-]+)['"]""")
# The menu names pages that come with later work; an entry without its page is left out.
LATER = {"competency_profile", "team", "nomination_list", "unit_report", "standard_list", "report"} | {
    "partner_agreement",
    "my_data",
    "admin:index",
}


def asked_in(folder: Path) -> dict[str, set[str]]:
    """Name → the templates that ask for it."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if path.suffix in (".html", ".txt"):
            for name in ASKED.findall(path.read_text()):
                found.setdefault(name, set()).add(str(path.relative_to(ROOT)))
    return found


def test_every_address_that_a_template_names_exists() -> None:
    asked = asked_in(ROOT / "templates")
    assert len(asked) > 80
    assert {name: paths for name, paths in asked.items() if name not in named_urls()} == {}


def test_every_entry_of_the_menu_is_a_page_or_comes_with_later_work() -> None:
    source = Path(menu.__file__).read_text()
    names = set(re.findall(r'Entry\([^"]*"[^"]*"\)?, "([\w:-]+)"', source))
    assert len(names) > 25
    assert names - set(named_urls()) <= LATER
