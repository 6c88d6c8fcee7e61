"""Posts that fit the unit, degrees and ranks that fit the post: nobody in the demo city drives a bus as a nurse."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from asnportal.people.models import Employee, Position, Unit

HEALTH = "kesehatan"
EVERYWHERE = "umum"
HEALTH_OFFICE = "11"
HIGH = ("Madya", "Utama")  # too few in the real city to be drawn at random
DEGREES = {
    "Kesehatan": ("S.K.M.", "S.Kep.", "S.Gz."),
    "Teknologi Informasi": ("S.Kom.", "S.Kom.", "S.T."),
    "Teknik": ("S.T.",),
    "Hukum": ("S.H.", "S.H., M.H."),
    "Keuangan": ("S.E.", "S.Ak.", "S.E., M.M."),
    "Pendidikan": ("S.Pd.", "S.Pd., M.Pd."),
    "Pangan": ("S.P.", "S.Pt."),
    "Lingkungan": ("S.T.", "S.Si."),
    "Komunikasi": ("S.I.Kom.", "S.Sos."),
    "Perhubungan": ("S.Tr.Tra.", "S.T."),
}
ANY_DEGREE = ("S.E.", "S.Sos.", "S.IP.", "S.H.", "S.IP., M.Si.", "S.E., M.M.", "S.Psi.")
NAMED_DEGREES = {"Dokter": "dr.", "Dokter Gigi": "drg.", "Apoteker": "apt."}
LADDER = ("I/c", "I/d", "II/a", "II/b", "II/c", "II/d", "III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b")
PPPK_RANKS = {"SMA": "V", "D-III": "VII", "S-1": "IX", "S-2": "X"}


class Posts:
    """The posts that are no heads', by the kind of unit they belong to."""

    def __init__(self) -> None:
        self.groups: dict[str, list[Position]] = defaultdict(list)
        for post in Position.objects.exclude(kind=Position.Kind.STRUCTURAL).order_by("code"):
            if not post.name.endswith(HIGH) and post.name != "Kepala Sekolah":
                self.groups[post.unit_group].append(post)

    def draw(self, unit: Unit, chance: random.Random) -> Position:
        """Half of a unit's people do what only their agency does, if there is such a thing."""
        top = unit.code.partition(".")[0]
        own = self.groups.get(HEALTH if top == HEALTH_OFFICE else top, [])
        common = self.groups[EVERYWHERE] or [post for group in self.groups.values() for post in group]
        return chance.choice(own if own and chance.random() < 0.5 else common)


def set_career(one: Employee, chance: random.Random, *, leads: bool, today: date) -> None:
    """Degree, rank and contract that fit the post and the kind of employment."""
    post = one.position
    assert post is not None
    one.title_before, one.title_after = degrees(post, chance)
    one.education = schooling(post, one.title_after)
    if one.is_pppk:
        one.rank_id = PPPK_RANKS.get(post.min_education, "VII")
        one.contract_start = date(today.year, 3, 1)
        one.contract_end = date(today.year + 1, 2, 28)
    else:
        one.rank_id = chance.choice(("III/d", "IV/a", "IV/b") if leads else ranks(post))


def degrees(post: Position, chance: random.Random) -> tuple[str, str]:
    """What stands before and after the name."""
    before = NAMED_DEGREES.get(post.name.partition(" Ahli")[0], "")
    if before:
        return before, "S.Farm." if before == "apt." else ""
    if post.min_education == "SMA":
        return "", ""
    if post.min_education == "D-III":
        return "", "A.Md.Kes." if post.family == "Kesehatan" else "A.Md."
    return "", chance.choice(DEGREES.get(post.family, ANY_DEGREE))


def schooling(post: Position, title_after: str) -> str:
    """The level of education as the staff data says it; a master's degree shows in the name."""
    if any(degree in title_after for degree in ("M.", "Mag.")):
        return "S-2"
    return post.min_education if post.min_education in ("SMA", "D-III", "S-1", "S-2") else "S-1"


def ranks(post: Position) -> Sequence[str]:
    """The lowest rank of the post and the next two."""
    first = LADDER.index(post.min_rank) if post.min_rank in LADDER else LADDER.index("III/a")
    return LADDER[first : first + 3]
