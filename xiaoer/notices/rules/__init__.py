"""Papers, their numbers and codes, what is said about remedies, and messages to people."""

from .document import DOCUMENT, WAYS, DocumentState
from .kinds import KINDS, Kind, Organ, Way, paper
from .message import (
    CHANNELS,
    EMAIL,
    INBOX,
    MESSAGE,
    MESSAGES,
    SMS,
    Channel,
    Letter,
    MessageKind,
    Words,
    is_inside,
    message_kind,
    words,
)
from .numbers import code_of, document_number, normal_code, parted, shard_of
from .remedies import remedies, remedies_of_silence

__all__ = [
    "CHANNELS", "DOCUMENT", "EMAIL", "INBOX", "KINDS", "MESSAGE", "MESSAGES", "SMS", "WAYS", "Channel", "DocumentState",
    "Kind", "Letter", "MessageKind", "Organ", "Way", "Words", "code_of", "document_number", "is_inside", "message_kind",
    "normal_code", "paper", "parted", "remedies", "remedies_of_silence", "shard_of", "words",
]  # fmt: skip
