"""The matrix is executed: every cell, as a page and as a part, and what holds for all addresses at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.test import TestCase
from django.urls import reverse

from asnportal.home.menu import menu_for, public_menu
from tests.permissions import document
from tests.permissions.matrix import LOGIN, Row, covered_by, faults_of, letter_of, named_urls
from tests.permissions.rows import ROWS
from tests.permissions.world import ROLES, WorldCase

READING = [row for row in ROWS if row.verb == "GET"]
WRITING = [row for row in ROWS if row.verb == "POST"]
POST_ONLY = [row for row in WRITING if row.name not in {row.name for row in READING}]


def one_test_per(rows: list[Row]) -> Callable[[Callable[[Any, Row], None]], Callable[[Any], None]]:
    """Mark a method so that `executed` below writes one test for each row."""

    def mark(check: Callable[[Any, Row], None]) -> Any:
        check.rows = rows  # type: ignore[attr-defined]
        return check

    return mark


def executed(case: type[TestCase]) -> type[TestCase]:
    for name, check in list(vars(case).items()):
        for row in getattr(check, "rows", []):
            setattr(
                case, f"test_{name}__{row.test_name}", lambda self, check=check, row=row: check(self, row)
            )
    return case


def test_every_address_has_a_name_and_a_row() -> None:
    spoken_for = {row.name for row in ROWS}
    missing = sorted({name for name in named_urls() if covered_by(name) not in spoken_for})
    assert missing == [], "write a row in tests/permissions/rows/ (see tests/permissions/__init__.py)"


def test_every_row_speaks_of_an_address_that_exists() -> None:
    assert sorted({row.name for row in ROWS} - set(named_urls())) == []


def test_no_address_has_two_rows_for_one_verb() -> None:
    seen = [row.test_name for row in ROWS]
    assert sorted(seen) == sorted(set(seen))


def test_the_document_says_what_the_table_says() -> None:
    assert document.PATH.read_text() == document.text(), "run: python -m tests.permissions.document"


def test_the_sign_in_page_is_where_the_matrix_expects_it() -> None:
    assert reverse("account_login") == LOGIN


@executed
class TestMatrix(WorldCase):
    """The world is made once; each cell takes back what it did."""

    @one_test_per(ROWS)
    def T23_every_cell_answers_as_the_table_says(self, row: Row) -> None:
        assert [str(fault) for fault in faults_of(row, self.world)] == []

    @one_test_per(WRITING)
    def T24_a_form_without_its_token_is_refused(self, row: Row) -> None:
        for role in ("PUB", "BKP"):
            with self.world.undone():
                strict = self.world.client(role, enforce_csrf_checks=True)
                answer = strict.post(row.urls(self.world, role)[0], row.body(self.world))
            assert answer.status_code == 403, role

    @one_test_per(POST_ONLY)
    def T24_a_link_changes_nothing(self, row: Row) -> None:
        for role in ROLES[1:]:
            with self.world.undone():
                answer = self.world.client(role).get(row.urls(self.world, role)[0])
            assert answer.status_code == 405, role

    @one_test_per(READING)
    def head_and_options_give_no_more_than_get(self, row: Row) -> None:
        for role, (inside, _) in row.expected().items():
            with self.world.undone():
                url = row.urls(self.world, role)[0]
                head = self.world.client(role).head(url)
                options = self.world.client(role).options(url)
            assert letter_of(head, row.also) in (inside, "405"), f"HEAD as {role}"
            assert not options.content or letter_of(options, row.also) == inside, f"OPTIONS as {role}"

    def test_a_wrong_row_is_found(self) -> None:
        """The test of the test: a table that is wrong in one cell must fail."""
        row = next(row for row in ROWS if row.name == "set_language")
        wrong = replace(row, cells="F A A A A A A A A")
        found = {(fault.role, fault.expected, fault.answer) for fault in faults_of(wrong, self.world)}
        assert found == {("PUB", "F", "A")}

    def test_the_menu_offers_nothing_that_refuses(self) -> None:
        for role in ROLES[1:]:
            menu = menu_for(self.world.user(role))
            groups = [entry for group in menu.groups for entry in group.entries]
            for url in {entry.url for entry in (*groups, *menu.tabs, *menu.account)}:
                with self.world.undone():
                    answer = self.world.client(role).get(url, follow=True)
                assert answer.status_code == 200, f"{role}: {url}"

    def test_the_public_menu_offers_nothing_that_refuses(self) -> None:
        for entry in public_menu("/"):
            assert self.world.client("PUB").get(entry.url).status_code == 200, entry.url
