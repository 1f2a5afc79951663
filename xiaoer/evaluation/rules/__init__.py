"""What may be rated, by whom, until when, and for which reasons (好差评; 国办发〔2019〕51号, domain D)."""

from . import sentences
from .fold import EXPIRE, INVITATION, RATING, InvitationState, RatingState, must_be_open
from .levels import BAD, GOOD, LEVELS, MOST_WORDS, check, is_bad
from .permissions import INVITED, READ, SUPERVISE
from .reasons import INDICATORS, Indicator, indicators

__all__ = [
    "BAD", "EXPIRE", "GOOD", "INDICATORS", "INVITATION", "INVITED", "LEVELS", "MOST_WORDS", "RATING", "READ",
    "SUPERVISE", "Indicator", "InvitationState", "RatingState", "check", "indicators", "is_bad", "must_be_open",
    "sentences",
]  # fmt: skip
