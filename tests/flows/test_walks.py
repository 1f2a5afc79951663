"""Random services, random acts: nothing hangs or stands on nothing, what is offered is not refused, every case can be
carried to its end, rows equal replay. XIAOER_WALK_STEPS: how many random acts, 2,000 in ./run check, 20,000 in prove.
"""

import os
from collections import Counter

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from xiaoer.cases.rules import FINAL
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Timer

from .walks import Walk

pytestmark = [pytest.mark.tools, pytest.mark.django_db]
STEPS = int(os.environ.get("XIAOER_WALK_STEPS", "2000"))
LENGTH = 100
UNSHRUNK = (Phase.reuse, Phase.generate)
"""A walk that fails is told as it was found: making it shorter would take five minutes of acts."""


class Lives(RuleBasedStateMachine):
    """One application after another; ended: what became of each."""

    counts: Counter[str] = Counter()
    walk: Walk | None = None

    @initialize(data=st.data())
    def first(self, data):
        self.begin(data)

    def begin(self, data):
        self.walk = Walk(lambda number: data.draw(st.integers(0, number - 1)))

    @rule(data=st.data())
    def act(self, data):
        if self.walk.over():
            self.end()
            self.begin(data)
        self.walk.go(lambda number: data.draw(st.integers(0, number - 1)))

    @invariant()
    def nothing_hangs(self):
        assert self.walk is None or self.walk.hanging() == []

    @invariant()
    def nothing_stands_on_what_is_gone(self):
        assert self.walk is None or self.walk.groundless() == []

    @invariant()
    def no_timer_failed(self):
        assert not list(Timer.objects.exclude(error="").values_list("name", "error"))

    def teardown(self):
        if self.walk is not None:
            self.end()

    def end(self):
        """Carry the application to its end and count what became of it."""
        done = sum(self.walk.counts.values())
        ends = set(self.walk.finish().values())
        assert ends <= FINAL, f"a case was not carried to its end: {ends - FINAL}"
        self.counts.update(self.walk.counts)
        self.counts.update({"acts": done, "walks": 1, "services": self.walk.size})
        self.counts.update(
            {"walks with a refusal": "refused" in ends, "walks with a return": self.walk.returned,
             "walks granted in part": "granted" in ends and len(ends) > 1}
        )  # fmt: skip


def test_random_lives_of_cases_end_and_are_what_their_entries_say():
    Lives.counts = Counter()
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=STEPS // LENGTH + 2,
            stateful_step_count=LENGTH,
            deadline=None,
            derandomize=STEPS <= 2000,
            phases=UNSHRUNK,
        ),
    )
    for name, number in sorted(Lives.counts.items()):
        print(f"{name}: {number}")
    walks = Lives.counts["walks"]
    assert Lives.counts["acts"] >= STEPS
    for share in ("walks with a refusal", "walks with a return", "walks granted in part"):
        assert Lives.counts[share] > walks / 10, f"{share}: {Lives.counts[share]} of {walks}"
    for kind in ("application", "case", "step"):
        assert not list(journal.differences(kind))
