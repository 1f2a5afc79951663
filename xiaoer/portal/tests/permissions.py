"""Who gets which of the portal's pages: everybody, but officers are led from home to their desk."""

from tests.roles import OFFICERS, PEOPLE, PUBLIC, Row
from xiaoer.portal.rules import DESKS
from xiaoer.portal.views.home import link

PUBLIC_PAGES = ("verify", "help", "contact", "privacy", "accessibility", "halls", "organs")


def at_home() -> set[str]:
    """The roles that stay on the home page: persons, and officers whose desk is not built."""
    led = {role for held, view in DESKS for role in held if link(view)}
    return {
        *PEOPLE,
        *(
            role
            for role in OFFICERS
            if role.replace("foreign_admin", "organ_admin").removeprefix("foreign_") not in led
        ),
    }


ROWS = {
    "portal:home": Row(seen_by=at_home(), others="elsewhere"),
    "portal:site": Row(seen_by=("operator",)),
    **{f"portal:{name}": PUBLIC for name in PUBLIC_PAGES},
}
