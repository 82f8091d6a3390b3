"""Uploads stay in memory and end at their limit: no personal picture ever lies in a temporary file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from adminduk.foundation.forms_with_files import FieldsAndFiles, read_plain

LARGEST_REQUEST = 11_000_000  # one file of 10 MB and the fields around it
_MOST_DISCARDED = 60_000_000  # a browser that is still sending does not read what we answer
_CHUNK = 1 << 18


class InMemoryLimited(MemoryFileUploadHandler):
    """Keep the files in memory; of a request over LARGEST_REQUEST nothing is kept, neither files nor fields."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803
        content_length: int,
        boundary: Any,  # bytes, whatever the stubs say
        encoding: str | None = None,
    ) -> FieldsAndFiles:
        """Read the form, or refuse it by Content-Length: the view sees it empty, and `is_too_large` tells why."""
        if content_length <= LARGEST_REQUEST:
            return self._read(_all_of(input_data, content_length), META, boundary, encoding or "utf-8")
        discarded = 0
        while discarded < min(content_length, _MOST_DISCARDED):
            chunk = input_data.read(_CHUNK)
            if not chunk:
                break
            discarded += len(chunk)
        return QueryDict(), MultiValueDict()

    def _read(self, body: bytes, meta: Any, boundary: bytes, encoding: str) -> FieldsAndFiles:
        plain = read_plain(body, boundary, encoding)
        if plain is not None:
            return plain
        kept = [MemoryFileUploadHandler(self.request)]
        return MultiPartParser({**meta, "CONTENT_LENGTH": len(body)}, BytesIO(body), kept, encoding).parse()


def _all_of(input_data: Any, length: int) -> bytes:
    """All that was announced, or less if the browser has gone away."""
    body: bytes = input_data.read(length)
    while len(body) < length and (more := input_data.read(length - len(body))):
        body += more
    return body


def is_too_large(request: HttpRequest) -> bool:
    """Whether the request was over the limit, so that its form arrived empty."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST
