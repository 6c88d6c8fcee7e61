"""Rows of imports: everybody who imports prepares his own; whoever may look sees what came out."""

from asnportal.audit.models import Job
from asnportal.audit.services import intake, job
from asnportal.people.models import User
from asnportal.people.services.intake_job import EMPLOYEES
from tests.competency.importer import apart
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World


def prepared(owner: User) -> Job:
    unit = owner.officer_units[0].name if owner.officer_units else "Dinas Contoh A"
    rows = f"NIP;Nama;Unit Kerja\n{apart(owner.pk)};Budi Contoh;{unit}".encode()
    return intake.receive(EMPLOYEES, intake.Upload("pegawai.csv", [rows]), by=owner, params={"unit": ""})


def checked(owner: User) -> Job:
    made = prepared(owner)
    intake.settle(EMPLOYEES, made, columns={0: "nip", 1: "name", 2: "unit"}, params={})
    return made


def done(owner: User) -> Job:
    made = checked(owner)
    intake.confirm(EMPLOYEES, made)
    intake.run(EMPLOYEES, job.claim(EMPLOYEES.name) or made)
    return made


def own_and_other(world: World, role: str) -> tuple[Arguments, Arguments]:
    """In scope: prepared by the account of the column; out of scope: by another officer."""
    user = world.user(role)
    mine = checked(user if isinstance(user, User) else world.k1)
    return {"public_id": mine.public_id}, {"public_id": checked(world.oB).public_id}


def done_own_and_other(world: World, role: str) -> tuple[Arguments, Arguments]:
    user = world.user(role)
    theirs = done(world.oB)
    mine = done(user if role in ("OPD", "BKP", "SU") and isinstance(user, User) else world.k1)
    return {"public_id": mine.public_id}, {"public_id": theirs.public_id}


def with_missing(world: World, role: str) -> Arguments:
    """A file of everybody in unit B that names one new person only."""
    rows = f"NIP;Nama;Unit Kerja\n{apart(world.k1.pk)};Budi Contoh;Dinas Contoh B".encode()
    made = intake.receive(
        EMPLOYEES, intake.Upload("semua.csv", [rows]), by=world.k1, params={"unit": world.unit_b.code}
    )
    intake.settle(EMPLOYEES, made, columns={0: "nip", 1: "name", 2: "unit"}, params={})
    intake.confirm(EMPLOYEES, made)
    intake.run(EMPLOYEES, job.claim(EMPLOYEES.name) or made)
    return {"public_id": made.public_id}


PEOPLE = {"slug": "pegawai"}
COLUMNS = {"kolom-0": "nip", "kolom-1": "name", "kolom-2": "unit"}

#                                                PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS: list[Row] = [
    Row("P49", "import_list", "GET", "               L   F   F   A   A   F   A   A  F"),
    Row("P48", "import_new", "GET", "                L   F   F   A   A   F   F   A  F"),
    Row("P48", "import_new", "POST", "               L   F   F   A   A   F   F   A  F", also=(422,)),
    Row(
        "P48", "import_template", "GET", "           L   F   F   A   A   F   F   A  F", of=lambda w, r: PEOPLE
    ),
    Row("P48", "import_columns", "GET", "            L   F   F   A/N A/N F   F   A/N F", of=own_and_other),
    Row(
        "P48",
        "import_columns",
        "POST",
        "           L   F   F   A/N A/N F   F   A/N F",
        of=own_and_other,
        data=COLUMNS,
    ),
    Row("P40", "import_leavers", "GET", "            L   F   F   F   A   F   F   A  F", of=with_missing),
    Row(
        "P40",
        "import_leavers",
        "POST",
        "            L   F   F   F   A   F   F   A  F",
        of=with_missing,
        also=(422,),
    ),
    Row("P48", "import_check", "GET", "              L   F   F   A/N A/N F   F   A/N F", of=own_and_other),
    Row("P48", "import_check", "POST", "             L   F   F   A/N A/N F   F   A/N F", of=own_and_other),
    Row("P48", "import_cancel", "POST", "            L   F   F   A/N A/N F   F   A/N F", of=own_and_other),
    Row(
        "P49", "import_job", "GET", "                L   F   F   A/N A   F   A   A  F", of=done_own_and_other
    ),
    Row(
        "P49", "import_result", "GET", "             L   F   F   A/N A   F   A   A  F", of=done_own_and_other
    ),
]
