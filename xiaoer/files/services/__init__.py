"""Acts on files."""

from .attach import attach, attachment, withdraw
from .store import remove, store

__all__ = ["attach", "attachment", "remove", "store", "withdraw"]
