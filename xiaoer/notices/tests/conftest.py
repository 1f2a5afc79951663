"""Outside systems for the channels of messages: a mail server in a thread, a gateway for text messages as a process."""

import threading

import pytest

from .gateway import Gateway
from .mailbox import Mailbox


@pytest.fixture
def mailbox(settings):
    with Mailbox() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


@pytest.fixture
def gateway(settings):
    with Gateway() as running:
        settings.SMS = {**settings.SMS, **running.terms}
        yield running
