"""Rows of training: catalogue, programmes, sessions, meetings."""

from tests.factories import MeetingFactory, ProgrammeFactory, SessionFactory
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World


def programme(world: World, role: str) -> Arguments:
    return {"pk": ProgrammeFactory().pk}


def parent_programme(world: World, role: str) -> Arguments:
    return {"programme_pk": ProgrammeFactory().pk}


def shown_programme(world: World, role: str) -> Arguments:
    return {"slug": SessionFactory().programme.slug}


def session(world: World, role: str) -> Arguments:
    return {"pk": SessionFactory().pk}


def meeting(world: World, role: str) -> Arguments:
    made = MeetingFactory()
    return {"pk": made.session_id, "meeting_pk": made.pk}


#                                            PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS = [
    Row("P01", "catalogue", "GET", "          A   A   A   A   A   A   A   A  A"),
    Row("P01", "programme", "GET", "          A   A   A   A   A   A   A   A  A", of=shown_programme),
    Row("P03", "programme_list", "GET", "     L   F   F   F   A   F   A   A  F"),
    Row("P03", "programme_new", "GET", "      L   F   F   F   A   F   F   A  F"),
    Row("P03", "programme_new", "POST", "     L   F   F   F   A   F   F   A  F", also=(422,)),
    Row("P04", "programme_edit", "GET", "     L   F   F   F   A   F   F   A  F", of=programme),
    Row("P04", "programme_edit", "POST", "    L   F   F   F   A   F   F   A  F", of=programme, also=(422,)),
    Row("P03", "session_new", "GET", "        L   F   F   F   A   F   F   A  F", of=parent_programme),
    Row(
        "P03",
        "session_new",
        "POST",
        "       L   F   F   F   A   F   F   A  F",
        of=parent_programme,
        also=(422,),
    ),
    Row("P03", "session_list", "GET", "       L   F   F   F   A   F   A   A  F"),
    Row("P02", "session_manage", "GET", "     L   F   F   F   A   F   A   A  F", of=session),
    Row("P04", "session_edit", "GET", "       L   F   F   F   A   F   F   A  F", of=session),
    Row("P04", "session_edit", "POST", "      L   F   F   F   A   F   F   A  F", of=session, also=(422,)),
    Row("P05", "session_publish", "POST", "   L   F   F   F   A   F   F   A  F", of=session),
    Row("P03", "session_clone", "GET", "      L   F   F   F   A   F   F   A  F", of=session),
    Row("P03", "session_clone", "POST", "     L   F   F   F   A   F   F   A  F", of=session, also=(422,)),
    Row("P04", "session_quota", "GET", "      L   F   F   F   A   F   F   A  F", of=session),
    Row("P04", "session_quota", "POST", "     L   F   F   F   A   F   F   A  F", of=session, also=(422,)),
    Row("P05", "session_cancel", "GET", "     L   F   F   F   A   F   F   A  F", of=session),
    Row("P05", "session_cancel", "POST", "    L   F   F   F   A   F   F   A  F", of=session, also=(422,)),
    Row("P04", "meeting_new", "GET", "        L   F   F   F   A   F   F   A  F", of=session),
    Row("P04", "meeting_new", "POST", "       L   F   F   F   A   F   F   A  F", of=session, also=(422,)),
    Row("P04", "meeting_edit", "GET", "       L   F   F   F   A   F   F   A  F", of=meeting),
    Row("P04", "meeting_edit", "POST", "      L   F   F   F   A   F   F   A  F", of=meeting, also=(422,)),
    Row("P41", "recommendation_list", "GET", "L   A   A   F   F   F   F   F  F"),
    Row("P41", "recommendation_set_aside", "GET", "L A  A   F   F   F   F   F  F", of=shown_programme),
    Row(
        "P41",
        "recommendation_set_aside",
        "POST",
        "       L   A   A   F   F   F   F   F  F",
        of=shown_programme,
        data={"reason": "far"},
    ),
    Row("P41", "recommendation_bring_back", "POST", "L A A F   F   F   F   F  F", of=shown_programme),
]
