"""The demo city's reference data (units, positions, forms of learning …), loaded once for a module of tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

HOUSE = Path(__file__).parents[2]
CITY = HOUSE / "asnportal" / "demo" / "city"
SMALL = HOUSE / "tests" / "data" / "small"
UGLY = HOUSE / "tests" / "data" / "ugly"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What each test of the module does is taken back by the test, the city itself at the module's end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference_defaults", verbosity=0)
        call_command("import_reference", CITY, verbosity=0)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
