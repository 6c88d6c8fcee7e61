"""Units, positions and ranks from the csv layout that the city exchanges."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from asnportal.common.rank import PNS_RANKS, PPPK_RANKS
from asnportal.common.upsert import Counts, upsert
from asnportal.people.models import Position, Rank, Unit

Row = Mapping[str, str]
POSITION_KINDS = {
    "Struktural": Position.Kind.STRUCTURAL,
    "Fungsional": Position.Kind.FUNCTIONAL,
    "Pelaksana": Position.Kind.STAFF,
}


def load_ranks() -> Counts:
    """The golongan of PNS (with pangkat) and PPPK (without); two scales that are never compared (DOMAIN 2.4)."""
    return upsert(Rank, "code", (asdict(rank) for rank in (*PNS_RANKS, *PPPK_RANKS)))


def load_units(rows: Iterable[Row]) -> Counts:
    """units.csv: parents first, whatever the order of the file. Raises KeyError for an unknown parent."""
    counts = Counts()
    known: dict[str, Unit] = {unit.code: unit for unit in Unit.objects.all()}
    for row in sorted(rows, key=lambda row: int(row["level"])):
        step = upsert_unit(row, known)
        counts.created += step == "created"
        counts.updated += step == "updated"
        counts.unchanged += step == "unchanged"
    return counts


def upsert_unit(row: Row, known: dict[str, Unit]) -> str:
    parent = known[row["induk"]] if row["induk"] else None
    values = {
        "name": row["nama"],
        "short_name": row["singkatan"],
        "kind": row["jenis"],
        "parent_id": parent.pk if parent else None,
        "level": int(row["level"]),
        "area_code": row["kode_wilayah"],
        "district": row["kecamatan"],
        "aliases": [alias for alias in row["alias"].split("|") if alias],
        "is_active": row["aktif"] == "ya",
    }
    unit = known.get(row["kode"])
    outcome = "unchanged" if unit else "created"
    unit = unit or Unit(code=row["kode"])
    changed = [name for name, value in values.items() if getattr(unit, name) != value]
    if not changed and unit.pk:
        return outcome
    for name, value in values.items():
        setattr(unit, name, value)
    unit.parent = parent
    unit.save()
    known[unit.code] = unit
    return "updated" if outcome == "unchanged" else outcome


def load_positions(rows: Iterable[Row]) -> Counts:
    """positions.csv by code."""
    return upsert(
        Position,
        "code",
        (
            {
                "code": row["kode"],
                "name": row["nama"],
                "kind": POSITION_KINDS[row["jenis"]],
                "level": row["jenjang"],
                "echelon": row["eselon"],
                "job_class": int(row["kelas_jabatan"]) if row["kelas_jabatan"] else None,
                "family": row["rumpun"],
                "min_education": row["pendidikan_minimal"],
                "min_rank": row["golongan_minimal"],
                "unit_group": row["kelompok_unit"],
            }
            for row in rows
        ),
    )
