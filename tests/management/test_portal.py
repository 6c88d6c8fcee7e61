"""The first run: one command, one process tree, nothing left of it (R23, R25, RECIPES of leftovers)."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from asnportal.management.processes import start_time
from tests.management.first_run import FirstRun, wait_until

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="leftovers are looked for in /proc")


POST_A_MAIL = """
from asnportal.notifications.notices import Notice, Urgency
from asnportal.notifications.services import outbox
from asnportal.people.models import User
asn = User.objects.get(email="asn@contoh.test")
outbox.post(Notice(key="first-run:1", to=asn, subject="Besok ada pelatihan", text=("Pukul 08.00 WITA.",),
                   why="Anda peserta.", urgency=Urgency.NOW))
"""

ASK_FOR_A_CERTIFICATE = """
from asnportal.people.models import User
from training.models import Session
from training.services import certificate
session = Session.objects.filter(status="finished", certificates__isnull=False).first()
certificate.request_for_guest(session, {"name": "Narasumber Contoh", "institution": "Lembaga Contoh"},
                              role="speaker", by=User.objects.get(email="bkpsdm@contoh.test"))
"""

SEAT_FOR_A_MEETING_SOON = """
from datetime import timedelta
from django.utils import timezone
from asnportal.common.dates import WITA
from asnportal.people.models import User
from training.models import Enrolment, Meeting, Programme, Session
now = timezone.now()
soon = now + timedelta(hours=10)  # the reminder of the day before was due at 08.00 WITA, whatever the hour is
day = soon.astimezone(WITA).date()
session = Session.objects.create(programme=Programme.objects.first(), batch=99, status="published", start=day,
                                 end=day, quota=1, confirmed_count=1, next_number=2, registration_closes=now)
Meeting.objects.create(session=session, starts_at=soon, ends_at=soon + timedelta(hours=2))
seat = Enrolment.objects.create(session=session, employee=User.objects.get(email="asn@contoh.test").employee, number=1,
                                status="confirmed", confirmed_at=now - timedelta(days=20))
print(seat.pk)
"""


@pytest.fixture
def run(tmp_path: Path) -> Iterator[FirstRun]:
    run = FirstRun(tmp_path / "var")
    yield run
    run.end()


def test_R23_one_command_in_an_empty_folder_gives_a_working_portal(run: FirstRun) -> None:
    run.start()
    run.wait_ready()
    assert run.get("/readyz") == (200, '{"database": true, "redis": true}')
    assert run.get("/")[0] == 200
    text = run.text()
    assert f"Portal siap di {run.url}/" in text
    assert "bkpsdm@contoh.test" in text
    assert "jangan dipakai untuk data sungguhan" in text
    run.python(POST_A_MAIL)  # committed by another process: only the worker of the portal can send it
    mail = "SELECT status FROM notifications_message WHERE key = 'first-run:1'"
    wait_until(lambda: run.row(mail) == ("sent",), seconds=75, what="mail")
    run.python(ASK_FOR_A_CERTIFICATE)
    pdf = "SELECT file FROM training_certificate WHERE role = 'speaker' AND status = 'issued'"
    wait_until(lambda: run.row(pdf), seconds=75, what="certificate")
    assert (run.data / "media" / str(run.row(pdf)[0])).read_bytes().startswith(b"%PDF-1.7")
    assert run.process
    run.process.terminate()
    run.gone()
    assert not (run.data / "portal.pids").exists()


@pytest.mark.services
def test_R23_the_schedule_of_the_first_run_reminds_by_itself(run: FirstRun) -> None:
    run.start()
    run.wait_ready()
    seat = run.python(SEAT_FOR_A_MEETING_SOON)
    reminder = f"SELECT 1 FROM notifications_message WHERE key LIKE 'meeting-reminder:{seat}:%'"
    wait_until(lambda: run.row(reminder), seconds=150, what="reminder")


@pytest.mark.services
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_R25_a_stop_by_any_signal_leaves_nothing(run: FirstRun, signum: int) -> None:
    run.start()
    run.wait_ready()
    pid = run.supervisor()
    os.kill(pid, signum)
    run.gone()
    assert not run.answers()


@pytest.mark.services
def test_R25_fifty_open_requests_are_answered_before_the_portal_ends(run: FirstRun) -> None:
    run.start()
    run.wait_ready()
    clients = [socket.create_connection(("127.0.0.1", run.port), timeout=30) for _ in range(50)]
    for client in clients:
        client.sendall(b"GET /katalog/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    first = clients[0].recv(12)  # the portal is at work on them; most are still waiting for a thread
    os.kill(run.supervisor(), signal.SIGTERM)
    answers = [first] + [client.recv(12) for client in clients[1:]]
    for client in clients:
        client.close()
    assert answers == [b"HTTP/1.1 200"] * 50
    run.gone(seconds=40)


@pytest.mark.services
def test_ctrl_c_reaches_make_and_portal_together_and_leaves_nothing(run: FirstRun) -> None:
    process = run.start()
    run.wait_ready()
    os.killpg(process.pid, signal.SIGINT)
    run.gone()


@pytest.mark.services
@pytest.mark.parametrize("seconds", [0.3, 1, 2, 3.5, 5, 7])
def test_a_stop_before_the_portal_is_ready_leaves_nothing(run: FirstRun, seconds: float) -> None:
    process = run.start()
    time.sleep(seconds)  # the moment of the stop is what is tried, not something to wait for
    process.terminate()
    run.gone()
    run.start()  # and what the early stop left on disk does no harm
    run.wait_ready()


@pytest.mark.services
def test_a_second_start_says_that_the_portal_runs_already(run: FirstRun) -> None:
    run.start()
    run.wait_ready()
    second = FirstRun(run.data)
    second.output = run.data.with_suffix(".second")
    assert second.start().wait(timeout=60) == 2  # make's answer to the portal's 3
    assert f"Portal sudah berjalan di {run.url}" in second.text()
    assert "Error 3" in second.text()
    assert run.answers()


@pytest.mark.services
def test_a_taken_port_is_named_with_a_way_out(run: FirstRun, tmp_path: Path) -> None:
    run.start()
    run.wait_ready()
    other = FirstRun(tmp_path / "other")
    other.port = run.port
    try:
        assert other.start().wait(timeout=90) == 2
        assert f"Port {run.port} sedang dipakai program lain" in other.text()
        assert other.processes() == []
    finally:
        other.end()


@pytest.mark.services
def test_after_kill_9_the_parts_end_by_themselves_and_the_next_start_is_clean(run: FirstRun) -> None:
    run.start()
    run.wait_ready()
    os.kill(run.supervisor(), signal.SIGKILL)
    run.gone(seconds=30)
    run.output.unlink()
    run.start()
    run.wait_ready()
    assert run.answers()


@pytest.mark.services
def test_leftovers_of_a_crash_are_ended_and_a_reused_pid_is_not(run: FirstRun, tmp_path: Path) -> None:
    from asnportal.management import processes

    ours = processes.start(["sleep", "300"], env=run.env, log=tmp_path / "log", cwd=tmp_path)
    stranger = processes.start(["sleep", "300"], env={}, log=tmp_path / "log", cwd=tmp_path)
    file = tmp_path / "portal.pids"
    file.write_text(
        json.dumps(
            [
                {"name": "web", "pid": ours.pid, "started": start_time(ours.pid)},
                {"name": "worker", "pid": stranger.pid, "started": "1"},
            ]
        )
    )
    try:
        assert [one.name for one in processes.end_leftovers(file)] == ["web"]
        assert ours.wait(timeout=5) == -signal.SIGTERM
        assert stranger.poll() is None
        assert not file.exists()
    finally:
        processes.stop(stranger, seconds=2)


@pytest.mark.services
def test_when_a_part_dies_everything_ends_and_the_log_is_named(run: FirstRun) -> None:
    process = run.start()
    run.wait_ready()
    web = next(one for one in json.loads((run.data / "portal.pids").read_text()) if one["name"] == "web")
    os.kill(web["pid"], signal.SIGKILL)
    assert process.wait(timeout=30) == 2
    run.gone()
    assert "Bagian web berhenti sendiri" in run.text()
    assert "web.log" in run.text()


@pytest.mark.services
def test_a_deep_folder_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    run = FirstRun(deep / "var dengan spasi")
    try:
        run.start()
        run.wait_ready()
        assert run.get("/readyz")[0] == 200
    finally:
        run.end()
