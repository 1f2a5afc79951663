"""What tests of the catalogue are made with: the demonstration's own files, published by acts."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import xiaoer.cli
from tests.make import NOW
from xiaoer.catalogue import rules, services
from xiaoer.catalogue.models import BundleVersion, ServiceVersion
from xiaoer.journal.services import SYSTEM

DEMO = Path(xiaoer.cli.__file__).parent / "demo" / "catalogue"
MEMBERS = ("business_licence", "food_licence", "signboard", "seal_filing", "fire_check")
RUICHANG = "360481000000"


def said(name: str, /, **changed: Any) -> rules.ServiceSnapshot:
    """A service of the restaurant bundle, with some fields changed."""
    return replace(rules.read_service(rules.parse((DEMO / f"{name}.json").read_text())), **changed)


def bundle_said(**changed: Any) -> rules.BundleSnapshot:
    """The restaurant bundle, with some fields changed."""
    return replace(rules.read_bundle(rules.parse((DEMO / "open_restaurant.json").read_text())), **changed)


def restaurant() -> rules.Offer:
    """The restaurant bundle merged with its members, without a database."""
    members = [said(name) for name in MEMBERS]
    return rules.merge(bundle_said(), {member.code: member for member in members})


def published(name: str = "food_licence", *, valid_from: datetime = NOW, **changed: Any) -> ServiceVersion:
    """A service in force; what is in force already stays as it is."""
    version = services.draft_service(said(name, **changed), by=SYSTEM, now=NOW)
    if version.state == "published":
        return version
    return services.publish_service(version, valid_from=valid_from, by=SYSTEM, now=NOW)


def published_restaurant(*, valid_from: datetime = NOW) -> BundleVersion:
    """The restaurant bundle in force, with its members; what is in force already stays as it is."""
    for name in MEMBERS:
        published(name, valid_from=valid_from)
    version = services.draft_bundle(bundle_said(), by=SYSTEM, now=NOW)
    if version.state == "published":
        return version
    return services.publish_bundle(version, valid_from=valid_from, by=SYSTEM, now=NOW)
