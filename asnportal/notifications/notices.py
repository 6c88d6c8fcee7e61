"""What is told to one person: the words, before they become a row of the outbox."""

from dataclasses import dataclass
from datetime import datetime

from asnportal.notifications.models import Message
from asnportal.people.models import Employee, User

Urgency = Message.Urgency


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One message to one person for one purpose.

    ``key`` is "<purpose>:<what makes it once>", as in ``enrolment-decided:17``: a second notice with the same
    key is not sent. ``text`` holds plain paragraphs without greeting and without the link; ``link`` is a path
    of the portal, ``link_label`` the verb written before it. ``why`` says why the person gets this message.
    ``calendar`` is an .ics text (asnportal.common.ics). After ``expires_at`` it is not mailed any more.
    ``to`` is a bare address only for people outside the portal. What is ``private`` (assessments, the dialogue about
    a plan) is read by the receiver alone, not by officers in the mailbox.
    """

    key: str
    to: Employee | User | str
    subject: str
    text: tuple[str, ...]
    why: str
    link: str = ""
    link_label: str = "Buka di portal"
    urgency: Urgency = Urgency.OWN
    calendar: str = ""
    expires_at: datetime | None = None
    private: bool = False

    @property
    def purpose(self) -> str:
        return self.key.partition(":")[0]
