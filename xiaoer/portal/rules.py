"""The site itself: whose platform this is, and who may say so.  # bilingual"""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from xiaoer.journal import rules as journal
from xiaoer.people.rules import permission

permission("portal.site", roles={"operator"}, reach="everywhere", zh="修改网站设置", en="change the site's settings")

SITE_ID = UUID(int=1)
"""There is one site: its row has this id, so that the primary key lets no second one in."""


@dataclass(frozen=True)
class SiteState:
    """Texts without English are shown in Chinese. phone: empty where only 12345 is answered."""

    region: str
    name: str
    name_en: str
    phone: str
    address: str
    address_en: str
    help: str
    help_en: str

    def text(self, field: str, *, language: str) -> str:
        """Return a text in the reader's language, in Chinese where there is no English."""
        own = str(getattr(self, f"{field}_en")) if language.startswith("en") else ""
        return own or str(getattr(self, field))


SITE = journal.subject(
    "site", model="portal.Site", state=SiteState, fold=partial(journal.took_over, kind=SiteState)
)  # fmt: skip

DESKS = (
    ({"clerk", "reviewer", "approver", "head"}, "cases:desk"),
    ({"operator"}, "oversight:deliveries"),
    ({"supervisor"}, "oversight:feed"),
    ({"organ_admin"}, "people:staff"),
)
"""Where officers begin their day, by role; the first that fits."""


def desks_of(roles: set[str]) -> list[str]:
    """Return the views at which an officer with these roles may begin, best first."""
    return [view for held, view in DESKS if held & roles]
