"""Filters for dates and times: {% load waktu %}, {{ day|tanggal }}, {{ start|rentang:end }}, {{ at|jam }}."""

from datetime import date, datetime

from django import template
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asnportal.common import dates

register = template.Library()


def _language() -> str:
    return (get_language() or "id")[:2]


@register.filter
def tanggal(day: date | None) -> str:
    """24 November 2026."""
    return dates.format_date(day, _language()) if day else ""


@register.filter
def tanggal_pendek(day: date | None) -> str:
    """24 Nov 2026."""
    return dates.format_short_date(day, _language()) if day else ""


@register.filter
def hari_tanggal(day: date | None) -> str:
    """Selasa, 20 Oktober 2026."""
    return dates.format_day_date(day, _language()) if day else ""


@register.filter
def rentang(start: date | None, end: date | None) -> str:
    """20–21 Okt 2026."""
    return dates.format_range(start, end or start, _language()) if start else ""


@register.filter
def bulan(month: int | None) -> str:
    """1 as Januari."""
    return dates.MONTHS[_language()][month - 1] if month else ""


@register.filter
def jam(moment: datetime | None) -> str:
    """08.00 WITA."""
    return dates.format_time(moment) if moment else ""


@register.filter
def jam_saja(moment: datetime | None) -> str:
    """08.00, where the zone follows later in the line."""
    return dates.format_time(moment).removesuffix(" WITA") if moment else ""


@register.filter
def tanggal_jam(moment: datetime | None) -> str:
    """24 November 2026 pukul 08.00 WITA."""
    return dates.format_moment(moment, _language()) if moment else ""


@register.filter
def baru_saja(moment: datetime | None) -> str:
    """For lists of what happened: "hari ini, 08.02" while it is today in WITA, else "24 Nov 2026"."""
    if moment is None:
        return ""
    if localdate(moment) == localdate():
        return _("hari ini, %s") % f"{localtime(moment):%H.%M}"
    return dates.format_short_date(moment, _language())
