import pytest

from competency.services import reference


@pytest.fixture
def forms(db) -> None:
    """Forms, JP rules and targets as every installation starts with."""
    reference.load()
