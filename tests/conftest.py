"""People and things that many tests share. Named people: see ARCHITECTURE.md, "Manners"."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, settings

from asnportal.celery import app
from competency.services import reference
from training.queries.catalogue import kept_facets
from training.queries.recommendation import kept_requirement

# No test asserts a time, a busy machine least of all.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")


@pytest.fixture(autouse=True)
def fresh_facets() -> None:
    """What the catalogue offers and a post asks is kept for a minute, longer than a test lasts."""
    kept_facets.cache_clear()
    kept_requirement.cache_clear()


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody listens where the broker should be (R07)."""
    monkeypatch.setitem(app.conf, "broker_write_url", f"redis+socket://{tmp_path}/nobody.sock")
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


@pytest.fixture
def forms(db: None) -> None:
    """Forms of learning, JP rules and targets as every installation starts with."""
    reference.load()


@pytest.fixture
def audit() -> Callable[[], str]:
    """What ``audit_invariants`` prints. Raises CommandError where something is broken."""

    def run() -> str:
        out = StringIO()
        call_command("audit_invariants", stdout=out)
        return out.getvalue().strip()

    return run
