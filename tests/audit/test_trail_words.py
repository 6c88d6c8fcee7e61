"""The audit trail speaks: no line shows the name that its act has in code."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from asnportal.audit.templatetags.jejak import keadaan, tindakan
from competency.models import NEED, PLAN, RECORD, REVIEW
from partners.models.proposal import PROPOSAL
from training.models.certificate import CERTIFICATE
from training.models.city_plan import CITY_LINE, CITY_PLAN
from training.models.enrolment import ENROLMENT
from training.models.session import SESSION

RECORDED = re.compile(r"""(?:(?:record|audit)(?:_many)?\(\s*|verb=)["']([a-z]+\.[a-z_]+)["']""")
APPS = ("asnportal", "competency", "training", "partners")


def written() -> set[str]:
    sources = (path.read_text() for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py"))
    return {verb for source in sources for verb in RECORDED.findall(source)}


FLOWS = (CITY_LINE, CITY_PLAN, NEED, PLAN, RECORD, REVIEW, PROPOSAL, CERTIFICATE, ENROLMENT, SESSION)


def moved() -> set[str]:
    return {f"{flow.name}.{verb}" for flow in FLOWS for verb, _ in flow}


def states() -> set[tuple[str, str]]:
    return {(flow.name, state) for flow in FLOWS for _, move in flow for state in (*move.sources, move.to)}


# Made from a word at run time, so no search of the source finds them.
COMPOSED = {"assessment.supervisor", "assessment.self"}


@pytest.mark.parametrize("verb", sorted(written() | moved() | COMPOSED))
def test_every_act_has_words(verb: str) -> None:
    assert tindakan(verb) != verb


@pytest.mark.parametrize(("thing", "state"), sorted(states()))
def test_every_state_has_words(thing: str, state: str) -> None:
    assert keadaan(state, f"{thing}.update") != state


def test_the_same_code_says_what_it_means_for_its_thing() -> None:
    words = [keadaan("waiting", "enrolment.queue"), keadaan("waiting", "record.import")]
    assert words == ["Daftar tunggu", "Menunggu verifikasi"]
