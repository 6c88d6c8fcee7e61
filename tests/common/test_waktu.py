"""The filters of {% load waktu %}."""

from datetime import UTC, date, datetime

from django.template import Context, Template
from django.utils import translation

DAY, MOMENT = date(2026, 10, 20), datetime(2026, 10, 19, 23, 30, tzinfo=UTC)


def rendered(expression: str) -> str:
    source = "{% load waktu %}{{ " + expression + " }}"
    return Template(source).render(
        Context({"day": DAY, "next": date(2026, 10, 21), "at": MOMENT, "none": None})
    )


def test_pages_print_days_and_hours_in_indonesian() -> None:
    with translation.override("id"):
        assert rendered("day|tanggal") == "20 Oktober 2026"
        assert rendered("day|tanggal_pendek") == "20 Okt 2026"
        assert rendered("day|hari_tanggal") == "Selasa, 20 Oktober 2026"
        assert rendered("day|rentang:next") == "20–21 Okt 2026"
        assert rendered("day|rentang:none") == "20 Okt 2026"
        assert rendered("at|jam") == "07.30 WITA"
        assert rendered("at|tanggal_jam") == "20 Oktober 2026 pukul 07.30 WITA"


def test_pages_in_english_print_english_months() -> None:
    with translation.override("en"):
        assert rendered("day|tanggal") == "20 October 2026"
        assert rendered("day|hari_tanggal") == "Tuesday, 20 October 2026"


def test_what_is_not_known_prints_nothing() -> None:
    for name in ("tanggal", "tanggal_pendek", "hari_tanggal", "jam", "tanggal_jam"):
        assert rendered(f"none|{name}") == ""
    assert rendered("none|rentang:none") == ""
