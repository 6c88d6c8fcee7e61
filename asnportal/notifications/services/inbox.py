"""Reading one's own messages."""

from django.utils import timezone

from asnportal.notifications.models import Message
from asnportal.people.models import User


def read(message: Message) -> None:
    """The person opened the message. Once read it stays read."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())


def read_all(user: User) -> int:
    """Everything that waits unread is read now; gives how many these were."""
    return Message.objects.inbox_of(user).filter(read_at=None).update(read_at=timezone.now())
