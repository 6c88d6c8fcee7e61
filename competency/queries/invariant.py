"""What must always be true of the ledger; each broken one is told in a sentence."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from competency.models import LedgerLine, TrainingRecord


def broken() -> Iterator[str]:
    """Every broken invariant of JP. Constant number of statements."""
    yield from _reversals()
    yield from _years()
    yield from _records()


def _reversals() -> Iterator[str]:
    """A reversal takes back the whole of one line of the same person, day and year."""
    wrong = LedgerLine.objects.filter(reverses__isnull=False).exclude(
        employee=F("reverses__employee"),
        day=F("reverses__day"),
        year=F("reverses__year"),
        jp=-F("reverses__jp"),
    )
    for line in wrong.iterator():
        yield f"jp: baris pembatalan {line.pk} tidak sama dengan baris {line.reverses_id} yang dibatalkannya"
    for line in LedgerLine.objects.filter(reverses__reverses__isnull=False).iterator():
        yield f"jp: baris {line.pk} membatalkan baris yang sudah berupa pembatalan"


def _years() -> Iterator[str]:
    for line in LedgerLine.objects.exclude(year=F("day__year")).iterator():
        yield f"jp: baris {line.pk} tercatat tahun {line.year}, tetapi selesai {line.day}"


def _records() -> Iterator[str]:
    """A verified record counts once (until a person takes its line back), another one never."""
    living = LedgerLine.objects.filter(record=OuterRef("pk"), reverses=None, reversed_by=None)
    records = TrainingRecord.objects.annotate(counts=Exists(living))
    for record in records.filter(counts=True).exclude(status=TrainingRecord.Status.VERIFIED).iterator():
        yield f"jp: riwayat {record.pk} dihitung padahal {record.get_status_display().lower()}"
    ever = records.annotate(ever=Exists(LedgerLine.objects.filter(record=OuterRef("pk"), reverses=None)))
    countable = Q(end__isnull=False) | Q(start__isnull=False) | Q(year__isnull=False)
    missing = ever.filter(countable, ever=False, status=TrainingRecord.Status.VERIFIED, jp__gt=0)
    for record in missing.iterator():
        yield f"jp: riwayat {record.pk} terverifikasi tetapi tidak dihitung"
    seen: dict[int, int] = {}
    for line in LedgerLine.objects.filter(record__isnull=False, reverses=None, reversed_by=None).iterator():
        if line.record_id in seen:
            yield f"jp: riwayat {line.record_id} dihitung dua kali (baris {seen[line.record_id]} dan {line.pk})"
        seen[line.record_id] = line.pk
