"""Uploads stay in memory and end at their limit: no personal picture ever lies in a temporary file."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload

LARGEST_REQUEST = 11_000_000  # one file of 10 MB and the fields around it


class InMemoryLimited(MemoryFileUploadHandler):
    """Keep the file in memory; a request over LARGEST_REQUEST is not read to its end."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: N803
        """Refuse by Content-Length before a byte is kept. The view sees no file and says "file_too_large"."""
        self.activated = True
        if content_length > LARGEST_REQUEST:
            raise StopUpload(connection_reset=False)
