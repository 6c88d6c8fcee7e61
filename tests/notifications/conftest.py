"""A mail server to talk to, and a clock in the middle of a working day."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine

from tests.factories import WITA
from tests.notifications.smtp import MailServer

NOON = datetime(2026, 11, 24, 12, tzinfo=WITA)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def mail_server(settings) -> Iterator[Callable[..., MailServer]]:
    """Start a stand-in with the given answers and point the portal at it."""
    servers = []

    def start(**answers: object) -> MailServer:
        server = MailServer(**answers)
        servers.append(server)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        return server

    yield start
    for server in servers:
        server.close()
