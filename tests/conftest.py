"""People and things that many tests share. Named people: see ARCHITECTURE.md, "Manners"."""

from pathlib import Path

import pytest

from asnportal.celery import app
from competency.services import reference


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody listens where the broker should be (R07)."""
    monkeypatch.setitem(app.conf, "broker_write_url", f"redis+socket://{tmp_path}/nobody.sock")
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


@pytest.fixture
def forms(db: None) -> None:
    """Forms of learning, JP rules and targets as every installation starts with."""
    reference.load()
