"""Bound what one upload may take of memory and disk, before any view sees it."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from .. import rules


class SizeLimit(FileUploadHandler):
    """Pass on a little more than the largest file allowed and drop the rest: it arrives too large, and is told so.

    First in FILE_UPLOAD_HANDLERS.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        """Return the chunk for the next handler, or None to drop it."""
        return raw_data if start <= rules.MAX_SIZE else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
