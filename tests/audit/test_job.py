"""Jobs: held by a lease, told how far they are, ended once, forgotten after a day."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import Job
from asnportal.audit.services import job as jobs
from asnportal.common import files
from asnportal.common.errors import Refusal, WrongState
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
Status = Job.Status


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(content: bytes = b"isi") -> str:
    return files.keep([content], folder=jobs.FOLDER)


def prepared() -> Job:
    return jobs.prepare(
        "uji.impor", owner=UserFactory(), params={"a": 1}, source=stored(), source_name="pegawai.xlsx"
    )


def run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_the_oldest_waiting_job_of_a_kind_is_taken_once():
    first, second = (jobs.start("uji.impor", owner=None, params={}) for _ in range(2))
    jobs.start("uji.lain", owner=None, params={})
    assert [jobs.claim("uji.impor"), jobs.claim("uji.impor")] == [first, second]
    assert jobs.claim("uji.impor") is None


def test_nobody_takes_a_job_that_is_still_prepared():
    job = prepared()
    assert jobs.claim("uji.impor") is None
    jobs.submit(job, total=20)
    assert jobs.claim("uji.impor").total == 20


def test_a_prepared_job_is_sent_once():
    job = prepared()
    jobs.submit(job, total=1)
    with pytest.raises(WrongState):
        jobs.submit(job, total=1)


def test_progress_is_told_in_hundredths_and_holds_the_job():
    jobs.start("uji.impor", owner=None, params={}, total=8)
    job = jobs.claim("uji.impor")
    before = job.lease_until
    jobs.progress(job, 2)
    assert (job.percent, job.lease_until >= before) == (25, True)


def test_a_worker_that_lost_its_lease_takes_back_what_it_wrote():
    jobs.start("uji.impor", owner=None, params={})
    slow = jobs.claim("uji.impor")
    run_out(slow)
    quick = jobs.claim("uji.impor")
    jobs.finish(quick, result={"written": 7})

    def work_of_the_slow_one() -> None:
        with transaction.atomic():
            UserFactory(username="setengah@contoh.test")
            jobs.finish(slow, result={"written": 7})

    with pytest.raises(jobs.LeaseLost):
        work_of_the_slow_one()
    slow.refresh_from_db()
    assert (slow.status, slow.attempts, slow.result) == (Status.DONE, 2, {"written": 7})
    assert not type(UserFactory()).objects.filter(username="setengah@contoh.test").exists()


def test_a_job_whose_workers_die_again_and_again_fails_with_a_sentence():
    job = prepared()
    jobs.submit(job, total=1)
    for _ in range(jobs.TRIES):
        run_out(jobs.claim("uji.impor"))
    assert jobs.claim("uji.impor") is None
    job.refresh_from_db()
    assert (job.status, job.message, job.source) == (Status.FAILED, jobs.BROKEN_OFF, "")


def test_a_job_given_back_is_tried_again():
    job = jobs.start("uji.impor", owner=None, params={})
    jobs.give_back(jobs.claim("uji.impor"))
    assert jobs.claim("uji.impor") == job


def test_cancelling_deletes_the_file_and_comes_too_late_once_it_is_sent(django_capture_on_commit_callbacks):
    job, late = prepared(), prepared()
    path = files.path_of(job.source)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.cancel(job)
    assert (job.status, job.source, path.exists()) == (Status.CANCELLED, "", False)
    jobs.submit(late, total=1)
    with pytest.raises(WrongState):
        jobs.cancel(late)
    assert files.path_of(late.source).exists()


def test_T31_after_a_day_both_files_are_gone_and_what_tells_of_people(django_capture_on_commit_callbacks):
    left, done = prepared(), prepared()
    jobs.submit(done, total=1)
    result = {"written": 3, "rows": ["Budi"], "missing": [1]}
    jobs.finish(jobs.claim("uji.impor"), result=result, file=stored(), file_name="hasil.xlsx")
    Job.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.expire() == 2
    left.refresh_from_db()
    done.refresh_from_db()
    assert (left.status, left.source, left.source_name) == (Status.EXPIRED, "", "pegawai.xlsx")
    assert (done.status, done.file, done.result) == (Status.DONE, "", {"written": 3})
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    with pytest.raises(Refusal) as gone:
        jobs.file_of(done)
    assert gone.value.code == "gone"


def test_nothing_is_forgotten_within_the_day():
    job = prepared()
    assert jobs.expire() == 0
    assert files.path_of(job.source).exists()


def test_files_that_no_job_names_are_swept_after_a_day():
    import os

    kept, stray, fresh = prepared(), stored(), stored()
    old = (timezone.now() - timedelta(hours=25)).timestamp()
    for name in (kept.source, stray):
        os.utime(files.path_of(name), (old, old))
    assert jobs.expire() == 1
    assert [files.path_of(name).exists() for name in (kept.source, stray, fresh)] == [True, False, True]


def test_T30_a_file_has_a_name_nobody_guesses_and_no_name_leads_out():
    name = stored()
    assert len(name.removeprefix(f"{jobs.FOLDER}/")) >= 32
    assert files.path_of(name).stat().st_mode & 0o007 == 0
    for bad in ("../rahasia", "/etc/passwd", ""):
        with pytest.raises(ValueError, match="no file of ours"):
            files.path_of(bad)
