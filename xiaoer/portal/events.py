"""Events of the site itself.  # bilingual"""

from dataclasses import dataclass

from xiaoer.journal.events import event


@event(
    "site.described", subject="site", zh="修改了网站名称、地址和电话", en="changed the site's name, address and phone"
)
@dataclass(frozen=True)
class SiteDescribed:
    """Whose platform this is. region: the 12-digit code whose matters the home page offers; texts in two languages."""

    region: str
    name: str
    name_en: str
    phone: str
    address: str
    address_en: str
    help: str
    help_en: str
