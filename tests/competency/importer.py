"""An officer at the import pages, step by step, without JavaScript."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from asnportal.audit.models import Job
from asnportal.common.workbook import XLSX
from asnportal.people.services import intake_job as people
from competency.services import intake_job
from tests.data.tables import csv_bytes
from tests.factories import make_nip
from tests.pages import Browser

HEADINGS = "NIP;Nama;Unit Kerja"


def apart(number: int) -> str:
    """A NIP that no factory gives by itself."""
    return make_nip(number, born=date(1979, 1, 1))


class Importer(Browser):
    """``upload`` and ``check`` go on from the first page; the rest is pressing what stands there."""

    def upload(self, content: bytes, name: str = "pegawai.csv", **choice: Any) -> "Importer":
        self.open(reverse("import_new"))
        self.press("Lanjut", berkas=SimpleUploadedFile(name, content), **choice)
        return self

    def check(
        self, *rows: str, headings: str = HEADINGS, name: str = "pegawai.csv", **choice: Any
    ) -> "Importer":
        """Upload the rows and accept the columns as they were recognised."""
        self.upload(csv_bytes(headings, *rows), name, **choice)
        self.press("Periksa berkas")
        return self

    @property
    def job(self) -> Job:
        """The import of the page that is open."""
        return Job.objects.get(public_id=self.path.split("/")[3])

    def work(self) -> "Importer":
        """A worker does what waits; then the page is looked at again."""
        with TestCase.captureOnCommitCallbacks(execute=True):
            people.run_waiting()
            intake_job.run_waiting()
        self.open(reverse("import_job", args=[self.job.public_id]))
        return self

    def result(self) -> dict[str, list[Sequence[Any]]]:
        """The rows of each sheet of the result workbook, headings first."""
        answer = self.client.get(reverse("import_result", args=[self.job.public_id]))
        assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
        return sheets(b"".join(answer.streaming_content))

    def statements(self, name: str) -> int:
        """How many statements this page of the import takes on the second visit."""
        job = self.job
        address = reverse(name, args=[] if name == "import_list" else [job.public_id])
        self.client.get(address)
        with CaptureQueriesContext(connection) as captured:
            answer = self.client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return len(captured)

    def choice(self, words: str) -> dict[str, str]:
        """The field and value of the radio button or checkbox with these words."""
        html = self.answer.content.decode()
        label = next(
            part for part in html.split("<label")[1:] if f"<b>{words}" in part.partition("</label>")[0]
        )
        control = label.partition("<input")[2].partition(">")[0]
        return {
            control.partition('name="')[2].partition('"')[0]: control.partition('value="')[2].partition('"')[
                0
            ]
        }

    def names(self, start: str) -> set[str]:
        """The names of the controls that begin so."""
        html = self.answer.content.decode()
        return {part.partition('"')[0] for part in html.split('name="') if part.startswith(start)}


def sheets(content: bytes) -> dict[str, list[Sequence[Any]]]:
    book = load_workbook(io.BytesIO(content))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}
