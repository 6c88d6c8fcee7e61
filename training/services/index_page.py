"""The page "IP ASN (simulasi)": today's figure by dimension, and what each possible step would add."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from asnportal.people.models import Employee
from competency.models import IndexRule, OfficialIndex
from competency.queries.index import official_index, rule_on
from competency.services.index import (
    MAXIMUM,
    Component,
    Facts,
    Rules,
    Score,
    Step,
    category,
    score,
    steps,
    worst_grade,
)
from competency.services.index_facts import facts_of, rules_of
from training.models import Session

GROUPS = {"structural": "struktural", "functional": "fungsional", "staff": "pelaksana"}
NAMES = {
    "leadership": "Pelatihan kepemimpinan sesuai jenjang",
    "functional": "Pelatihan fungsional jabatan Anda",
    "technical": "Pelatihan teknis 20 JP setahun",
    "seminar": "Satu seminar, lokakarya, atau sejenisnya",
}
OFFERED = ("technical", "seminar")  # the others are for one post or level, which a session does not say
WHY = {
    "leadership": "Pelatihan kepemimpinan untuk jenjang jabatan Anda belum tercatat. Sekali cukup.",
    "functional": "Pelatihan fungsional untuk jabatan Anda belum tercatat. Sekali cukup.",
    "technical": "Yang dijumlahkan: JP diakui pelatihan teknis, bimtek, kursus, penataran, dan e-learning tahun ini.",
    "seminar": "Dua tahun terakhir belum ada yang diakui. Satu kali sudah memenuhi.",
}
PENALTIES = {  # by the heaviest grade of the look-back period
    "none": "tanpa hukuman {} tahun terakhir",
    "light": "hukuman ringan dalam {} tahun terakhir",
    "medium": "hukuman sedang dalam {} tahun terakhir",
    "heavy": "hukuman berat dalam {} tahun terakhir",
}
MISSING = {
    "education": (
        "Pendidikan terakhir belum tercatat, jadi kualifikasi 0.",
        "Sampaikan ijazah kepada admin unit.",
    ),
    "group": ("Jabatan belum tercatat, jadi kompetensi 0.", "Hubungi admin unit."),
    "predicate": (
        "Predikat kinerja belum diimpor, jadi kinerja 0.",
        "BKPSDM mengimpornya setelah penilaian SKP.",
    ),
}


@dataclass(frozen=True)
class Bar:
    """One of the four dimensions: points out of the most there are, and the fact behind them."""

    name: str
    points: Decimal
    most: int
    fact: str


@dataclass(frozen=True)
class StepRow:
    """``session`` is the nearest open one that makes the step; ``so_far`` the JP that count already."""

    step: Step
    name: str
    why: str
    so_far: Decimal
    session: Session | None


@dataclass(frozen=True)
class IndexPage:
    """``score`` is None for those whom the rule set leaves out."""

    employee: Employee
    on: date
    rule: IndexRule
    group: str
    score: Score | None
    bars: Sequence[Bar]
    rows: Sequence[StepRow]
    kept: Sequence[Component]
    reachable: Decimal
    reachable_category: str
    official: OfficialIndex | None

    @property
    def is_past(self) -> bool:
        """A year that is over: nothing can be added to it."""
        return self.on < timezone.localdate()

    @property
    def missing(self) -> list[tuple[str, str]]:
        return [MISSING[name] for name in self.score.missing] if self.score else []

    @property
    def categories(self) -> list[tuple[str, Decimal, bool]]:
        """Name, the least figure, and whether it is this person's."""
        mine = self.score.category if self.score else ""
        return [(name, Decimal(least), name == mine) for name, least in self.rule.tables["categories"]]


def index_page(employee: Employee, on: date) -> IndexPage | None:
    """As on a day (WITA); None while no rule set is in force. Sessions are offered for today only.

    Seven statements at most; bring the person with the position.
    """
    rule = rule_on(on)
    if rule is None:
        return None
    rules = rules_of(rule)
    facts = facts_of([employee], rule, on)[employee.pk]
    found = score(facts, rules, on)
    rows = _rows(facts, rules, on) if found else []
    reachable = (
        found.total + sum((one.step.gain for one in rows if one.step.name in NAMES), Decimal(0))
        if found
        else Decimal(0)
    )
    return IndexPage(
        employee=employee,
        on=on,
        rule=rule,
        group=GROUPS.get(facts.group, ""),
        score=found,
        bars=_bars(facts, found, rules, on) if found else [],
        rows=rows,
        kept=[one for one in found.components if one.is_done] if found else [],
        reachable=reachable,
        reachable_category=category(reachable, rules),
        official=official_index(employee, on),
    )


def _bars(facts: Facts, found: Score, rules: Rules, on: date) -> list[Bar]:
    done = [NAMES[one.name] for one in found.components if one.is_done]
    rated = f"{facts.predicate}, {facts.predicate_year}" if facts.predicate else "belum diimpor"
    grade, years = worst_grade(facts.penalties, rules, on), rules.tables["discipline_years"]
    return [
        Bar(
            "Kualifikasi", found.qualification, MAXIMUM["qualification"], facts.education or "belum tercatat"
        ),
        Bar(
            "Kompetensi",
            found.competence,
            MAXIMUM["competence"],
            "; ".join(done) or "belum ada yang dihitung",
        ),
        Bar("Kinerja", found.performance, MAXIMUM["performance"], rated),
        Bar("Disiplin", found.discipline, MAXIMUM["discipline"], PENALTIES[grade].format(years)),
    ]


def _rows(facts: Facts, rules: Rules, on: date) -> list[StepRow]:
    found = score(facts, rules, on)
    so_far = {one.name: one.jp for one in found.components} if found else {}
    is_open = on == timezone.localdate()
    wanted = [one for one in steps(facts, rules, on) if is_open or one.name in NAMES]
    codes = {code for name in OFFERED for code in rules.tables["forms"][name]}
    sessions = _nearest(codes) if wanted and is_open else {}
    return [
        StepRow(
            step,
            NAMES.get(step.name, f"Jenjang {step.name}"),
            WHY.get(step.name, "Perlu waktu, lewat tugas belajar."),
            so_far.get(step.name, Decimal(0)),
            _first(sessions, rules.tables["forms"][step.name]) if step.name in OFFERED else None,
        )
        for step in wanted
    ]


def _nearest(forms: set[str]) -> dict[str, Session]:
    """The nearest open session of each form of learning, by its code. One statement."""
    found: dict[str, Session] = {}
    if not forms:
        return found
    sessions = Session.objects.registration_open(timezone.now()).filter(
        programme__is_active=True, programme__form__code__in=forms
    )
    for session in sessions.select_related("programme__form").order_by("-start", "-pk"):
        found[session.programme.form.code] = session
    return found


def _first(sessions: dict[str, Session], forms: Sequence[str]) -> Session | None:
    found = [sessions[code] for code in forms if code in sessions]
    return min(found, key=lambda session: (session.start, session.pk), default=None)
