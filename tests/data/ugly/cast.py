"""The invented people of the ugly files. Units and positions are those of the demo city."""

from dataclasses import dataclass
from datetime import date

NAMES = (
    "Rahmawati Sulistia", "Bambang Hartawan", "Siti Noor Halimah", "Yohanes Lukas Tandi", "Dewi Anggraini",
    "Muhammad Ridhoni", "Ni Luh Sukmawati", "Agus Prasojo", "Nur'aini Basrah", "Hendrik Salombe",
    "Fitri Handayani", "Syahrul Gunawan Noor", "Maria Yuliana Batubara", "Arbain", "Lestari Kusumaningtyas",
    "Jamaluddin Tahir", "Winda Astuti", "Petrus Kanisius Laing", "Norhasanah", "Eko Wibisana",
    "Ratna Juwita", "Abdul Gafur Masri", "Chandra Kirana", "Ismail Marzuqi", "Yuliati Ningrum",
    "Rusdiansyah", "Tri Wahyuni", "Kornelius Ding", "Mardiana Saleh", "Wahyu Kuncoro",
)  # fmt: skip
UNITS = (
    ("11", "Dinas Kesehatan"),
    ("24", "Dinas Perhubungan"),
    ("25", "Dinas Komunikasi dan Informatika"),
    ("23", "Dinas Kependudukan dan Pencatatan Sipil"),
    ("22", "Dinas Lingkungan Hidup"),
    ("41", "Kecamatan Palaran"),
)
POSITIONS = (
    "Pengelola Keuangan",
    "Pengolah Data dan Informasi",
    "Penelaah Teknis Kebijakan",
    "Pengadministrasi Perkantoran",
    "Pengelola Kepegawaian",
)
PLACES = ("Samarinda", "Balikpapan", "Tenggarong", "Banjarmasin", "Makassar")
PNS_RANKS = ("II/c", "III/a", "III/b", "III/c", "III/d", "IV/a")
PPPK_RANKS = ("V", "VII", "IX")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """One invented employee; scene keeps the numbers of two files apart."""

    scene: int
    number: int
    kind: str = "PNS"
    code: str = "21"

    @property
    def name(self) -> str:
        return NAMES[(self.scene * 7 + self.number) % len(NAMES)]

    @property
    def sex(self) -> str:
        return "M" if (self.scene + self.number) % 2 else "F"

    @property
    def born(self) -> date:
        return date(
            1971 + (self.number * 3 + self.scene) % 25, 1 + self.number % 12, 1 + (self.number * 7) % 28
        )

    @property
    def start(self) -> date:
        return date(self.born.year + 25, 1 + (self.number * 5) % 12, 1)

    @property
    def nip(self) -> str:
        middle = self.code if self.kind.startswith("PPPK") else f"{self.start:%m}"
        sex = 1 if self.sex == "M" else 2
        return f"{self.born:%Y%m%d}{self.start.year}{middle}{sex}{self.scene * 30 + self.number + 100:03d}"

    @property
    def unit(self) -> tuple[str, str]:
        return UNITS[self.number % len(UNITS)]

    @property
    def rank(self) -> str:
        ranks = PPPK_RANKS if self.kind.startswith("PPPK") else PNS_RANKS
        return ranks[self.number % len(ranks)]

    @property
    def position(self) -> str:
        return POSITIONS[self.number % len(POSITIONS)]

    @property
    def place(self) -> str:
        return PLACES[self.number % len(PLACES)]

    def cell(self, key: str) -> object:
        """What a tidy file holds for this person."""
        kinds = {"PNS": "PNS", "CPNS": "CPNS", "PPPK": "PPPK", "PPPK_PW": "PPPK Paruh Waktu"}
        cells = {
            "no": str(self.number + 1),
            "nip": self.nip,
            "name": self.name,
            "sex": "L" if self.sex == "M" else "P",
            "birth_place": self.place,
            "birth_date": f"{self.born:%d-%m-%Y}",
            "birth": f"{self.place}, {words(self.born)}",
            "status": kinds[self.kind],
            "rank": self.rank,
            "rank_since": "01-04-2022",
            "position": self.position,
            "position_since": "02-01-2023",
            "unit": self.unit[1],
            "cpns_since": f"{self.start:%d-%m-%Y}",
            "education": "S-1 Administrasi Publik",
            "graduation_year": str(self.born.year + 23),
        }
        return cells.get(key, "")

    def values(self) -> dict[str, object]:
        """What the report tells of this person."""
        return {
            "name": self.name,
            "title_before": "",
            "title_after": "",
            "kind": self.kind,
            "sex": self.sex,
            "birth_date": self.born.isoformat(),
            "rank": self.rank,
            "position": self.position,
            "unit": self.unit[0],
        }


def words(day: date) -> str:
    """14 Mei 1987."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
