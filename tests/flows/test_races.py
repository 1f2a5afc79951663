"""Eight press the same button at once: one acts, seven are told plainly. Over HTTP, for every act there is."""

import html
import inspect
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.make import race
from xiaoer.api import api
from xiaoer.cases import rules
from xiaoer.cases.views import desk_acts
from xiaoer.journal import queries
from xiaoer.journal.models import Entry
from xiaoer.journal.rules import SUBJECTS
from xiaoer.kernel.refusal import SENTENCES

from . import press_cases, press_staff
from .press import EIGHT, Press, cast

RACES = {**press_cases.RACES, **press_staff.RACES}
READS = "only reads"
DRAFT = "a draft is no act: two devices that fill in one are merged question by question, which test_drafts tries"
OWN = "how somebody likes to see the platform: the last word holds"
SIGN_IN = "allauth's: sessions and factors, none of our acts"
CALM: dict[str, str] = {
    "account_*": SIGN_IN,
    "mfa_*": SIGN_IN,
    "admin:*": "the admin shows what is kept; what it saves are the acts that race here",
    "api-1:*": READS,
    "api-1:desk_upload_file": "an upload belongs to nothing until a question or an answer names it",
    "api-1:upload_file": "an upload belongs to nothing until an application names it",
    "catalogue:*": READS,
    "design:*": OWN,
    "licences:*": READS,
    "verify:*": READS,
    "portal:*": READS,
    "evaluation:*": READS,
    "notices:*": "marks of what was read and the channels of messages: the last word holds",
    "oversight:*": READS,
    "cases:mine": READS,
    "cases:draft": READS,
    "cases:application": READS,
    "cases:received": READS,
    "cases:own_paper": READS,
    "cases:document": READS,
    "cases:paper_file": READS,
    "cases:desk": READS,
    "cases:desk_find": READS,
    "cases:desk_case": READS,
    "cases:desk_keys": OWN,
    "cases:desk_note": "each press leaves a note, which is no act",
    "cases:desk_reveal": "each look is journalled by itself, and every one is allowed",
    "cases:desk_window_begin": DRAFT,
    "cases:start": DRAFT,
    "cases:who": DRAFT,
    "cases:question": DRAFT,
    "cases:papers": DRAFT,
    "cases:paper": DRAFT,
    "cases:delivery": DRAFT,
    "cases:discard": DRAFT,
    "people:me": READS,
    "people:preferences": OWN,
    "people:sign_in_again": READS,
    "people:sign_out_others": "what is ended stays ended, whoever presses",
    "people:new_password": "somebody's own password: the last word holds",
    "people:firms": READS,
    "people:firm": READS,
    "people:staff": READS,
    "people:post": READS,
    "people:find": READS,
    "people:person_desk": "each look is journalled by itself, and every one is allowed",
    "people:organs": READS,
    "people:halls": READS,
    "people:calendars": READS,
    "people:calendar": READS,
    "people:demo_codes": READS,
    "people:recipients": READS,
    "people:recipient_new": "each press adds a line to one's own address book, up to its limit",
    "people:recipient_remove": "a line of one's own that is gone is gone: the later press finds nothing",
    "people:regions": READS,
    "people:region": READS,
    "people:zones": READS,
}

EXPANDED = {
    "cases:desk_act": list(desk_acts.ACTS),
    "cases:desk_step": list(rules.STEP_ACTS),
    "cases:desk_bill": ["take", "refund"],
    "cases:hearing": ["ask", "drop"],
}  # fmt: skip
"""Addresses of several acts, each of which races by itself."""
PARAMETER = re.compile(r"\{.*?\}")
SAID = [words for pair in SENTENCES.values() for words in pair if len(PARAMETER.sub("", words)) > 6]
TOLD = re.compile("|".join(".*?".join(map(re.escape, PARAMETER.split(words))) for words in SAID))
"""Any refusal in words; not those that are nearly all parameter."""


def taking_posts() -> Iterator[str]:
    """Give every address that takes a POST, as far as it says itself."""
    for space, pattern in _walk(get_resolver().url_patterns, ""):
        name = f"{space}{pattern.name or pattern.pattern}"
        if "POST" in _methods(pattern.callback):
            yield from [f"{name}:{act}" for act in EXPANDED[name]] if name in EXPANDED else [name]
    for _prefix, router in api._routers:
        for path in router.path_operations.values():
            for operation in path.operations:
                if set(operation.methods) - {"GET", "HEAD"}:
                    yield f"api-1:{operation.url_name}"


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "api-1":
                yield from _walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield space, pattern


def _methods(view: Callable[..., Any]) -> list[str]:
    """Return the methods that a view takes by require_http_methods; all where it says nothing."""
    while view:
        said = inspect.getclosurevars(view).nonlocals.get("request_method_list") if inspect.isfunction(view) else None
        if said:
            return list(said)
        view = getattr(view, "__wrapped__", None)
    return ["GET", "POST"]


def calm(name: str) -> bool:
    return name in CALM or any(key.endswith("*") and name.startswith(key[:-1]) for key in CALM)


def test_every_address_that_takes_posts_is_raced_or_says_why_not():
    names = list(taking_posts())
    assert len(names) > 80
    assert [name for name in names if name not in RACES and not calm(name)] == []
    assert [name for name in names if name.startswith("api-1:") and name not in RACES and name not in CALM] == []
    assert [name for name in RACES if name not in names] == []


@pytest.mark.races
def test_of_eight_who_press_at_once_one_acts_and_seven_are_told_plainly(fresh_database, settings, tmp_path, capsys):
    settings.DEMO, settings.PAYMENT = True, "xiaoer.cases.services.pay_stand_in.ADAPTER"
    settings.VAR_DIR = tmp_path
    stage, faults = cast(), []
    for name, prepare in RACES.items():
        faults += [f"{name}: {fault}" for fault in fault_of(prepare(stage))]
    assert not faults, "\n".join(faults)
    assert [found for kind in SUBJECTS for found in queries.differences(kind)] == []
    with capsys.disabled():
        print(f"\n{len(RACES)} acts, {EIGHT} at each: ok")


def fault_of(press: Press) -> list[str]:
    """Press eight times at once; return what is not as it should be."""
    before = Entry.objects.filter(name=press.makes).count()
    answers = race(EIGHT, press.push)
    made = Entry.objects.filter(name=press.makes).count() - before
    broken = [repr(one) for one in answers if isinstance(one, Exception)]
    broken += [f"{one.status_code}" for one in answers if not isinstance(one, Exception) and one.status_code >= 500]
    if broken:
        return broken
    told = [one for one in answers if is_told(one, press)]
    acted = [one for one in answers if one not in told]
    enough = len(acted) == EIGHT if press.same else len(acted) >= 1 if press.harmless else len(acted) == 1
    if made == bool(press.makes) and enough and all(one.status_code < 300 for one in acted):
        return []
    seen = ", ".join(f"{one.status_code}{' told' if one in told else ''}" for one in answers)
    return [f"{made} entries, {len(acted)} acted: {seen}"]


def is_told(answer: Any, press: Press) -> bool:
    """Whether an answer says plainly, in the words of a refusal, that somebody was first."""
    is_json = answer.headers.get("Content-Type", "").startswith("application/json")
    said = json.dumps(answer.json(), ensure_ascii=False) if is_json else html.unescape(answer.content.decode())
    return bool(TOLD.search(said)) or any(words in said for words in press.plain)
