"""What is offered in the demonstration: the restaurant bundle and its services, and the county's other services."""

from datetime import datetime
from pathlib import Path

from xiaoer.catalogue import rules, services
from xiaoer.journal.services import SYSTEM

HERE = Path(__file__).resolve().parent / "catalogue"


def publish_offers(since: datetime) -> int:
    """Publish every snapshot of the folder and those below, services before bundles; return how many."""
    found = [rules.read(rules.parse(path.read_text())) for path in sorted(HERE.rglob("*.json"))]
    for snapshot in found:
        if isinstance(snapshot, rules.ServiceSnapshot):
            draft = services.draft_service(snapshot, by=SYSTEM, now=since)
            services.publish_service(draft, valid_from=since, decided_at=since, by=SYSTEM, now=since)
    for snapshot in found:
        if isinstance(snapshot, rules.BundleSnapshot):
            bundle = services.draft_bundle(snapshot, by=SYSTEM, now=since)
            services.publish_bundle(bundle, valid_from=since, decided_at=since, by=SYSTEM, now=since)
    return len(found)
