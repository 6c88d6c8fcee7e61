"""Who reads what of one person's competencies: named readers in and out of scope, and the words that may reach them.

The matrix asks one account of each kind. Here are both supervisors, both admin units and both partners, a colleague
and a stranger, and what they read is looked through for words that stand only in this person's data (P41–P45).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.common import files
from asnportal.notifications.models import Message
from asnportal.people.models import Employee
from competency.models import (
    DisciplinaryAction,
    Method,
    OfficialIndex,
    PerformanceRating,
    Plan,
    Review,
    TrainingRecord,
)
from competency.services import assessment, reference
from competency.services.assessment import Found
from competency.services.plan import Wish, add, say, submit
from competency.services.standard import publish
from competency.services.tables import TABLES
from tests.factories import CompetencyFactory, LearningFormFactory
from tests.permissions.matrix import letter_of
from tests.permissions.rows import ROWS
from tests.permissions.world import WorldCase

READERS = ("a1", "a2", "b1", "sA", "sB", "oA", "oB", "k1", "pX", "pY", "u", "s", "w", "nobody")
#                     a1 a2 b1 sA sB oA oB k1 pX pY u  s  w  nobody
EXPECTED = {
    "employee_profile": "F  F  F  A  N  A  N  A  F  F  A  A  F  L",
    "employee_plan": "   F  F  F  A  N  A  N  A  F  F  A  A  F  L",
    "evidence_file": "   A  N  N  A  N  A  N  A  N  N  A  A  N  L",
    "assess_employee": " F  F  F  A  N  F  F  A  F  F  F  F  F  L",
    "review_decline": "  F  F  F  A  N  F  F  A  F  F  F  F  F  L",
    "record_list": "     F  F  F  F  F  F  F  A  F  F  A  A  F  L",
    "record_next": "     F  F  F  F  F  F  F  A  F  F  F  F  F  L",
    "record_check": "    F  F  F  F  F  F  F  A  F  F  F  F  F  L",
    "outside_enter": "   F  F  F  F  F  F  F  A  F  F  F  F  F  L",
    "table_load": "      F  F  F  F  F  F  F  A  F  F  F  F  F  L",
    "own_index": "       A  A  A  A  A  F  F  F  F  F  F  F  F  L",
    "competency_detail": "A  A  A  A  A  F  F  F  F  F  F  F  F  L",
    "team": "            F  F  F  A  A  F  F  F  F  F  F  F  F  L",
    **dict.fromkeys(TABLES, "F F F F F F F A F F F F F L"),
}
WORDS = {
    "assessment": "Catatan nilai Merpati",
    "dialogue": "Percakapan Kenari",
    "plan": "Rencana Cendrawasih",
    "evidence": "Bimtek Rajawali",
    "index": "13,07",
}
OUT_OF_SCOPE = ("a2", "b1", "sB", "oB", "pX", "pY", "w", "nobody")


class TestScope(WorldCase):
    readers: ClassVar[dict[str, Client]]
    read: ClassVar[dict[str, dict[str, list[str]]]] = {}

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        reference.load()
        cls.fill()
        cls.readers = {name: cls.browser_of(name) for name in READERS}

    @classmethod
    def fill(cls) -> None:
        """All that is private of a1, each with a word of its own."""
        a1, boss, today = cls.world.a1, cls.world.sA.user, date(2026, 11, 2)
        cls.competency = CompetencyFactory(name="Kompetensi contoh")
        publish(a1.position, {cls.competency.pk: (3, "")}, since=date(2024, 1, 1), by=None)
        found = Found(cls.competency, 1, today, Method.SUPERVISOR, note=WORDS["assessment"])
        assessment.assess(a1, found, by=boss)
        cls.review = Review.objects.create(
            employee=a1, competency=cls.competency, cause=Review.Cause.REQUEST, reason="Sudah berlatih."
        )
        wish = Wish(title=WORDS["plan"], source="wish", target=date(2026, 12, 1))
        item = add(a1, 2026, wish, by=a1.user)
        submit(item.plan, by=a1.user)
        say(Plan.objects.select_related("employee__supervisor__user").get(), text=WORDS["dialogue"], by=boss)
        cls.record = TrainingRecord.objects.create(
            employee=a1,
            title=WORDS["evidence"],
            form=LearningFormFactory(),
            start=today,
            end=today,
            year=2026,
            jp=8,
            source=TrainingRecord.OUTSIDE,
            match_key="outside:1",
            evidence=files.keep([WORDS["evidence"].encode()], folder="bukti", suffix=".pdf"),
            evidence_name="a.pdf",
        )
        PerformanceRating.objects.create(employee=a1, year=2025, predicate="Kurang")
        DisciplinaryAction.objects.create(employee=a1, day=today, grade="heavy")
        points = {"qualification": 1, "competence": Decimal("6.07"), "performance": 5, "discipline": 1}
        OfficialIndex.objects.create(employee=a1, year=2026, **points)

    @classmethod
    def browser_of(cls, name: str) -> Client:
        client, who = Client(), getattr(cls.world, name, None)
        if who is not None:
            client.force_login(getattr(who, "user", who))
        return client

    def addresses(self) -> Iterator[tuple[str, str]]:
        person, one = {"public_id": self.world.a1.public_id}, {"pk": self.competency.pk}
        record = {"public_id": self.record.public_id}
        arguments = {
            "employee_profile": person,
            "employee_plan": person,
            "outside_enter": person,
            "evidence_file": record,
            "record_check": record,
            "assess_employee": person | one,
            "review_decline": {"public_id": self.review.public_id},
            "competency_detail": one,
        }
        for name in EXPECTED:
            if name in TABLES:
                yield name, reverse("table_file", kwargs={"kind": name})
            else:
                yield name, reverse(name, kwargs=arguments.get(name))

    @contextmanager
    def undone(self) -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def ask(self, reader: str, url: str, **how: str) -> HttpResponse:
        """As ``verb`` (GET, if not said), with the other words as headers; read to the end."""
        verb = how.pop("verb", "get")
        with self.undone():
            answer = getattr(self.readers[reader], verb)(url, headers=how)
            answer.seen = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer

    def test_P41_to_P45_each_reader_gets_what_the_matrix_says_however_it_is_asked(self) -> None:
        faults = []
        for name, url in self.addresses():
            for reader, letter in zip(READERS, EXPECTED[name].split(), strict=True):
                got = letter_of(self.ask(reader, url))
                part = letter_of(self.ask(reader, url, **{"HX-Request": "true"}))
                head = self.ask(reader, url, verb="head")
                options = self.ask(reader, url, verb="options")
                if (got, part) != (letter, letter) or letter_of(head) not in (letter, "405"):
                    faults.append(
                        f"{name} as {reader}: {letter} expected, got {got}, {part}, {letter_of(head)}"
                    )
                if head.seen or (options.seen and letter_of(options) != letter):
                    faults.append(f"{name} as {reader}: HEAD or OPTIONS says more")
        assert faults == []

    def test_T08_whoever_moves_takes_what_is_private_along(self) -> None:
        pages = ("employee_profile", "employee_plan", "evidence_file")
        with transaction.atomic():
            Employee.objects.filter(pk=self.world.a1.pk).update(
                unit=self.world.unit_b, supervisor=self.world.sB
            )
            got = {
                (name, reader): letter_of(self.ask(reader, url))
                for name, url in self.addresses()
                if name in pages
                for reader in ("sA", "oA", "sB", "oB")
            }
            transaction.set_rollback(True)
        wanted = {"sA": "N", "oA": "N", "sB": "A", "oB": "A"}
        assert got == {(name, reader): letter for name in pages for reader, letter in wanted.items()}

    def test_T51_no_word_about_a_person_reaches_who_is_out_of_scope_on_any_page(self) -> None:
        """Every page that is read without naming a thing, and every one that names a1's."""
        for reader in OUT_OF_SCOPE:
            assert self.words_read_by(reader) == {}, reader

    def test_P41_the_dialogue_is_read_by_the_two_who_hold_it(self) -> None:
        read = {reader for reader in READERS if "dialogue" in self.words_read_by(reader)}
        assert read == {"a1", "sA"}

    def test_P41_the_index_is_read_by_oneself_alone(self) -> None:
        assert {reader for reader in READERS if "index" in self.words_read_by(reader)} == {"a1"}

    def test_the_walk_finds_each_word_where_it_belongs(self) -> None:
        """The test of the test."""
        assert set(self.words_read_by("a1")) == set(WORDS)
        assert {"plan", "evidence", "assessment"} <= set(self.words_read_by("k1"))

    def words_read_by(self, reader: str) -> dict[str, list[str]]:
        """Which of the words stand on which addresses, of all that this reader can open."""
        if reader not in self.read:
            self.read[reader] = self._words_read_by(reader)
        return self.read[reader]

    def _words_read_by(self, reader: str) -> dict[str, list[str]]:
        lists = [
            (row.name, reverse(row.name) + row.query) for row in ROWS if row.verb == "GET" and row.of is None
        ]
        found: dict[str, list[str]] = {}
        for name, url in (
            *self.addresses(),
            *lists,
            ("search", f"{reverse('search')}?q=Aminah"),
            *self.messages(reader),
        ):
            if name in TABLES:
                continue
            text = self.ask(reader, url).seen.decode(errors="replace")
            for key in [key for key, words in WORDS.items() if words in text]:
                found.setdefault(key, []).append(name)
        return found

    def messages(self, reader: str) -> Iterator[tuple[str, str]]:
        """Every message, in the own inbox and in the mailbox of officers."""
        for pk in Message.objects.values_list("pk", flat=True):
            yield "notification", reverse("notification", args=[pk])
            yield "mailbox_message", reverse("mailbox_message", args=[pk])

    def test_each_reading_by_somebody_else_is_in_the_trail(self) -> None:
        for name, url in self.addresses():
            if name not in ("employee_profile", "assess_employee", "evidence_file"):
                continue
            for reader in ("sA", "k1"):
                with self.undone():
                    before = AuditLine.objects.count()
                    self.readers[reader].get(url)
                    assert AuditLine.objects.count() == before + 1, f"{name} as {reader}"
