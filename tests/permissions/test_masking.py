"""Whose eyes see a NIP: walked over every address a role may read (TRUST T02, T47)."""

import io
import re

import openpyxl
from django.http import HttpResponse

from asnportal.people.models import Employee
from tests.permissions.matrix import Row
from tests.permissions.rows import ROWS
from tests.permissions.world import WorldCase

NUMBER = re.compile(r"\d{8}[\s.\-]?\d{6}[\s.\-]?\d[\s.\-]?\d{3}")
FILES = {"participants_file", "employee_export"}  # what is downloaded by POST or GET
# A certificate as issued prints what it prints; the auditor compares it with the register.
AS_ISSUED = {"certificate_pdf", "certificate_image"}


def readable_by(role: str) -> list[Row]:
    return [
        row
        for row in ROWS
        if row.expected()[role][0] == "A"
        and (row.verb == "GET" or row.name in FILES)
        and row.name not in AS_ISSUED
    ]


def words_of(answer: HttpResponse) -> str:
    """The text of a page, or of every cell of a workbook."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "spreadsheet" not in answer.headers.get("Content-Type", ""):
        return body.decode(errors="replace")
    book = openpyxl.load_workbook(io.BytesIO(body))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def numbers_in(text: str) -> set[str]:
    found = {re.sub(r"\D", "", number) for number in NUMBER.findall(text)}
    return found & set(Employee.objects.values_list("nip", flat=True))


class TestMasking(WorldCase):
    def read(self, role: str, row: Row) -> str:
        client, url = self.world.client(role), row.urls(self.world, role)[0]
        return words_of(client.post(url, row.body(self.world)) if row.verb == "POST" else client.get(url))

    def numbers_shown_to(self, role: str) -> dict[str, set[str]]:
        """Address → the real NIPs in its answer."""
        shown = {}
        for row in readable_by(role):
            with self.world.undone():
                if numbers := numbers_in(self.read(role, row)):
                    shown[str(row)] = numbers
        return shown

    def test_T47_the_auditor_reads_no_whole_number_on_any_page_or_file(self) -> None:
        assert self.numbers_shown_to("AUD") == {}

    def test_T02_a_partner_reads_no_number_on_any_page_or_file(self) -> None:
        assert self.numbers_shown_to("PTN") == {}

    def test_pimpinan_reads_no_number_and_no_name_of_anybody(self) -> None:
        assert self.numbers_shown_to("PIM") == {}
        names = set(Employee.objects.values_list("name", flat=True))
        for row in readable_by("PIM"):
            if row.expected()["PUB"][0] == "A":  # what everybody reads: a certificate's name by its token
                continue
            with self.world.undone():
                text = self.read("PIM", row)
            assert {name for name in names if name in text} == set(), str(row)

    def test_nobody_but_officers_reads_a_number_that_is_not_his_or_his_teams(self) -> None:
        team = {self.world.sA.nip, self.world.a1.nip, self.world.a2.nip}
        for role, allowed in (("ASN", {self.world.a1.nip}), ("SPV", team), ("OPD", team)):
            for address, numbers in self.numbers_shown_to(role).items():
                if address != "import_result GET":  # the officer's own file comes back as it was sent
                    assert numbers <= allowed, f"{role}: {address}"

    def test_the_walk_finds_the_numbers_that_bkpsdm_reads(self) -> None:
        """The test of the test: the same walk, by somebody who sees whole numbers."""
        shown = self.numbers_shown_to("BKP")
        assert {"employee_list GET", "employee_detail GET", "employee_export POST"} <= set(shown)
