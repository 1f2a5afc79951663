"""Who gets the pages of the catalogue: everybody, signed in or not."""

from tests.roles import ROLES, Row, Stage
from xiaoer.catalogue.rules.sayings import name_id

from . import make

PLACE = {"region": make.RUICHANG, "key": "open_restaurant"}
NAME = name_id(make.said("food_licence").name)
FOOD = {"code": make.said("food_licence").code}

ROWS = {
    "catalogue:find": Row(seen_by=ROLES, query="?q=spjy"),
    "catalogue:suggest": Row(seen_by=ROLES, query="?q=spjy"),
    "catalogue:offers": Row(seen_by=ROLES, args=lambda stage: {"name": NAME}),
    "catalogue:services": Row(seen_by=ROLES),
    "catalogue:topic": Row(seen_by=ROLES, args=lambda stage: {"topic": "catering"}),
    "catalogue:organ": Row(seen_by=ROLES, args=lambda stage: {"organ": make.said("food_licence").organ}),
    "catalogue:service": Row(seen_by=ROLES, args=lambda stage: FOOD),
    "catalogue:service_pdf": Row(seen_by=ROLES, args=lambda stage: FOOD),
    "catalogue:bundle_pdf": Row(seen_by=ROLES, args=lambda stage: PLACE),
    "catalogue:service_question": Row(seen_by=ROLES, args=lambda stage: FOOD),
    "catalogue:bundle": Row(seen_by=ROLES, args=lambda stage: PLACE),
    "catalogue:bundle_question": Row(seen_by=ROLES, args=lambda stage: PLACE),
    "api-1:services": Row(seen_by=ROLES),
    "api-1:service": Row(seen_by=ROLES, args=lambda stage: FOOD),
    "api-1:bundles": Row(seen_by=ROLES),
    "api-1:bundle": Row(seen_by=ROLES, args=lambda stage: PLACE),
    "api-1:search": Row(seen_by=ROLES, query="?q=spjy"),
    "api-1:offers": Row(seen_by=ROLES, args=lambda stage: {"name": NAME}),
}


def prepare(stage: Stage) -> None:
    """The restaurant bundle in force."""
    make.published_restaurant()
