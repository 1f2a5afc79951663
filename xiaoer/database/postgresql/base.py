"""Django's backend for PostgreSQL, with a health check that costs no question (docs/decisions/0013)."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection on which nothing has come in is as it was left: its server has not said goodbye."""

    def is_usable(self) -> bool:
        """Whether a connection that lay idle may be used again: asks the server only when it has said something."""
        heard = select.poll()
        heard.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if heard.poll(0) else True
