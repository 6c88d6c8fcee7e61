"""Why a training is advised: at most three reasons, each a fact that can be looked up in the portal.

``ORDER`` says which facts are tried and in which order; the first three that are true are shown, fewer where fewer are
true. Pure functions, no database.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from asnportal.common.dates import format_short_date
from asnportal.people.models import Unit
from competency.queries.ledger import SMALLEST_GROUP, ZERO
from competency.queries.profile import Line
from competency.queries.standard import Requirement
from competency.services.jp import figure
from training.models import Mode, Session
from training.queries.seat import SeatCounts

MOST = 3
ONLINE = (Mode.ONLINE_LIVE, Mode.ONLINE_SELF)


@dataclass(frozen=True)
class Reason:
    """``kind`` names the fact, ``competency_id`` the competency to which the words lead."""

    kind: str
    words: str
    competency_id: int | None = None


@dataclass(frozen=True)
class Merit:
    """What is known about one session for one person. Whatever is unknown says nothing: None, 0 or "".

    ``jp`` is the JP diakui of the session where it ends in the present period, ``left`` what is missing to the floor
    (PNS) or to the ceiling (PPPK, ``is_ceiling``). ``index`` is the simulation of IP ASN before and after.
    """

    session: Session
    unit: Unit
    seats: SeatCounts
    line: Line | None = None
    leads_to: int = 0
    requirement: Requirement | None = None
    planned: str = ""
    colleagues: int = 0
    jp: Decimal = ZERO
    left: Decimal = ZERO
    is_ceiling: bool = False
    index: tuple[Decimal, Decimal] | None = None

    @property
    def closes(self) -> int:
        """Levels of the gap that it covers, never more than are missing."""
        if self.line is None or not self.line.is_short:
            return 0
        return max(0, min(self.leads_to, self.line.required or 0) - (self.line.held or 0))

    @property
    def is_personal(self) -> bool:
        """Whether anything but seats and place speaks for it."""
        known = self.planned or self.useful_jp or self.gain or self.colleagues >= SMALLEST_GROUP
        return self.line is not None or bool(known)

    @property
    def useful_jp(self) -> Decimal:
        """JP that count towards what is missing."""
        return min(self.jp, self.left)

    @property
    def gain(self) -> Decimal:
        return self.index[1] - self.index[0] if self.index else ZERO


def closes_gap(merit: Merit) -> str:
    line = merit.line
    if line is None or not merit.closes:
        return ""
    reached = (line.held or 0) + merit.closes
    if reached == line.required:
        return f"Menutup kesenjangan {line.competency.name}, level {line.held} ke {reached}"
    return (
        f"Mengurangi kesenjangan {line.competency.name}, level {line.held} ke {reached} dari {line.required}"
    )


def in_the_plan(merit: Merit) -> str:
    return f"Sesuai butir rencana Anda: {merit.planned}" if merit.planned else ""


def adds_jp(merit: Merit) -> str:
    if not merit.useful_jp:
        return ""
    jp, left = figure(merit.jp), figure(merit.left)
    if merit.is_ceiling:
        return f"Menambah {figure(merit.useful_jp)} JP diakui dalam tahun kontrak Anda"
    if merit.jp >= merit.left:
        return f"Melengkapi {left} JP yang masih kurang tahun ini"
    return f"Menambah {jp} JP dari {left} JP yang masih kurang tahun ini"


def lifts_index(merit: Merit) -> str:
    if not merit.index or not merit.gain:
        return ""
    before, after = merit.index
    return f"IP ASN (simulasi) {figure(before)} menjadi {figure(after)}"


def asked_by_the_post(merit: Merit) -> str:
    line, asked = merit.line, merit.requirement
    if line is None or asked is None or asked.since is None or line.required is None:
        return ""
    since = format_short_date(asked.since)
    name = "" if merit.closes else f"{line.competency.name} "
    if asked.is_usual:
        words = f"{name}diminta dari kelompok jabatan Anda sejak {since}"
    elif line.importance:
        words = f"{name}{line.importance.lower()} menurut standar jabatan Anda, berlaku sejak {since}"
    else:
        words = f"{name}diwajibkan standar jabatan Anda, berlaku sejak {since}"
    return f"{words[0].upper()}{words[1:]}"


def colleagues_finished(merit: Merit) -> str:
    """Never fewer than five people."""
    if merit.colleagues < SMALLEST_GROUP:
        return ""
    return f"{merit.colleagues} rekan di perangkat daerah Anda sudah menyelesaikannya"


def is_near(merit: Merit) -> str:
    """The place as the session writes it names the person's unit or district."""
    if merit.session.mode in ONLINE:
        return "Daring, dapat diikuti dari tempat Anda"
    if merit.session.mode == Mode.AT_WORK:
        return "Berlangsung di tempat kerja Anda"
    place, unit = merit.session.place, merit.unit
    if _names(place, unit.name) or _names(place, unit.short_name):
        return f"Di unit Anda: {place}"
    return f"Di kecamatan Anda: {place}" if _names(place, unit.district) else ""


def _names(place: str, name: str) -> bool:
    return bool(name) and re.search(rf"\b{re.escape(name)}\b", place, re.IGNORECASE) is not None


def has_seats(merit: Merit) -> str:
    seats = merit.seats
    return f"Kursi masih {seats.free} dari {seats.quota}" if seats.free else ""


ORDER: Sequence[tuple[str, Callable[[Merit], str]]] = (
    ("gap", closes_gap),
    ("plan", in_the_plan),
    ("jp", adds_jp),
    ("index", lifts_index),
    ("post", asked_by_the_post),
    ("colleagues", colleagues_finished),
    ("near", is_near),
    ("seats", has_seats),
)


def reasons_of(merit: Merit) -> tuple[Reason, ...]:
    """The first three of ORDER that are true."""
    pk = merit.line.competency.pk if merit.line else None
    leads = "gap" if merit.closes else "post"
    found = ((kind, words(merit)) for kind, words in ORDER)
    true = [Reason(kind, said, pk if kind == leads else None) for kind, said in found if said]
    return tuple(true[:MOST])
