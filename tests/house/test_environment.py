import re
from pathlib import Path

from django.conf import settings

HOUSE = Path(settings.BASE_DIR)
READS = re.compile(r"\benv(?:\.\w+)?\(\s*[\"']([A-Z_0-9]+)[\"']")
FOR_COMPOSE = {"SITE_HOST", "POSTGRES_PASSWORD", "REDIS_PASSWORD"}


def test_the_example_names_every_variable_that_is_read_and_no_other() -> None:
    read = set(READS.findall((HOUSE / "asnportal/settings.py").read_text()))
    named = set(re.findall(r"^#?([A-Z_0-9]+)=", (HOUSE / ".env.example").read_text(), re.MULTILINE))
    assert named == read | FOR_COMPOSE


def test_compose_asks_only_for_variables_of_the_example() -> None:
    named = set(re.findall(r"^#?([A-Z_0-9]+)=", (HOUSE / ".env.example").read_text(), re.MULTILINE))
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_0-9]+)", (HOUSE / "docker-compose.yml").read_text()))
    assert asked <= named


def test_only_the_settings_read_the_environment() -> None:
    allowed = {"asnportal/settings.py", "asnportal/celery.py", "asnportal/wsgi.py"}
    reading = {
        str(path.relative_to(HOUSE))
        for app in ("asnportal", "competency", "training", "partners")
        for path in (HOUSE / app).rglob("*.py")
        if re.search(r"os\.(environ|getenv)", path.read_text())
    }
    assert {p for p in reading - allowed if not p.startswith("asnportal/management/")} == set()
