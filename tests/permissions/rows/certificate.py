"""Rows of attendance, the end of a session, certificates, verification and the ledger's page."""

from datetime import date
from decimal import Decimal

from asnportal.people.models import Employee
from competency.models import LedgerLine
from tests.factories import (
    EnrolmentFactory,
    MeetingFactory,
    SessionFactory,
    make_certificate,
    make_finished_session,
)
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World
from training.models import EnrolmentStatus


def session(world: World, role: str) -> Arguments:
    return {"pk": SessionFactory().pk}


def meeting(world: World, role: str) -> Arguments:
    made = MeetingFactory()
    EnrolmentFactory(session=made.session, employee=world.b1, status=EnrolmentStatus.CONFIRMED)
    return {"pk": made.session_id, "meeting_pk": made.pk}


def finished(world: World, role: str) -> Arguments:
    return {"pk": make_finished_session(employees=(world.b1,)).pk}


def completed(world: World, role: str) -> Arguments:
    made = make_finished_session(employees=(world.b1,))
    return {"pk": made.pk, "enrolment_pk": made.enrolments.get().pk}


def certificate(world: World, role: str) -> Arguments:
    return {"public_id": make_certificate(world.b1).public_id}


def own_or_other(world: World, role: str) -> tuple[Arguments, Arguments]:
    """Aminah's (own, own staff, own unit) and Budi's of the other unit."""
    mine, other = (make_certificate(person, stored=True) for person in (world.a1, world.b1))
    return {"public_id": mine.public_id}, {"public_id": other.public_id}


def token(world: World, role: str) -> Arguments:
    return {"token": make_certificate(world.b1, stored=True).token}


def person(world: World, role: str) -> Arguments:
    return {"public_id": world.b1.public_id}


def line_of(employee: Employee) -> LedgerLine:
    return LedgerLine.objects.create(
        employee=employee,
        day=date(2026, 5, 4),
        year=2026,
        title="Pelatihan",
        jp=Decimal(4),
        source="portal",
        source_key=f"line:{employee.pk}",
    )


def line(world: World, role: str) -> Arguments:
    return {"pk": line_of(world.b1).pk}


GUEST = {"name": "Tamu Contoh", "role": "speaker"}
REVOKE = {"kind": "other", "reason": "x"}


#                                                  PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS = [
    Row("P26", "session_attendance", "GET", "        L   F   F   F   A   F   A   A  F", of=session),
    Row("P26", "attendance_sheet", "GET", "          L   F   F   F   A   F   A   A  F", of=session),
    Row("P26", "attendance_mark", "POST", "          L   F   F   F   A   F   F   F  F", of=meeting),
    Row("P26", "attendance_rest", "GET", "           L   F   F   F   A   F   F   F  F", of=meeting),
    Row("P26", "attendance_rest", "POST", "          L   F   F   F   A   F   F   F  F", of=meeting),
    Row("P26", "meeting_reopen", "GET", "            L   F   F   F   A   F   F   F  F", of=meeting),
    Row(
        "P26",
        "meeting_reopen",
        "POST",
        "           L   F   F   F   A   F   F   F  F",
        of=meeting,
        also=(422,),
    ),
    Row("P26", "session_finish", "GET", "            L   F   F   F   A   F   F   F  F", of=session),
    Row("P26", "session_finish", "POST", "           L   F   F   F   A   F   F   F  F", of=session),
    Row("P34", "session_certificates", "GET", "      L   F   F   F   A   F   A   A  F", of=finished),
    Row("P34", "certificate_request", "POST", "      L   F   F   F   A   F   F   F  F", of=finished),
    Row("P34", "certificate_request_one", "POST", "  L   F   F   F   A   F   F   F  F", of=completed),
    Row("P34", "certificate_guest", "GET", "         L   F   F   F   A   F   F   F  F", of=finished),
    Row(
        "P34",
        "certificate_guest",
        "POST",
        "        L   F   F   F   A   F   F   F  F",
        of=finished,
        data=GUEST,
    ),
    Row("P34", "certificate_list", "GET", "          L   F   F   F   A   F   A   A  F"),
    Row("P35", "certificate_revoke", "GET", "        L   F   F   F   A   F   F   F  F", of=certificate),
    Row(
        "P35",
        "certificate_revoke",
        "POST",
        "       L   F   F   F   A   F   F   F  F",
        of=certificate,
        data=REVOKE,
    ),
    Row("P35", "certificate_correct", "GET", "       L   F   F   F   A   F   F   F  F", of=certificate),
    Row(
        "P35",
        "certificate_correct",
        "POST",
        "      L   F   F   F   A   F   F   F  F",
        of=certificate,
        data=REVOKE,
    ),
    Row("P35", "certificate_retry", "POST", "        L   F   F   F   A   F   F   F  F", of=certificate),
    Row("P33", "certificate", "GET", "               L   A/N A/N A/N A   F   A   A  F", of=own_or_other),
    Row("P33", "certificate_download", "GET", "      L   A/N A/N A/N A   F   A   A  F", of=own_or_other),
    Row("P36", "verify", "GET", "                    A   A   A   A   A   A   A   A  A"),
    Row("P36", "verify", "POST", "                   A   A   A   A   A   A   A   A  A", also=(422,)),
    Row("P36", "verify_token", "GET", "              A   A   A   A   A   A   A   A  A", of=token),
    Row("P38", "ledger", "GET", "                    L   A   A   F   F   F   F   F  F"),
    Row("P38", "employee_ledger", "GET", "           L   F   F   F   A   F   A   A  F", of=person),
    Row("P44", "ledger_reverse", "GET", "            L   F   F   F   A   F   F   F  F", of=line),
    Row("P44", "ledger_reverse", "POST", "           L   F   F   F   A   F   F   F  F", of=line, data=REVOKE),
]
