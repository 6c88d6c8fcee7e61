"""Programmes, providers and sessions from the csv layout of the city."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.text import slugify

from asnportal.common.upsert import Counts, upsert
from asnportal.people.models import Employee, Holiday, Position
from competency.models import Competency
from competency.services.dictionary import form_named, form_names
from training.models import (
    Meeting,
    Mode,
    Programme,
    ProgrammeCompetency,
    Provider,
    Session,
    SessionStatus,
    Topic,
)
from training.services.schedule import WITA

Row = Mapping[str, str]
MODES = {
    "Tatap muka": Mode.IN_PERSON,
    "Daring langsung": Mode.ONLINE_LIVE,
    "Daring mandiri": Mode.ONLINE_SELF,
    "Bauran": Mode.BLENDED,
    "Di tempat kerja": Mode.AT_WORK,
}
STATUSES = {
    "Direncanakan": SessionStatus.DRAFT,
    "Pendaftaran dibuka": SessionStatus.PUBLISHED,
    "Berjalan": SessionStatus.PUBLISHED,
    "Selesai": SessionStatus.FINISHED,
    "Dibatalkan": SessionStatus.CANCELLED,
}
DIGITAL_WORDS = ("digital", "data", "informasi", "teknologi", "siber", "statistik")
KINDS = {"PNS": [Employee.Kind.PNS], "CPNS": [Employee.Kind.CPNS]} | {
    "PPPK": [Employee.Kind.PPPK, Employee.Kind.PPPK_PW]
}

GROUP_WORDS = {
    Position.Group.JPT: "jpt pratama",
    Position.Group.ADMINISTRATOR: "administrator",
    Position.Group.PENGAWAS: "pengawas",
}


def load_providers(names: Iterable[str]) -> Counts:
    """Providers that the catalogue names and that are no partner; the code is made from the name."""
    kept = dict(Provider.objects.values_list("name", "code"))
    rows = [
        {"code": kept.get(name) or slugify(name)[:20].upper(), "name": name} for name in dict.fromkeys(names)
    ]
    return upsert(Provider, "code", rows)


def family_of(row: Row) -> str:
    """The colour family (rumpun) of a programme, by its competencies and its topic."""
    if any(word in f"{row['topik']} {row['nama']}".casefold() for word in DIGITAL_WORDS):
        return Programme.Family.DIGITAL
    first = row["kompetensi"][:2]
    if first == "M." or row["jenis"] in ("Struktural", "Manajerial"):
        return Programme.Family.MANAGERIAL
    return Programme.Family.SOCIOCULTURAL if first == "S." else Programme.Family.TECHNICAL


def groups_of(row: Row) -> list[str]:
    """Leadership training is for the posts it names; for all others ``sasaran`` is advice, kept in words."""
    if row["jenis"] != "Struktural":
        return []
    named = {word.casefold() for word in row["sasaran"].split(";")}
    return [group for group, word in GROUP_WORDS.items() if word in named]


def load_programmes(rows: Iterable[Row]) -> Counts:
    """training_catalogue.csv by code; a usual quota of 0 means none given."""
    rows = list(rows)
    load_providers(row["penyelenggara"] for row in rows)
    names, providers = form_names(), {p.name: p for p in Provider.objects.all()}
    slugs = dict(Programme.objects.values_list("code", "slug"))
    values: list[dict[str, Any]] = [
        {
            "code": row["kode"],
            "slug": slugs.get(row["kode"]) or f"{slugify(row['nama'])[:100]}-{row['kode'].lower()}",
            "title": row["nama"],
            "form": form_named(row["bentuk"], names),
            "family": family_of(row),
            "kind": row["jenis"],
            "jp": int(row["jp"]),
            "duration_days": int(row["durasi_hari"]),
            "mode": MODES[row["metode"]],
            "provider": providers[row["penyelenggara"]],
            "audience": row["sasaran"].replace(";", ", "),
            "eligible_kinds": KINDS.get(row["sasaran"], []),
            "eligible_groups": groups_of(row),
            "usual_quota": int(row["kuota"]) or None,
            "certificate_kind": row["sertifikat"],
            "is_active": row["aktif"] == "ya",
        }
        for row in rows
    ]
    counts = upsert(Programme, "code", values)
    load_contents(rows)
    return counts


def load_contents(rows: Iterable[Row]) -> None:
    """Topics and competencies of the programmes; written only where they differ."""
    programmes = {p.code: p for p in Programme.objects.prefetch_related("topics", "competencies")}
    competencies = dict(Competency.objects.values_list("code", "pk"))
    upsert(
        Topic, "slug", ({"slug": slugify(n)[:80], "name": n} for n in dict.fromkeys(r["topik"] for r in rows))
    )
    topics = {topic.name: topic for topic in Topic.objects.all()}
    for row in rows:
        programme = programmes[row["kode"]]
        if [topic.name for topic in programme.topics.all()] != [row["topik"]]:
            programme.topics.set([topics[row["topik"]]])
        wanted = {
            competencies[code]: int(level)
            for code, level in (part.split(":") for part in row["kompetensi"].split(";") if part)
        }
        if {line.competency_id: line.level for line in programme.competencies.all()} != wanted:
            programme.competencies.all().delete()
            ProgrammeCompetency.objects.bulk_create(
                ProgrammeCompetency(programme=programme, competency_id=pk, level=level)
                for pk, level in wanted.items()
            )


def load_sessions(rows: Iterable[Row]) -> Counts:
    """sessions.csv by code. ``terisi`` is not read; one meeting per working day at the given hours (WITA)."""
    rows = list(rows)
    programmes = {p.code: p for p in Programme.objects.all()}
    known = set(Session.objects.exclude(code=None).values_list("code", flat=True))
    values = [_session(row, programmes[row["kode_program"]]) for row in rows]
    for one in values:
        if one["code"] in known:  # state and seats live in the portal once a session is here
            del one["status"], one["quota"]
    counts = upsert(Session, "code", values)
    fresh = {
        s.code: s
        for s in Session.objects.filter(code__in=[r["kode"] for r in rows if r["kode"] not in known])
    }
    closed = set(Holiday.objects.values_list("day", flat=True))
    planned = (_meetings(row, fresh[row["kode"]], closed) for row in rows if row["kode"] in fresh)
    Meeting.objects.bulk_create((meeting for some in planned for meeting in some), batch_size=1000)
    return counts


def _session(row: Row, programme: Programme) -> dict[str, Any]:
    closes = datetime.combine(date.fromisoformat(row["tutup_daftar"]), time(23, 59), WITA)
    cost = f"Rp {int(row['biaya']):,}".replace(",", ".") if int(row["biaya"]) else "Tanpa biaya"
    return {
        "code": row["kode"],
        "programme": programme,
        "batch": int(row["angkatan"]),
        "status": STATUSES[row["status"]],
        "start": date.fromisoformat(row["mulai"]),
        "end": date.fromisoformat(row["selesai"]),
        "mode": MODES[row["metode"]],
        "place": row["tempat"],
        "quota": int(row["kuota"]),
        "registration_closes": closes.astimezone(UTC),
        "cost": cost,
    }


def _meetings(row: Row, session: Session, closed: set[date]) -> list[Meeting]:
    """One on each working day; a session that lies on holidays alone was meant so and keeps its days."""
    if not row["jam_mulai"]:
        return []
    starts, ends = time.fromisoformat(row["jam_mulai"]), time.fromisoformat(row["jam_selesai"])
    days = [session.start + timedelta(n) for n in range((session.end - session.start).days + 1)]
    days = [day for day in days if day.weekday() < 5]
    return [
        Meeting(
            session=session,
            starts_at=datetime.combine(day, starts, WITA).astimezone(UTC),
            ends_at=datetime.combine(day, ends, WITA).astimezone(UTC),
            place=session.place,
        )
        for day in [day for day in days if day not in closed] or days
    ]
