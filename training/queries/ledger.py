"""The page "Riwayat dan sertifikat": the ledger of a year, told line by line, with the certificates beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from asnportal.common.dates import MONTHS
from asnportal.people.models import Employee
from competency.models import LedgerLine, TrainingRecord
from competency.queries.ledger import YearSummary, lines_of, summary_and_before, years_of
from competency.queries.period import Period, in_period, period_of_year, period_on
from training.models import Certificate, CertificateStatus
from training.queries.jp import scheduled

SHOWN = (CertificateStatus.PENDING, CertificateStatus.ISSUED, CertificateStatus.REVOKED)


@dataclass(frozen=True)
class LedgerRow:
    """One line; ``certificate`` is its evidence where the portal issued one."""

    line: LedgerLine
    certificate: Certificate | None

    @property
    def is_struck(self) -> bool:
        """Reversed lines stay to be read, and so does the line that reversed them."""
        return self.line.reverses_id is not None or hasattr(self.line, "reversed_by")

    @property
    def reversed_on(self) -> date | None:
        reversal = getattr(self.line, "reversed_by", None)
        return reversal.posted_at if reversal else None


@dataclass(frozen=True)
class LedgerMonth:
    name: str
    rows: Sequence[LedgerRow]


@dataclass(frozen=True)
class LedgerPage:
    """``year`` None means all years: then there is no summary, because years are not added up. ``today`` (WITA) is
    the day on which the page is read."""

    employee: Employee
    today: date
    year: int | None
    years: Sequence[int]
    summary: YearSummary | None
    before: YearSummary | None
    months: Sequence[LedgerMonth]
    waiting: Sequence[TrainingRecord]
    rejected: Sequence[TrainingRecord]
    certificates: Sequence[Certificate]
    legal_bases: Sequence[str]

    @property
    def is_over(self) -> bool:
        return self.summary is not None and self.summary.period.end < self.today

    @property
    def tabs(self) -> list[tuple[int, str]]:
        """The years that can be chosen, PPPK by contract year."""
        return [(year, period_of_year(self.employee, year).label) for year in self.years]

    @property
    def total(self) -> Decimal:
        return sum((row.line.jp for month in self.months for row in month.rows), Decimal(0))


def ledger_page(employee: Employee, *, year: int | None, today: date) -> LedgerPage:
    """A constant number of statements, whatever was learnt."""
    period = period_of_year(employee, year) if year is not None else None
    lines = list(lines_of(employee, period))
    certificates = list(_certificates(employee))
    records = list(TrainingRecord.objects.filter(employee=employee).select_related("form"))
    shown = [one for one in records if period is None or in_period(period, one.end or one.start, one.year)]
    summary, before = _summaries(employee, period, today) if period else (None, None)
    return LedgerPage(
        employee=employee,
        today=today,
        year=year,
        years=years_of(employee, today=today),
        summary=summary,
        before=before,
        months=_months(lines, certificates),
        waiting=[one for one in shown if one.status == TrainingRecord.Status.WAITING],
        rejected=[one for one in shown if one.status == TrainingRecord.Status.REJECTED],
        certificates=[one for one in certificates if period is None or _ends_in(one, period)],
        legal_bases=sorted({line.legal_basis for line in lines if line.legal_basis}),
    )


def _summaries(employee: Employee, period: Period, today: date) -> tuple[YearSummary, YearSummary | None]:
    """What is scheduled counts only towards the present period."""
    present = period == period_on(employee, today)
    planned = scheduled(employee, today=today, period=period) if present else Decimal(0)
    return summary_and_before(employee, period, scheduled=planned)


def _certificates(employee: Employee) -> Sequence[Certificate]:
    return list(
        Certificate.objects.filter(employee=employee, status__in=SHOWN)
        .select_related("session__programme__provider")
        .order_by("-session__end", "-pk")
    )


def _ends_in(certificate: Certificate, period: Period) -> bool:
    return period.start <= certificate.session.end <= period.end


def _months(lines: Sequence[LedgerLine], certificates: Sequence[Certificate]) -> list[LedgerMonth]:
    by_key = {f"enrolment:{one.enrolment_id}": one for one in reversed(certificates) if one.enrolment_id}
    grouped = groupby(lines, key=lambda line: (line.day.year, line.day.month))
    return [
        LedgerMonth(
            name=f"{MONTHS['id'][month - 1]} {year}",
            rows=[LedgerRow(line, by_key.get(line.source_key)) for line in found],
        )
        for (year, month), found in grouped
    ]
