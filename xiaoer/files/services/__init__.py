"""Acts on files."""

from .attach import attach, attachment, withdraw
from .store import store

__all__ = ["attach", "attachment", "store", "withdraw"]
