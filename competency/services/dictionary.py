"""The dictionary of competencies and the standards of positions, from the csv layout of the city."""

from collections.abc import Iterable, Mapping

from asnportal.common.errors import Refusal
from asnportal.common.upsert import Counts, upsert
from asnportal.people.models import Position
from competency.models import Competency, CompetencyLevel, LearningForm, Standard

Row = Mapping[str, str]
FAMILIES = {
    "Manajerial": Competency.Family.MANAGERIAL,
    "Sosial Kultural": Competency.Family.SOCIOCULTURAL,
    "Teknis": Competency.Family.TECHNICAL,
}


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
    ids = dict(Competency.objects.values_list("code", "pk"))
    kept = {(line.competency_id, line.level): line for line in CompetencyLevel.objects.all()}
    fresh, changed, counts = [], [], Counts()
    for row in rows:
        for level in range(1, 6):
            line, text = kept.get((ids[row["kode"]], level)), row[f"level_{level}"]
            if line is None:
                fresh.append(CompetencyLevel(competency_id=ids[row["kode"]], level=level, description=text))
            elif line.description != text:
                line.description = text
                changed.append(line)
            else:
                counts.unchanged += 1
    CompetencyLevel.objects.bulk_create(fresh)
    CompetencyLevel.objects.bulk_update(changed, ["description"])
    counts.created, counts.updated = len(fresh), len(changed)
    return counts


def load_standards(rows: Iterable[Row]) -> Counts:
    """standards.csv: the level that a position asks. Positions and competencies must be loaded before."""
    positions = dict(Position.objects.values_list("code", "pk"))
    competencies = dict(Competency.objects.values_list("code", "pk"))
    kept = {(line.position_id, line.competency_id): line for line in Standard.objects.all()}
    fresh, changed, counts = [], [], Counts()
    for row in rows:
        key = (positions[row["kode_jabatan"]], competencies[row["kode_kompetensi"]])
        level, importance = int(row["level_wajib"]), row["kategori"]
        line = kept.get(key)
        if line is None:
            fresh.append(
                Standard(position_id=key[0], competency_id=key[1], level=level, importance=importance)
            )
        elif (line.level, line.importance) != (level, importance):
            line.level, line.importance = level, importance
            changed.append(line)
        else:
            counts.unchanged += 1
    Standard.objects.bulk_create(fresh, batch_size=500)
    Standard.objects.bulk_update(changed, ["level", "importance"], batch_size=500)
    counts.created, counts.updated = len(fresh), len(changed)
    return counts


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
