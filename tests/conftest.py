"""People and things that many tests share. Named people: see ARCHITECTURE.md, "Manners"."""

from pathlib import Path

import pytest

from asnportal.celery import app


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody listens where the broker should be (R07)."""
    monkeypatch.setitem(app.conf, "broker_write_url", f"redis+socket://{tmp_path}/nobody.sock")
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
