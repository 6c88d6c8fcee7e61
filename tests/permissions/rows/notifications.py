"""Rows of notifications: one's own messages, the mailbox of the portal (P63)."""

from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice
from asnportal.notifications.services import outbox
from asnportal.people.models import User
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World


def told(user: User, key: str) -> Message:
    return outbox.post(
        Notice(key=key, to=user, subject="Kabar", text=("Isi.",), why="Uji.", calendar="BEGIN:VCALENDAR")
    )


def own_message(world: World, role: str) -> tuple[Arguments, Arguments]:
    user = world.user(role)
    own = told(user if isinstance(user, User) else world.s, f"uji-sendiri:{role}")
    return {"pk": own.pk}, {"pk": told(world.b1.user, f"uji-orang:{role}").pk}


def failed_message(world: World, role: str) -> Arguments:
    message = told(world.b1.user, f"uji-gagal:{role}")
    Message.objects.filter(pk=message.pk).update(status=Message.Status.FAILED)
    return {"pk": message.pk}


OWN = "                        L   A/N A/N A/N A/N A/N A/N A/N A/N"

#                                              PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS: list[Row] = [
    Row("-", "notification_list", "GET", "      L   A   A   A   A   A   A   A  A"),
    Row("-", "notification_read_all", "POST", " L   A   A   A   A   A   A   A  A"),
    Row("-", "notification", "GET", OWN, of=own_message),
    Row("-", "notification_calendar", "GET", OWN, of=own_message),
    Row("P63", "mailbox", "GET", "              L   F   F   F   A   F   A   A  F"),
    Row("P63", "mailbox_message", "GET", "      L   F   F   F   A   F   A   A  F", of=failed_message),
    Row("P63", "message_resend", "POST", "      L   F   F   F   A   F   F   A  F", of=failed_message),
]
