import ast
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from asnportal.celery import AT, EVERY_MINUTE, OURS, app
from asnportal.common.wake import wake

HOUSE = Path(settings.BASE_DIR)
FOLDERS = [HOUSE / name.replace(".", "/") for name in OURS] + [HOUSE / "asnportal/common"]


def names_woken() -> dict[str, str]:
    """Every first argument of wake( in the code, with its place; a literal or a constant of the same module."""
    found = {}
    for path in (p for folder in FOLDERS for p in folder.rglob("*.py")):
        tree = ast.parse(path.read_text())
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "wake"
            ):
                place = f"{path.relative_to(HOUSE)}:{node.lineno}"
                name = node.args[0]
                literal = (
                    name.value if isinstance(name, ast.Constant) else constants.get(getattr(name, "id", ""))
                )
                assert isinstance(literal, str), f"{place}: wake() takes a name that can be read here"
                found[literal] = place
    return found


def registered() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_every_task_that_is_woken_or_scheduled_exists() -> None:
    wanted = names_woken() | dict.fromkeys([*EVERY_MINUTE, *AT], "asnportal/celery.py")
    assert {name: place for name, place in wanted.items() if name not in registered()} == {}


def test_every_task_is_named_by_its_app_and_function() -> None:
    app.loader.import_default_modules()
    odd = [
        task.name
        for task in app.tasks.values()
        if not task.name.startswith(("celery.", "tests."))
        and task.name != f"{task.run.__module__.removeprefix('asnportal.').split('.')[0]}.{task.run.__name__}"
    ]
    assert odd == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken_only_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(app, "send_task", lambda name, **_kw: sent.append(name))
    with transaction.atomic():
        wake("notifications.any", 1)
        assert sent == []
    assert sent == ["notifications.any"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_R07_an_unreachable_broker_costs_a_warning_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), transaction.atomic():
        wake("notifications.any", 1)
    assert [record.getMessage() for record in caplog.records] == [
        "broker unreachable, notifications.any waits for the sweeper (OperationalError)"
    ]
    assert connection.is_usable()
