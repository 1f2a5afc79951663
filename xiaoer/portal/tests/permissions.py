"""Who gets which of the portal's pages: everybody."""

from tests.roles import PUBLIC

ROWS = {f"portal:{name}": PUBLIC for name in ("home", "help", "contact", "privacy", "accessibility")}
