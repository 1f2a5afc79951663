"""What differs between clocks: a small table for each, and the error that all of them raise.  # bilingual"""

from dataclasses import dataclass

from xiaoer.kernel import refusal
from xiaoer.kernel.clock.sentences import ACTS, SENTENCES

refusal.register(SENTENCES)

# 行政许可法 (2019-04-23) art 45: the time these take is not counted, and has to be told in writing.
LICENCE_GROUNDS = frozenset({"听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"})

LICENCE_ACTS = frozenset(
    {
        "receive",
        "notify",
        "supplement",
        "lapse",
        "accept",
        "deem",
        "decline",
        "withdraw",
        "terminate",
        "suspend",
        "resume",
        "extend",
        "decide",
        "deliver",
        "reopen",
        "recalculate",
    }
)


class ClockError(refusal.Refusal):
    """An act the law does not allow at this point. `code` is stable, `params` fill the sentence.

    Codes: unknown_act, bad_input, out_of_order, not_received, already_received, closed, not_accepted,
    already_accepted, already_decided, second_notify, supplement_without_notify, lapse_without_notify,
    lapse_too_early, suspend_twice, resume_without_suspend, bad_ground, second_extend, extend_after_expiry, bad_days,
    deliver_before_decide, not_deemed, not_closed.
    """

    def __init__(self, code: str, **params: object) -> None:
        named = {f"{name}_zh": ACTS.get(str(params[name]), params[name]) for name in ("act", "by") if name in params}
        super().__init__(f"clock.{code}", **params, **named)
        self.code = code

    def message(self, language: str = "zh-hans") -> str:
        """The sentence for people; `language` is zh-hans or en."""
        return refusal.sentence(self, language=language)

    def __str__(self) -> str:
        return f"{self.code}: {self.message('en')}"


@dataclass(frozen=True, kw_only=True)
class ClockRules:
    """The table of one clock.

    acts           the acts it knows
    starts_with    the act that starts the main clock: accept for a licence, receive for a filing or a complaint
    silence_days   working days after which silence is acceptance, or None where the law knows no such thing
    delivery_days  working days from the decision to its delivery, or None
    grounds        what may suspend it; besides these, a text that begins with `cited`
    """

    acts: frozenset[str] = LICENCE_ACTS
    starts_with: str = "accept"
    silence_days: int | None = 5
    delivery_days: int | None = 10
    grounds: frozenset[str] = LICENCE_GROUNDS
    cited: str = "法律依据:"

    def allows_ground(self, ground: str) -> bool:
        """Whether time may stop for this reason: one of the list, or a law that is cited after the prefix."""
        # A Chinese keyboard writes the full-width colon; it is the same citation.
        text = ground.strip().replace("：", ":", 1)
        return text in self.grounds or (text.startswith(self.cited) and len(text) > len(self.cited))


# 行政许可法 (2019-04-23): silence art 32(4), decision art 42, delivery art 44, suspension art 45.
LICENCE = ClockRules()
