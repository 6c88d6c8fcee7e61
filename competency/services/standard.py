"""Standards of positions: a new version from a day on; versions that were used are never rewritten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.dates import format_date
from asnportal.common.errors import Refusal
from asnportal.common.upsert import Counts
from asnportal.people.models import Position, User
from competency.models import SINCE, Competency, Standard, StandardItem

Row = Mapping[str, str]
Levels = Mapping[int, tuple[int, str]]  # by competency id: level 1 to 5, importance


@transaction.atomic
def publish(
    position: Position, levels: Levels, *, since: date, by: User | None, legal_basis: str = ""
) -> Standard:
    """A new version from ``since`` (WITA) on; the one before ends the day before.

    Raises Refusal for a level outside 1 to 5, for no competency at all, and where a later or equal version exists.
    """
    check_levels(levels)
    last = Standard.objects.select_for_update().filter(position=position).order_by("-valid_from").first()
    if last and last.valid_from >= since:
        raise Refusal(
            f"Sudah ada versi yang berlaku sejak {format_date(last.valid_from)}. Pilih tanggal sesudahnya.",
            code="standard_date",
        )
    if last:
        last.valid_until = since - timedelta(days=1)
        last.save(update_fields=["valid_until"])
    made = Standard.objects.create(
        position=position, valid_from=since, legal_basis=legal_basis, created_by=by
    )
    StandardItem.objects.bulk_create(_items(made, levels))
    record("standard.publish", made, by=by, after=since.isoformat(), competencies=len(levels))
    return made


def check_levels(levels: Levels) -> None:
    """Raise Refusal unless there is something and every level is one of 1 to 5 (0 is only for what is held)."""
    if not levels:
        raise Refusal("Isi level untuk paling sedikit satu kompetensi.", code="standard_empty")
    if any(level not in range(1, 6) for level, _importance in levels.values()):
        raise Refusal("Level standar harus 1 sampai 5.", code="standard_level")


def _items(standard: Standard, levels: Levels) -> list[StandardItem]:
    return [
        StandardItem(standard=standard, competency_id=pk, level=level, importance=importance)
        for pk, (level, importance) in levels.items()
    ]


def load_standards(rows: Iterable[Row]) -> Counts:
    """standards.csv: the levels that positions ask. Positions and competencies must be loaded before.

    A position's first standard holds from SINCE; one that differs from what is in force becomes a new version from
    today (WITA), with what the file does not name. Raises Refusal with the line for a level outside 1 to 5.
    """
    today = timezone.localdate()
    positions = dict(Position.objects.values_list("code", "pk"))
    competencies = dict(Competency.objects.values_list("code", "pk"))
    wanted: dict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
    for line, row in enumerate(rows, start=2):
        level = int(row["level_wajib"])
        if level not in range(1, 6):
            raise Refusal(f"Baris {line}: level {level} tidak ada; level standar 1 sampai 5.", code="level")
        wanted[positions[row["kode_jabatan"]]][competencies[row["kode_kompetensi"]]] = (
            level,
            row["kategori"],
        )
    return _bring_in(wanted, today)


def _bring_in(wanted: Mapping[int, Levels], today: date) -> Counts:
    """Six statements at most for first versions; one version at a time where something changed."""
    last = _last_versions()
    kept = _levels_of([one.pk for one in last.values()])
    counts, first = Counts(), []
    for position_id, levels in wanted.items():
        version = last.get(position_id)
        if version is None:
            first.append(Standard(position_id=position_id, valid_from=SINCE))
            counts.created += len(levels)
            continue
        before = kept[version.pk]
        fresh = levels.keys() - before.keys()
        changed = [pk for pk in levels.keys() & before.keys() if levels[pk] != before[pk]]
        counts.created += len(fresh)
        counts.updated += len(changed)
        counts.unchanged += len(levels) - len(fresh) - len(changed)
        if fresh or changed:
            _next_version(version, {**before, **levels}, today)
    Standard.objects.bulk_create(first, batch_size=500)
    items = [item for one in first for item in _items(one, wanted[one.position_id])]
    StandardItem.objects.bulk_create(items, batch_size=500)
    return counts


def _next_version(version: Standard, levels: Levels, today: date) -> None:
    """What was not yet in force before today is changed in place; else a version from today on."""
    if version.valid_from >= today:
        version.items.all().delete()
        StandardItem.objects.bulk_create(_items(version, levels))
    else:
        publish(version.position, levels, since=today, by=None, legal_basis=version.legal_basis)


def _last_versions() -> dict[int, Standard]:
    return {one.position_id: one for one in Standard.objects.order_by("valid_from", "pk")}


def _levels_of(versions: Iterable[int]) -> dict[int, dict[int, tuple[int, str]]]:
    found: dict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
    rows = StandardItem.objects.filter(standard__in=list(versions))
    for standard, competency, level, importance in rows.values_list(
        "standard_id", "competency_id", "level", "importance"
    ):
        found[standard][competency] = (level, importance)
    return found


def standard_rows(on: date) -> list[dict[str, str]]:
    """standards.csv as it would be written for a day: what load_standards reads. One statement."""
    items = StandardItem.objects.filter(standard__in=Standard.objects.on(on))
    columns = ("standard__position__code", "competency__code", "level", "importance")
    return [
        {"kode_jabatan": post, "kode_kompetensi": code, "level_wajib": str(level), "kategori": importance}
        for post, code, level, importance in items.order_by(*columns[:2]).values_list(*columns)
    ]
