"""Papers, their numbers and codes, what is said about remedies, and messages to people."""

from .document import DOCUMENT, WAYS, DocumentState
from .kinds import KINDS, Kind, Organ, Way, paper
from .numbers import code_of, document_number, normal_code, parted, shard_of
from .remedies import remedies

__all__ = [
    "DOCUMENT", "KINDS", "WAYS", "DocumentState", "Kind", "Organ", "Way", "code_of", "document_number", "normal_code",
    "paper", "parted", "remedies", "shard_of",
]  # fmt: skip
