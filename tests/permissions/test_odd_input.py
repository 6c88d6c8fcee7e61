"""Every address with a query that no page of ours writes: a page, a sentence or "not found", never a 500."""

import re

from django.utils.http import urlencode

from tests.permissions.matrix import Arguments, Row, ask
from tests.permissions.rows import ROWS
from tests.permissions.test_matrix import executed, one_test_per
from tests.permissions.world import World, WorldCase

READING = [row for row in ROWS if row.verb == "GET"]

# What pages read from their address, filters of all lists together.
CHOICES = (
    "unit",
    "peran",
    "keadaan",
    "bentuk",
    "cara",
    "penyelenggara",
    "topik",
    "kompetensi",
    "jenis",
    "tab",
    "di",
)
NUMBERS = ("tahun", "bulan", "jp", "pertemuan", "level")
ODD = [
    {
        "page": "999999999",
        "q": "a" * 5000,
        "urut": "password",
        "tanggal": "31-02-2026",
        **dict.fromkeys(CHOICES, "99999999999999999999"),
        **dict.fromkeys(NUMBERS, "99999999999999999999"),
    },
    {
        "page": "-1",
        "q": "a\x00b",
        "urut": "-user__password",
        "tanggal": "0026-01-01",
        **dict.fromkeys(CHOICES, "' OR 1=1"),
        **dict.fromkeys(NUMBERS, "-1"),
    },
    {
        "page": "abc",
        "q": "%'\u202e١",
        "urut": "\ud800".encode("utf-8", "surrogatepass"),
        "tanggal": "9999-12-31",
        **{name: ["1", "2"] for name in CHOICES},
        **dict.fromkeys(NUMBERS, "abc"),
    },
    {"page": "0", "q": ["a"] * 300, "topik": ["a"] * 300, "kompetensi": ["1"] * 300, "unit": ""},
]


@executed
class TestOddAddresses(WorldCase):
    @one_test_per(READING)
    def B45_B46_B47_B48_T54_nothing_in_an_address_breaks_it(self, row: Row) -> None:
        role = next((role for role, cell in row.expected().items() if cell[0] == "A"), "PUB")
        for query in ODD:
            with self.world.undone():
                url = row.urls(self.world, role)[0].partition("?")[0]
                answer = ask(
                    self.world.client(role), row, f"{url}?{urlencode(query, doseq=True)}", self.world
                )
            assert answer.status_code < 500 or answer.status_code in row.also, f"{url} with {query}"


WRITING = [row for row in ROWS if row.verb == "POST"]
TYPED = ["", "a\x00b", "99999999999999999999", "-1", "31/02/2026", "\u202e١٩٨٥", "a" * 20_000, "' OR 1=1"]
LATER_LINE = re.compile(r"-[1-9]\d*-")  # of a set of equal forms the first is tried
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"")


@executed
class TestOddForms(WorldCase):
    def role(self, row: Row) -> str:
        return next(role for role, cell in row.expected().items() if cell[0] == "A")

    @staticmethod
    def fields_for(world: World, row: Row, role: str) -> dict[str, str]:
        """What the row sends, and every field of the page with that form."""
        with world.undone():
            page = world.client(role).get(row.urls(world, role)[0])
            body = row.body(world)
        shown = FIELD.findall(page.text) if page.status_code == 200 and not page.streaming else []
        shown = [name for name in shown if not LATER_LINE.search(name)]
        return dict.fromkeys(sorted({*shown} - {"csrfmiddlewaretoken", "q"}), "1") | body

    def send(self, row: Row, body: Arguments) -> None:
        with self.world.undone():
            url = row.urls(self.world, self.role(row))[0]
            answer = self.world.client(self.role(row)).post(url, body)
            for _part in answer.streaming_content if answer.streaming else ():
                pass
        assert answer.status_code < 500, f"{url} with {str(body)[:300]}"

    @one_test_per(WRITING)
    def B11_B22_B25_B29_B39_T54_nothing_typed_breaks_a_form(self, row: Row) -> None:
        fields = self.fields_for(self.world, row, self.role(row))
        for typed in TYPED:
            self.send(row, dict.fromkeys(fields, typed))
        for number, name in enumerate(fields):
            self.send(row, fields | {name: TYPED[1 + number % 3]})


@executed
class TestForeignNames(WorldCase):
    """Keys and numbers of people out of scope in every field: no answer tells a name (T51, T29)."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        for number, one in enumerate((cls.world.b1, cls.world.sB)):
            one.name = f"Rahasia {'XY'[number]}"  # no file that a row sends holds these names
            one.save()

    def everybody_out_of_scope(self) -> tuple[list[str], list[str]]:
        """What can be sent of b1 and the boss sB, and their names."""
        people = (self.world.b1, self.world.sB)
        keys = [
            str(key) for one in people for key in (one.nip, one.pk, one.public_id, one.user_id, one.unit_id)
        ]
        return keys, [one.name for one in people]

    @one_test_per(WRITING)
    def T51_T29_a_key_of_somebody_else_tells_no_name(self, row: Row) -> None:
        keys, names = self.everybody_out_of_scope()
        for role in ("ASN", "SPV", "OPD", "PTN"):
            if row.expected()[role][0] != "A":
                continue
            fields = TestOddForms.fields_for(self.world, row, role)
            for key in keys:
                with self.world.undone():
                    url = row.urls(self.world, role)[0]
                    client = self.world.client(role)
                    answer = client.post(url, dict.fromkeys(fields, key), follow=True)
                    shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert [name for name in names if name in shown.decode(errors="replace")] == [], (
                    f"{role} {url}"
                )
