"""Forms with files as browsers send them, read in one go; whatever looks otherwise is left to Django's parser.

Django reads a form in pieces, as it would one of a gigabyte; ours are small, and in memory anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, TypeAlias

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

FieldsAndFiles: TypeAlias = tuple[QueryDict, MultiValueDict[str, Any]]

_HEAD: Final = re.compile(
    rb'\r\nContent-Disposition: form-data; name="([A-Za-z0-9_.-]{1,100})"'
    rb'(?:; filename="([A-Za-z0-9_][A-Za-z0-9_ ().-]{0,200})")?'
    rb"(?:\r\nContent-Type: ([A-Za-z0-9.+-]{1,100}/[A-Za-z0-9.+-]{1,100}))?\r\n\r\n"
)
_END: Final = b"--\r\n"
_MOST_PARTS: Final = 20
_LONGEST_FIELD: Final = 10_000  # bytes; with `_MOST_PARTS` below all of Django's limits


class _UnusualError(Exception):
    """Django's parser must tell what it is."""


def read_plain(body: bytes, boundary: bytes, encoding: str) -> FieldsAndFiles | None:
    """What Django's parser would find in `body`; None if the form is not as plain as browsers send most of them."""
    fields, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    try:
        for head, content in _parts(body, b"--" + boundary):
            name = head[1].decode()
            if head[2]:
                files.appendlist(name, _file(content, head))
            elif len(content) <= _LONGEST_FIELD:
                fields.appendlist(name, content.decode(encoding, "replace"))
            else:
                return None
    except _UnusualError:
        return None
    fields._mutable = False  # noqa: SLF001 - as Django's parser does
    return fields, files


def _parts(body: bytes, separator: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """The head and the content of each part. A separator anywhere ends a part, as Django has it."""
    if not body.startswith(separator):
        raise _UnusualError
    at = len(separator)
    for _ in range(_MOST_PARTS):
        if at + len(_END) == len(body) and body.endswith(_END):
            return
        head = _HEAD.match(body, at)
        end = body.find(separator, at)
        if head is None or end < head.end() + 2 or body[end - 2 : end] != b"\r\n":
            raise _UnusualError
        yield head, body[head.end() : end - 2]
        at = end + len(separator)
    raise _UnusualError


def _file(content: bytes, head: re.Match[bytes]) -> InMemoryUploadedFile:
    field_name, name, content_type = (group.decode() for group in head.groups(b""))
    return InMemoryUploadedFile(BytesIO(content), field_name, name, content_type.lower(), len(content), None, {})
