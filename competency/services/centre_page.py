"""Reports of the assessment centre as pages show them: which figure was used, its class, and the levels behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from competency.models import Assessment, CentreReport, RuleFigure
from competency.queries.centre import SOON, jpm_figures, levels_of
from competency.services.jpm import Bounds, Verdict, verdict


@dataclass(frozen=True)
class Judged:
    """A report with its class: by the figure the assessor stated, else by the one cut at the standard.

    ``verdict`` is None without any figure, or where no threshold held on its day.
    """

    report: CentreReport
    verdict: Verdict | None
    bounds: Bounds | None
    on: date

    @property
    def figure(self) -> Decimal | None:
        return self.report.cut if self.report.stated is None else self.report.stated

    @property
    def is_stated(self) -> bool:
        return self.report.stated is not None

    @property
    def is_expired(self) -> bool:
        return self.report.valid_until < self.on

    @property
    def ends_soon(self) -> bool:
        return not self.is_expired and self.report.valid_until <= self.on + timedelta(days=SOON)


@dataclass(frozen=True)
class ReportPage:
    """``levels`` of everything measured; ``short`` of them are below their standard, ``total_gap`` levels in all."""

    judged: Judged
    levels: Sequence[Assessment]

    @property
    def short(self) -> list[Assessment]:
        return [one for one in self.levels if one.required and one.level < one.required]

    @property
    def total_gap(self) -> int:
        """A surplus never cancels another gap."""
        return sum((one.required or 0) - one.level for one in self.short)

    @property
    def asked(self) -> list[Assessment]:
        """Those that the figure is made of."""
        return [one for one in self.levels if one.required]


def judged(reports: Iterable[CentreReport], on: date) -> list[Judged]:
    """One statement for all of them."""
    figures = jpm_figures()
    return [_judged(report, figures, on) for report in reports]


def page_of(report: CentreReport, on: date) -> ReportPage:
    """Two statements."""
    return ReportPage(judged([report], on)[0], levels_of(report))


def _judged(report: CentreReport, figures: Sequence[RuleFigure], on: date) -> Judged:
    bounds = _bounds(figures, report.purpose, report.day)
    figure = report.cut if report.stated is None else report.stated
    known = figure is not None and bounds is not None
    return Judged(report, verdict(figure, report.purpose, bounds) if known else None, bounds, on)  # type: ignore[arg-type]


def _bounds(figures: Sequence[RuleFigure], purpose: str, day: date) -> Bounds | None:
    """As they were on the day of the report: new ones never change the class of an old one."""
    held = {
        row.key: row
        for row in figures
        if row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)
    }
    high, middle = held.get(f"jpm_{purpose}_high"), held.get(f"jpm_{purpose}_middle")
    return Bounds(high.value, middle.value, high.legal_basis) if high and middle else None
