"""Imports by page: a file is received, its columns are settled, it is checked, and a worker writes it (DESIGN.md 7).

What is imported is told by a Kind of the app whose data it is; nothing is written before `confirm`. The worker reads
the file and examines it again: when the counts, or what is replaced, are not what the person confirmed, the job goes
back to them.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction

from asnportal.audit.models import AuditLine, Job
from asnportal.audit.services import job as jobs
from asnportal.common import files
from asnportal.common.errors import Refusal
from asnportal.common.intake import Report
from asnportal.common.intake_summary import outcome_book, summary
from asnportal.common.sheets import Limits, Refused, Table, Vocabulary, preview_workbook, read_workbook

if TYPE_CHECKING:
    from asnportal.people.models import User

log = logging.getLogger(__name__)

LIMITS = Limits(rows=50_000, bytes=25_000_000)  # of the page (TRUST.md B64); commands take more
DIFFERENT = "Data berubah sejak berkas ini diperiksa. Periksa sekali lagi, lalu impor."
GONE = "Berkas sudah dihapus. Unggah sekali lagi."
TROUBLE = "Ada gangguan di sistem kami. Tidak ada yang tersimpan. Coba lagi sebentar."


class Plan(Protocol):
    """What examining gives: a report, and whatever the Kind needs to write."""

    report: Report


@dataclass(frozen=True)
class Kind:
    """``name`` is the job's kind, ``verb`` its audit verb, ``slug`` its word in addresses and file names.

    ``examine`` reads only; ``write`` writes the plan in the caller's transaction. ``told`` is what the page tells
    besides the counts, asked before and after writing.
    """

    name: str
    slug: str
    verb: str
    vocabulary: Vocabulary
    examine: Callable[[Table, Job], Any]
    write: Callable[[Any, Job], None]
    told: Callable[[Any, Job], dict[str, Any]] = lambda _plan, _job: {}


@dataclass(frozen=True)
class Upload:
    """What a person gave: the file's name and its bytes in pieces."""

    name: str
    chunks: Iterable[bytes]


def receive(kind: Kind, upload: Upload, *, by: "User", params: Mapping[str, Any]) -> Job:
    """Keep the file for at most 24 hours and look whether it can be read at all. Raises Refused (of sheets)."""
    digest = hashlib.sha256()
    source = files.keep(_hashed(upload.chunks, digest), folder=jobs.FOLDER)
    try:
        preview_workbook(files.path_of(source), upload.name, vocabulary=kind.vocabulary, limits=LIMITS)
        known = {"sha256": digest.hexdigest(), "columns": {}, "decisions": {}}
        return jobs.prepare(
            kind.name, owner=by, params={**params, **known}, source=source, source_name=upload.name
        )
    except BaseException:
        files.remove(source)
        raise


def _hashed(chunks: Iterable[bytes], digest: Any) -> Iterator[bytes]:
    for chunk in chunks:
        digest.update(chunk)
        yield chunk


def imported_at(kind: Kind, job: Job) -> datetime | None:
    """When the very same bytes were imported before, by page or command; None when they never were."""
    mark = f"sha256:{job.params['sha256']}"
    return AuditLine.objects.filter(verb=kind.verb, note__endswith=mark).values_list("at", flat=True).first()


def source_of(job: Job) -> str:
    """What the audit trail and the history of each person name as the cause."""
    return f"{job.source_name} sha256:{job.params['sha256']}"


def preview(kind: Kind, job: Job, *, columns: Mapping[int, str | None] | None = None) -> Table:
    """The table as recognised, or as ``columns`` say; what is missing or clashes stands in it. Raises Refused."""
    return preview_workbook(
        _path(job),
        job.source_name,
        vocabulary=kind.vocabulary,
        limits=LIMITS,
        choice=_columns(job) if columns is None else columns,
    )


def settle(kind: Kind, job: Job, *, columns: Mapping[int, str | None], params: Mapping[str, Any]) -> None:
    """Take the person's answer to how columns were recognised, then check the file. Raises Refused."""
    chosen = {str(index): field for index, field in columns.items()}
    _save_params(job, {**job.params, **params, "columns": chosen})
    check(kind, job)


def decide(kind: Kind, job: Job, decisions: Mapping[str, Any]) -> None:
    """Take one decision per problem, then check the file again. Raises Refused."""
    _save_params(job, {**job.params, "decisions": dict(decisions)})
    check(kind, job)


def check(kind: Kind, job: Job, *, message: str = "") -> None:
    """The dry run: what the file would do, kept as a summary and a workbook of the rows not ready. Writes no data.

    ``message`` is what the person should read besides. Raises Refused.
    """
    table = read(kind, job)
    plan: Plan = kind.examine(table, job)
    book = files.keep(outcome_book(table, plan.report), folder=jobs.FOLDER, suffix=".xlsx")
    before = job.file
    result = {**_summary(plan, table, job), **kind.told(plan, job)}
    kept = Job.objects.filter(pk=job.pk, status=Job.Status.PREPARING).update(
        result=result, file=book, file_name=book_name(kind, job), message=message
    )
    files.remove(before if kept else book)
    job.refresh_from_db()


def confirm(kind: Kind, job: Job) -> None:
    """The rows that are ready may be written. Raises Refusal when none is, WrongState when it was confirmed before."""
    if not job.result.get("ready"):
        raise Refusal("Tidak ada baris yang siap diimpor.", code="nothing")
    jobs.submit(job, total=job.result["ready"])


def run_waiting(kind: Kind) -> int:
    """Do all jobs of this kind that wait, one after the other; a worker's whole task. How many were taken."""
    taken = 0
    while job := jobs.claim(kind.name):
        run(kind, job)
        taken += 1
    return taken


def run(kind: Kind, job: Job) -> None:
    """Read, examine and write one claimed job; whatever happens, the row says how it ended."""
    try:
        _run(kind, job)
    except jobs.LeaseLost:
        log.warning("an import lost its lease and was taken back")
    except (Refusal, Refused) as refusal:
        if refusal.code == "stale":
            jobs.give_back(job)
        else:
            jobs.fail(job, refusal.message)
    except Exception:
        log.exception("an import failed")
        jobs.fail(job, TROUBLE)


def _run(kind: Kind, job: Job) -> None:
    table = read(kind, job)
    jobs.progress(job, -(-job.total // 4))  # rounded up: a page tells by hundredths what is being done
    plan: Plan = kind.examine(table, job)
    counts = _summary(plan, table, job)
    if any(counts[name] != job.result.get(name) for name in ("counts", "replaced")):
        jobs.hand_back(job)
        check(kind, job, message=DIFFERENT)
        return
    jobs.progress(job, -(-job.total // 2))
    book = files.keep(outcome_book(table, plan.report, every=True), folder=jobs.FOLDER, suffix=".xlsx")
    before = job.file
    try:
        with transaction.atomic():
            kind.write(plan, job)
            jobs.finish(
                job, result={**counts, **kind.told(plan, job)}, file=book, file_name=book_name(kind, job)
            )
            jobs.forget_source(job)
    except BaseException:
        files.remove(book)
        raise
    files.remove(before)


def read(kind: Kind, job: Job) -> Table:
    """The table with the columns as settled. Raises Refused while columns are missing or clash."""
    return read_workbook(
        _path(job), job.source_name, vocabulary=kind.vocabulary, limits=LIMITS, choice=_columns(job)
    )


def _summary(plan: Plan, table: Table, job: Job) -> dict[str, Any]:
    return summary(plan.report, table, settled=frozenset(job.params["decisions"].get("skip", ())))


def book_name(kind: Kind, job: Job) -> str:
    return f"hasil-impor-{kind.slug}-{job.pk}.xlsx"


def _path(job: Job) -> Any:
    """Where the file lies. Raises Refused when it is gone: expired, or left out of a backup that was restored."""
    if not job.source or not files.path_of(job.source).exists():
        raise Refused("gone", GONE)
    return files.path_of(job.source)


def _columns(job: Job) -> dict[int, str | None]:
    return {int(index): field for index, field in job.params["columns"].items()}


def _save_params(job: Job, params: dict[str, Any]) -> None:
    Job.objects.filter(pk=job.pk, status=Job.Status.PREPARING).update(params=params)
    job.refresh_from_db()
