"""Rows of training: the session page, requests, approvals, participants."""

from tests.factories import EnrolmentFactory, MeetingFactory, SessionFactory
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World
from training.models import Enrolment

Pair = tuple[Arguments, Arguments]


def session(world: World, role: str) -> Arguments:
    return {"pk": MeetingFactory().session_id}


def workbook(world: World, role: str) -> Arguments:
    return {"pk": SessionFactory().pk, "kind": "xlsx"}


def draft(world: World, role: str) -> Arguments:
    return {"pk": SessionFactory(status="draft").pk}


def enrolment(world: World, role: str) -> Pair:
    """The own one, or one of the own staff or unit; and one of unit B."""
    inside = world.a1 if role == "ASN" else world.a2
    return _keys(EnrolmentFactory(employee=inside), EnrolmentFactory(employee=world.b1))


def at_supervisor(world: World, role: str) -> Pair:
    """Requests whose open step is the supervisor's."""
    return _keys(
        EnrolmentFactory(employee=world.a2, step="supervisor", approver=world.sA),
        EnrolmentFactory(employee=world.b1, step="supervisor", approver=world.sB),
    )


def at_bkpsdm(world: World, role: str) -> Pair:
    return _keys(
        EnrolmentFactory(employee=world.a2, step="bkpsdm"), EnrolmentFactory(employee=world.b1, step="bkpsdm")
    )


def _keys(inside: Enrolment, outside: Enrolment) -> Pair:
    return {"public_id": inside.public_id}, {"public_id": outside.public_id}


WITH_REASON = {"reason": "Tugas lain"}
STEP_1 = {"step": "supervisor", **WITH_REASON}
STEP_2 = {"step": "bkpsdm", **WITH_REASON}
Q = "?langkah=bkpsdm"

# OPD and BKP of the matrix have no staff record; with one they ask for a seat as everybody else (P11).
# fmt: off
#                                                PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS = [
    Row("P01", "session", "GET", "                A   A   A   A   A   A   A   A  A", of=session),
    Row("P02", "session", "GET", "                N   N   N   N   A   N   A   A  N", of=draft, query="?draf"),
    Row("P01", "session_calendar", "GET", "       A   A   A   A   A   A   A   A  A", of=session),
    Row("P11", "enrolment_request", "POST", "   L   A   A   F   F   F   F   F  F", of=session),
    Row("P11", "my_training", "GET", "   L   A   A   F   F   F   F   F  F"),
    Row("P13", "enrolment", "GET", "   L   A/N A/N A/N A   N   A   A  N", of=enrolment),
    Row("P15", "enrolment_withdraw", "GET", "   L   A/N F/N A/N A   F   F   F  F", of=enrolment),
    Row("P15", "enrolment_withdraw", "POST", "   L   A/N F/N A/N A   F   F   F  F", of=enrolment, data=WITH_REASON),
    Row("P16", "enrolment_approve", "POST", "   L   F   A/N F   F   F   F   F  F", of=at_supervisor, data=STEP_1),
    Row("P18", "enrolment_approve", "POST", "   L   F   F/N F   A   F   F   F  F", of=at_bkpsdm, data=STEP_2, query=Q),
    Row("P19", "enrolment_decline", "GET", "   L   F   A/N F   F   F   F   F  F", of=at_supervisor),
    Row("P19", "enrolment_decline", "POST", "   L   F   A/N F   F   F   F   F  F", of=at_supervisor, data=STEP_1),
    Row("P19", "enrolment_decline", "POST", "   L   F   F/N F   A   F   F   F  F", of=at_bkpsdm, data=STEP_2, query=Q),
    Row("P14", "approval_list", "GET", "   L   F   A   F   F   F   F   F  F"),
    Row("P20", "approval_approve", "POST", "   L   F   A   F   F   F   F   F  F"),
    Row("P20", "approval_decline", "GET", "   L   F   A   F   F   F   F   F  F"),
    Row("P14", "session_participants", "GET", "   L   F   F   F   A   F   A   A  F", of=session),
    Row("P21", "participants_file", "GET", "      L   F   F   F   A   F   A   A  F", of=workbook),
    Row("P12", "participant_add", "GET", "        L   F   F   F   A   F   F   F  F", of=session),
    Row("P12", "participant_add", "POST", "       L   F   F   F   A   F   F   F  F", of=session, also=(422,)),
    Row("P20", "session_message", "GET", "        L   F   F   F   A   F   F   F  F", of=session),
    Row("P20", "session_message", "POST", "       L   F   F   F   A   F   F   F  F", of=session, also=(422,)),
    Row("P14", "todo", "GET", "                   L   F   F   F   A   F   A   A  F"),
    Row("P20", "todo_decide", "POST", "           L   F   F   F   A   F   F   F  F"),
    Row("P23", "enrolment_promote", "GET", "      L   F   F   F   A   F   F   F  F", of=enrolment),
    Row("P23", "enrolment_promote", "POST", "     L   F   F   F   A   F   F   F  F", of=enrolment, also=(422,)),
    Row("P15", "enrolment_cancel", "GET", "       L   F   F   F   A   F   F   F  F", of=enrolment),
    Row("P15", "enrolment_cancel", "POST", "      L   F   F   F   A   F   F   F  F", of=enrolment, data=WITH_REASON),
    Row("P20", "approval_decline", "POST", "   L   F   A   F   F   F   F   F  F"),
]
