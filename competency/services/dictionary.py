"""The dictionary of competencies, from the csv layout of the city; and the spellings of forms of learning."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import Refusal
from asnportal.common.upsert import Counts, upsert
from asnportal.people.models import User
from competency.models import SINCE, Competency, CompetencyLevel, LearningForm

Row = Mapping[str, str]
FAMILIES = {
    "Manajerial": Competency.Family.MANAGERIAL,
    "Sosial Kultural": Competency.Family.SOCIOCULTURAL,
    "Teknis": Competency.Family.TECHNICAL,
}
FAMILY_WORDS = {family: words for words, family in FAMILIES.items()}


def load_competencies(rows: Iterable[Row]) -> Counts:
    """competencies.csv with the five level descriptions beside each."""
    rows = list(rows)
    counts = upsert(
        Competency,
        "code",
        (
            {
                "code": row["kode"],
                "name": row["nama"],
                "family": FAMILIES[row["jenis"]],
                "definition": row["definisi"],
            }
            for row in rows
        ),
    )
    load_levels(rows)
    return counts


def load_levels(rows: Iterable[Row]) -> Counts:
    """The descriptions in force; a changed one holds from today (WITA), the old one until yesterday."""
    today = timezone.localdate()
    ids = dict(Competency.objects.values_list("code", "pk"))
    kept = {
        (line.competency_id, line.level): line for line in CompetencyLevel.objects.filter(valid_until=None)
    }
    fresh, changed, counts = [], [], Counts()
    for row in rows:
        for level in range(1, 6):
            line, text = kept.get((ids[row["kode"]], level)), row[f"level_{level}"]
            if line is not None and line.description == text:
                counts.unchanged += 1
                continue
            since = _since(line, today)
            if line is not None and line.valid_from == since:
                line.description = text
                changed.append(line)
                continue
            if line is not None:
                line.valid_until = since - timedelta(days=1)
                changed.append(line)
            fresh.append(_level(ids[row["kode"]], level, text, since))
    CompetencyLevel.objects.bulk_create(fresh)
    CompetencyLevel.objects.bulk_update(changed, ["description", "valid_until"])
    counts.created, counts.updated = len(fresh), len(changed)
    return counts


def _since(line: CompetencyLevel | None, today: date) -> date:
    return max(today, line.valid_from) if line else SINCE


def _level(competency_id: int, level: int, text: str, since: date) -> CompetencyLevel:
    return CompetencyLevel(competency_id=competency_id, level=level, description=text, valid_from=since)


@transaction.atomic
def rewrite(competency: Competency, words: Mapping[str, str], *, by: User) -> Counts:
    """Name, definition and descriptions of one competency; changed descriptions hold from today (WITA) on."""
    row = {
        "kode": competency.code,
        "nama": words["name"],
        "jenis": FAMILY_WORDS[Competency.Family(competency.family)],
        "definisi": words["definition"],
        **{f"level_{level}": words[f"level_{level}"] for level in range(1, 6)},
    }
    load_competencies([row])
    record("dictionary.rewrite", competency, by=by, after=words["name"])
    return Counts(updated=1)


def told(counts: object) -> str:
    """What a load did, as a sentence."""
    if not isinstance(counts, Counts):
        return "Tidak ada yang berubah."
    skipped = f", {counts.skipped} dilewati karena pegawainya belum ada" if counts.skipped else ""
    return f"{counts.created} baru, {counts.updated} berubah, {counts.unchanged} tetap{skipped}."


def competency_rows() -> list[dict[str, str]]:
    """competencies.csv as it would be written now: what load_competencies reads. Two statements."""
    texts = {
        (line.competency_id, line.level): line.description
        for line in CompetencyLevel.objects.filter(valid_until=None)
    }
    return [
        {
            "kode": one.code,
            "nama": one.name,
            "jenis": FAMILY_WORDS[Competency.Family(one.family)],
            "definisi": one.definition,
            **{f"level_{level}": texts.get((one.pk, level), "") for level in range(1, 6)},
        }
        for one in Competency.objects.order_by("code")
    ]


def form_names() -> dict[str, LearningForm]:
    """Every spelling of every form of learning, in small letters."""
    found = {}
    for form in LearningForm.objects.all():
        for name in (form.name, form.code, *form.aliases):
            found[name.casefold()] = form
    return found


def form_named(name: str, names: dict[str, LearningForm]) -> LearningForm:
    """The form of learning of this name. Raises Refusal when nothing is called so."""
    try:
        return names[name.strip().casefold()]
    except KeyError:
        raise Refusal(f"Bentuk pembelajaran “{name}” tidak dikenal.", code="unknown_form") from None
