"""The reference says what the code says: settings by name, the pages made from the code, the words of events."""

import os
import re
import string
import subprocess
import sys
from pathlib import Path

from xiaoer.journal import events

from .reference import AGAIN
from .tree import ROOT, text_of, tracked

SETTING = re.compile(r"\bXIAOER_[A-Z][A-Z_]*[A-Z]\b")

# Events of a case or an application that rest on no single article, with the reason.
WITHOUT_LAW = {
    "case.terminated": "the law is named by who ends it",
    "case.begun": "work inside the organ",
    "case.lapsed": "local rule on unanswered notices (domain A.2), the notice itself cites article 32(4)",
    "case.started": "no law counts days in which an organ may not decide; alone it would be handed in on that day",
    "case.recalculated": "follows from a published calendar",
    "case.withdrawn": "the applicant's own decision before the organ's",
}


def own_events() -> list[events.EventType]:
    return [kind for kind in events.BY_NAME.values() if kind.data.__module__.startswith("xiaoer.")]


def test_the_pages_made_from_the_code_are_current():
    environment = {name: value for name, value in os.environ.items() if not SETTING.fullmatch(name)}
    command = [sys.executable, "-m", "tests.shape.reference", "--check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.split() == [], f"stale; run {AGAIN}"


def test_every_setting_is_documented_and_nothing_else():
    read = {
        name
        for path in [Path("run"), *tracked("xiaoer/*.py", "tools/*", "conftest.py", "tests/*.py")]
        for name in SETTING.findall(text_of(path))
    }
    told = set(SETTING.findall(text_of(Path("docs/reference/settings.md"))))
    assert read == told


def test_the_two_sentences_of_an_event_name_fields_that_it_has():
    for kind in own_events():
        fields = set(kind.data.__dataclass_fields__)
        for sentence in (kind.zh, kind.en):
            named = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            assert named <= fields, kind.name


def test_what_happens_to_a_case_cites_its_law():
    bare = {kind.name for kind in own_events() if kind.subject in {"case", "application"} and not kind.law}
    assert bare - set(WITHOUT_LAW) == set()
    assert set(WITHOUT_LAW) - bare == set(), "an exception that is needed no more"
