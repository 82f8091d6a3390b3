"""Uploads stay in memory and end at their limit: no personal picture ever lies in a temporary file."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

LARGEST_REQUEST = 11_000_000  # one file of 10 MB and the fields around it
_MOST_DISCARDED = 60_000_000  # a browser that is still sending does not read what we answer
_CHUNK = 1 << 18


class InMemoryLimited(MemoryFileUploadHandler):
    """Keep the file in memory; of a request over LARGEST_REQUEST nothing is kept, neither files nor fields."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803
        content_length: int,
        boundary: Any,  # bytes, whatever the stubs say
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        """Refuse by Content-Length. The view sees an empty form; `is_too_large` tells it why."""
        self.activated = True
        if content_length <= LARGEST_REQUEST:
            return None
        discarded = 0
        while discarded < min(content_length, _MOST_DISCARDED):
            chunk = input_data.read(_CHUNK)
            if not chunk:
                break
            discarded += len(chunk)
        return QueryDict(), MultiValueDict()


def is_too_large(request: HttpRequest) -> bool:
    """Whether the request was over the limit, so that its form arrived empty."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST
