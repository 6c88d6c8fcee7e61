import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_finished_session, make_officer
from training.models import Certificate
from training.services import certificate as service
from training.services import certificate_file as files
from training.services import certificate_issue as worker

pytestmark = pytest.mark.usefixtures("forms")


@pytest.fixture
def made(settings, tmp_path) -> Certificate:
    settings.MEDIA_ROOT = tmp_path
    session = make_finished_session(1)
    service.request_batch(session, by=make_officer())
    worker.issue_due()
    return session.certificates.get()


def verify(path, capsys, *more) -> str:
    call_command("verify_certificate", str(path), *more)
    return capsys.readouterr().out


def test_a_file_as_issued_is_valid(made, capsys, tmp_path):
    report = tmp_path / "report.json"
    out = verify(files.path_of(made.file), capsys, "--report", str(report))
    assert "Segel: utuh" in out
    assert f"Register: {made.number}, cetakan 1, Berlaku" in out
    found = json.loads(report.read_text())
    assert (found["valid"], found["number"], found["seal"]["own_key"]) == (True, made.number, True)


def test_T10_one_changed_byte_is_told_and_exits_1(made, capsys, tmp_path):
    data = bytearray(files.read(made.file))
    data[1500] ^= 1
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(data)
    with pytest.raises(CommandError) as caught:
        verify(forged, capsys)
    assert caught.value.returncode == 1
    out = capsys.readouterr().out
    assert "RUSAK" in out
    assert "tidak pernah diterbitkan" in out


def test_a_revoked_one_is_intact_but_no_longer_counts(made, capsys):
    service.revoke(made, by=make_officer(), kind="twice", reason="x")
    with pytest.raises(CommandError, match="Tidak berlaku"):
        verify(files.path_of(made.file), capsys)
    out = capsys.readouterr().out
    assert "Segel: utuh" in out
    assert "Dicabut" in out
    assert "Terbit dua kali" in out


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_certificate_has_no_seal(db, data, capsys, tmp_path):
    path = tmp_path / "other.pdf"
    path.write_bytes(data)
    with pytest.raises(CommandError):
        verify(path, capsys)
    assert "Segel: tidak ada" in capsys.readouterr().out


def test_a_missing_file_exits_2(db, tmp_path, capsys):
    with pytest.raises(CommandError) as caught:
        verify(tmp_path / "nowhere.pdf", capsys)
    assert caught.value.returncode == 2
