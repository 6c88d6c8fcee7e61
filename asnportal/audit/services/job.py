"""Work that outlives its request (TRUST.md, rule 5): the row is the queue, the broker only wakes a worker.

    job = start("people.export", owner=user, params={…}); wake("people.run_export", job.pk)     in a service
    while job := claim("people.export"): …; finish(job, result={…}, file=name, file_name="…")    in a worker

A worker holds a job by a lease, counted by the database's clock, and lengthens it by `progress`. Whoever lost his
lease is told so by LeaseLost when he ends, and takes back what he wrote: call `finish` in the transaction of the work.
"""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from asnportal.audit.models import Job
from asnportal.common import files
from asnportal.common.errors import Refusal, WrongState

if TYPE_CHECKING:
    from asnportal.people.models import User

    Owner = User | None

Status = Job.Status

FOLDER = "intake"
LEASE = timedelta(seconds=300)
TRIES = 3
KEPT = timedelta(hours=24)  # PRODUCT.md, rule 10; TRUST.md T31
BROKEN_OFF = "Pekerjaan terputus berulang kali. Coba lagi, atau hubungi BKPSDM."
PERSONAL = ("rows", "refused", "groups", "notes", "missing")  # parts of a result that tell of people


class LeaseLost(Exception):
    """Another worker has the job now, or nobody any more: what this one did must not be kept."""


def prepare(kind: str, *, owner: "Owner", params: dict[str, Any], source: str, source_name: str) -> Job:
    """A job that a person still prepares with a file; nobody works at it before `submit`."""
    return Job.objects.create(
        kind=kind,
        owner=owner,
        params=params,
        source=source,
        source_name=source_name[:200],
        status=Status.PREPARING,
        expires_at=timezone.now() + KEPT,
    )


def start(kind: str, *, owner: "Owner", params: dict[str, Any], total: int = 0) -> Job:
    """A job for the next free worker."""
    return Job.objects.create(
        kind=kind, owner=owner, params=params, total=total, expires_at=timezone.now() + KEPT
    )


def submit(job: Job, *, total: int) -> None:
    """A prepared job goes to the workers. Raises WrongState when it is not being prepared (any more)."""
    _move(job, (Status.PREPARING,), status=Status.WAITING, total=total, done=0, attempts=0, message="")


def claim(kind: str) -> Job | None:
    """The oldest job of this kind that nobody holds, now held by the caller for LEASE; None when there is none.

    A job whose workers died TRIES times is failed instead.
    """
    free = Q(status=Status.WAITING) | Q(status=Status.RUNNING, lease_until__lte=Now())
    with transaction.atomic():
        due = Job.objects.filter(free, kind=kind).order_by("id")
        for job in due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked):
            if job.attempts >= TRIES:
                fail(job, BROKEN_OFF)
                continue
            Job.objects.filter(pk=job.pk).update(
                status=Status.RUNNING,
                attempts=F("attempts") + 1,
                lease_until=Now() + LEASE,
                started_at=Now(),
                done=0,
            )
            job.refresh_from_db()
            return job
    return None


def progress(job: Job, done: int) -> None:
    """Tell how far it is and hold the job for another LEASE. Raises LeaseLost."""
    _held(job, done=done, lease_until=Now() + LEASE)


def finish(job: Job, *, result: dict[str, Any], file: str = "", file_name: str = "") -> None:
    """Done. Call it inside the transaction of the work, so that both are kept or neither. Raises LeaseLost."""
    _held(
        job,
        status=Status.DONE,
        done=F("total"),
        result=result,
        file=file,
        file_name=file_name,
        message="",
        lease_until=None,
        finished_at=Now(),
        expires_at=timezone.now() + KEPT,
    )


def give_back(job: Job) -> None:
    """The next worker may try; after TRIES it fails."""
    Job.objects.filter(pk=job.pk, status=Status.RUNNING, attempts=job.attempts).update(
        status=Status.WAITING, lease_until=None
    )


def hand_back(job: Job) -> None:
    """Back to the person who prepared it: what was confirmed no longer holds. Raises LeaseLost."""
    _held(job, status=Status.PREPARING, lease_until=None, done=0)


def fail(job: Job, message: str) -> None:
    """Ended without a result; ``message`` is for people. What was given is deleted."""
    Job.objects.filter(pk=job.pk, status__in=(Status.WAITING, Status.RUNNING)).update(
        status=Status.FAILED, message=message, lease_until=None, finished_at=Now()
    )
    forget_source(job)


def cancel(job: Job) -> None:
    """The person gives up what was being prepared; both files are deleted. Raises WrongState later than that."""
    _move(job, (Status.PREPARING,), status=Status.CANCELLED, finished_at=Now(), result={})
    _forget(job, "source", "file")


def conclude(job: Job, *, result: dict[str, Any]) -> None:
    """Done at once, without a worker: call it inside the transaction of the work. What was given is deleted.

    Raises WrongState when it is not being prepared (any more), so that nothing is done twice.
    """
    _move(job, (Status.PREPARING,), status=Status.DONE, result=result, message="", finished_at=Now())
    _forget(job, "source", "file")


def forget_source(job: Job) -> None:
    """Delete what a person gave, once the job has ended."""
    _forget(job, "source")


def expire() -> int:
    """Delete the files of jobs older than KEPT, what their results tell of people, and files of nobody."""
    due = Job.objects.filter(expires_at__lte=timezone.now()).exclude(status=Status.RUNNING)
    rows = list(due)
    for job in rows:
        _forget(job, "source", "file")
        result = {name: value for name, value in job.result.items() if name not in PERSONAL}
        Job.objects.filter(pk=job.pk).update(result=result, expires_at=None)
        Job.objects.filter(pk=job.pk, status__in=(Status.PREPARING, Status.WAITING)).update(
            status=Status.EXPIRED
        )
    known = Job.objects.exclude(source="", file="").values_list("source", "file")
    strays = files.remove_strays(FOLDER, older=KEPT, known={name for pair in known for name in pair})
    return len(rows) + strays


def file_of(job: Job) -> str:
    """The name of what came out. Raises Refusal (code "gone") once it is deleted (TRUST.md T31)."""
    if not job.file or not files.path_of(job.file).exists():
        raise Refusal("Berkas ini sudah dihapus. Berkas hasil disimpan 24 jam.", code="gone")
    return job.file


def _held(job: Job, **values: Any) -> None:
    mine = Job.objects.filter(pk=job.pk, status=Status.RUNNING, attempts=job.attempts)
    if not mine.update(**values):
        raise LeaseLost
    job.refresh_from_db()


def _move(job: Job, sources: tuple[str, ...], **values: Any) -> None:
    if not Job.objects.filter(pk=job.pk, status__in=sources).update(**values):
        raise WrongState
    job.refresh_from_db()


def _forget(job: Job, *fields: str) -> None:
    """The rows forget first: a name without a file is harmless, a file without a name is swept later."""
    names = [getattr(job, field) for field in fields]
    Job.objects.filter(pk=job.pk).update(**dict.fromkeys(fields, ""))
    for name in names:
        transaction.on_commit(partial(files.remove, name))
    job.refresh_from_db()
