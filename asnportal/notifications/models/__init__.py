from asnportal.notifications.models.message import Message

__all__ = ["Message"]
