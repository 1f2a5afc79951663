"""A process that opens sheets and says the id of each only after its commit, until it is killed."""

import sys

import django

django.setup()

from tests.ledger.events import Added, Opened  # noqa: E402 - models need django.setup() first
from tests.make import NOW  # noqa: E402
from xiaoer.journal import services  # noqa: E402
from xiaoer.journal.services import SYSTEM, Change, New  # noqa: E402

while True:
    sheet = services.act([New("360481000000", Opened(title="三月", owner="张三"))], by=SYSTEM, now=NOW)[0]
    services.act([Change(sheet, Added(amount=1))], by=SYSTEM, now=NOW)
    sys.stdout.write(f"{sheet.id}\n")
    sys.stdout.flush()
