"""What must always be true of seats, queue, results and certificate numbers; each broken one is a sentence."""

from collections.abc import Iterator

from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from competency.models import LedgerLine, TrainingRecord
from training.models import (
    Certificate,
    CertificateSeries,
    CertificateStatus,
    Enrolment,
    EnrolmentStatus,
    Session,
    SessionStatus,
)

S = EnrolmentStatus
SEATED = (S.CONFIRMED, S.COMPLETED, S.NOT_COMPLETED)


def broken() -> Iterator[str]:
    """Every broken invariant of training. Constant number of statements."""
    yield from _seats()
    yield from _queue()
    yield from _results()
    yield from _numbers()
    yield from _certificates()


def _seats() -> Iterator[str]:
    sessions = Session.objects.annotate(
        seated=Count("enrolments", filter=Q(enrolments__status__in=SEATED)), last=Max("enrolments__number")
    )
    for one in sessions.exclude(seated=F("confirmed_count")).iterator():
        yield f"kursi: jadwal {one.pk} mencatat {one.confirmed_count} terisi, tetapi ada {one.seated}"  # type: ignore[attr-defined]
    for one in sessions.filter(seated__gt=F("quota")).iterator():
        yield f"kursi: jadwal {one.pk} berisi {one.seated} orang, kuotanya {one.quota}"  # type: ignore[attr-defined]
    for one in sessions.filter(next_number__lte=F("last")).iterator():
        yield f"antrean: jadwal {one.pk} akan memberi nomor {one.next_number} lagi, padahal sudah sampai {one.last}"  # type: ignore[attr-defined]


def _queue() -> Iterator[str]:
    over = Enrolment.objects.filter(
        session__status__in=(SessionStatus.FINISHED, SessionStatus.CANCELLED),
        status__in=(S.REQUESTED, S.WAITING, S.CONFIRMED),
    )
    for one in over.iterator():
        yield f"antrean: pendaftaran {one.pk} masih {one.get_status_display()} pada jadwal yang sudah berakhir"
    for one in Enrolment.objects.filter(status__in=(S.WAITING, S.CONFIRMED)).exclude(step="").iterator():
        yield f"antrean: pendaftaran {one.pk} {one.get_status_display()} tetapi menunggu persetujuan"


def _results() -> Iterator[str]:
    """All JP or none: who completed has one line, or one that BKPSDM has yet to release; nobody else has one."""
    key = Concat(Value("enrolment:"), Cast(OuterRef("pk"), CharField()))
    posted, held = LedgerLine.objects.filter(source_key=key), TrainingRecord.objects.filter(match_key=key)
    enrolments = Enrolment.objects.annotate(counts=Exists(posted), waits=Exists(held))
    for one in enrolments.filter(status=S.COMPLETED, counts=False, waits=False).iterator():
        yield f"jp: pendaftaran {one.pk} selesai tanpa baris JP"
    for one in enrolments.filter(counts=True).exclude(status=S.COMPLETED).iterator():
        yield f"jp: pendaftaran {one.pk} punya baris JP tetapi {one.get_status_display()}"


def _numbers() -> Iterator[str]:
    """A series without gap and double: as many numbers in a year as its counter says, each from version 1 on."""
    numbered = Certificate.objects.exclude(number="")
    by_year: dict[int, set[str]] = {}
    versions: dict[str, list[int]] = {}
    for number, version, facts in numbered.values_list("number", "version", "facts").iterator():
        versions.setdefault(number, []).append(version)
        if version == 1:
            by_year.setdefault(int(facts["issued_on"][:4]), set()).add(number)
    for series in CertificateSeries.objects.all():
        given = len(by_year.pop(series.year, set()))
        if given != series.last:
            yield f"nomor: seri {series.year} sudah memberi {series.last} nomor, tercatat {given}"
    for year in by_year:
        yield f"nomor: ada nomor tahun {year} tanpa seri"
    for number, found in versions.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"nomor: cetakan {number} tidak berurutan"


def _certificates() -> Iterator[str]:
    active = Certificate.objects.filter(status__in=(CertificateStatus.PENDING, CertificateStatus.ISSUED))
    twice = active.exclude(number="").values("number").annotate(n=Count("pk")).filter(n__gt=1)
    for row in twice.order_by():
        yield f"sertifikat: nomor {row['number']} berlaku {row['n']} kali"
    for one in active.filter(enrolment__isnull=False).exclude(enrolment__status=S.COMPLETED).iterator():
        yield f"sertifikat: {one.number or one.pk} untuk pendaftaran yang tidak selesai"
    issued = Certificate.objects.filter(status=CertificateStatus.ISSUED)
    for one in issued.filter(Q(file="") | Q(number="") | Q(issued_at=None)).iterator():
        yield f"sertifikat: {one.pk} terbit tanpa nomor, berkas, atau tanggal"
    for number, code, facts in issued.values_list("number", "check_code", "facts").iterator():
        if (facts["number"], facts["check_code"]) != (number, code):
            yield f"sertifikat: {number} mencetak nomor atau kode lain"
