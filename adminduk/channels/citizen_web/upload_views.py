"""tus 1.0 below a document: files in parts, continued after a break. A script speaks it; without one forms do it all.

Extensions: creation, expiration, checksum, termination. Answers are for scripts: a status and headers, no words.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date

from adminduk.channels.citizen_web.answers import actor_of
from adminduk.foundation.pages.access import for_citizen
from adminduk.kernel.errors import DomainError, Unavailable
from adminduk.modules.uploads.types import Upload
from adminduk.usecases import upload
from adminduk.usecases.upload import Checksum

VERSION = "1.0.0"
PART = "application/offset+octet-stream"
_NUMBER = re.compile(r"[0-9]{1,15}")
_STATUS = {
    "not_found": 404,
    "not_open": 409,
    "upload_place": 409,
    "upload_ended": 410,
    "file_empty": 400,
    "file_too_large": 413,
    "part_too_large": 413,
    "part_too_small": 400,
    "part_changed": 460,
    "uploads_open": 429,
    "too_often": 429,
}
View = Callable[..., HttpResponse]


def _speaks_tus(view: View) -> View:
    """The version is agreed on, the method may be written in a header, and refusals are codes."""

    @wraps(view)
    def answered(request: HttpRequest, **place: object) -> HttpResponse:
        if request.method == "POST":  # some firewalls let nothing else through
            request.method = request.headers.get("X-HTTP-Method-Override", "POST")
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            answer = HttpResponse(status=412, headers={"Tus-Version": VERSION})
        else:
            answer = _or_refused(view, request, place)
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


def _or_refused(view: View, request: HttpRequest, place: dict[str, object]) -> HttpResponse:
    try:
        return view(request, **place)
    except DomainError as refusal:
        headers = {"Upload-Problem": refusal.code}
        if "minutes" in refusal.params:
            headers["Retry-After"] = str(60 * int(refusal.params["minutes"]))
        return HttpResponse(status=_STATUS[refusal.code], headers=headers)
    except Unavailable:
        return HttpResponse(status=503, headers={"Retry-After": "30"})


@for_citizen
@_speaks_tus
def uploads(request: HttpRequest, application_id: UUID, requirement_id: str) -> HttpResponse:
    """OPTIONS: what this server can do. POST: begin an upload for this document."""
    if request.method == "OPTIONS":
        return _abilities()
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "OPTIONS, POST"})
    length = _number(request, "Upload-Length")
    if length is None:
        return HttpResponse(status=400)
    begun = upload.begin(actor_of(request), application_id, requirement_id=requirement_id, length=length)
    place = {"application_id": application_id, "requirement_id": requirement_id, "upload_id": begun.id}
    headers = {"Location": reverse("citizen:upload", kwargs=place), "Upload-Expires": _expiry(begun)}
    return HttpResponse(status=201, headers=headers)


@for_citizen
@_speaks_tus
def one_upload(request: HttpRequest, application_id: UUID, requirement_id: str, upload_id: UUID) -> HttpResponse:
    """HEAD: how far it is. PATCH: the next part. DELETE: give it up."""
    if request.method == "OPTIONS":
        return _abilities()
    if request.method == "HEAD":
        found = upload.look(actor_of(request), application_id, upload_id)
        headers = _progress(found) | {"Upload-Length": str(found.length)}
        return HttpResponse(headers=headers)
    if request.method == "PATCH":
        return _patched(request, application_id, upload_id)
    if request.method == "DELETE":
        upload.give_up(actor_of(request), application_id, upload_id)
        return HttpResponse(status=204)
    return HttpResponse(status=405, headers={"Allow": "OPTIONS, HEAD, PATCH, DELETE"})


def _patched(request: HttpRequest, application_id: UUID, upload_id: UUID) -> HttpResponse:
    if request.content_type != PART:
        return HttpResponse(status=415)
    size, offset = _number(request, "Content-Length"), _number(request, "Upload-Offset")
    if size is None:
        return HttpResponse(status=411)
    if size > upload.LARGEST_PART:
        return HttpResponse(status=413, headers={"Upload-Problem": "part_too_large"})
    checksum, is_understood = _checksum(request)
    if offset is None or not is_understood:
        return HttpResponse(status=400)
    try:
        data = request.read()
    except UnreadablePostError:
        data = b""
    if len(data) != size:  # it broke off on its way; what came is not acknowledged
        return HttpResponse(status=400)
    fresh = upload.append(actor_of(request), application_id, upload_id, offset=offset, data=data, checksum=checksum)
    return HttpResponse(status=204, headers=_progress(fresh))


def _abilities() -> HttpResponse:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Max-Size": str(upload.LARGEST_FILE),
        "Tus-Checksum-Algorithm": ",".join(upload.DIGESTS),
    }
    return HttpResponse(status=204, headers=headers)


def _progress(found: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(found.received), "Upload-Expires": _expiry(found)}


def _expiry(found: Upload) -> str:
    return http_date(found.expires_at.timestamp())


def _number(request: HttpRequest, name: str) -> int | None:
    written = request.headers.get(name, "")
    return int(written) if _NUMBER.fullmatch(written) else None


def _checksum(request: HttpRequest) -> tuple[Checksum | None, bool]:
    """What `Upload-Checksum` says, and whether it can be understood; no such header is fine."""
    written = request.headers.get("Upload-Checksum")
    if written is None:
        return None, True
    algorithm, _, encoded = written.partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return None, False
    return Checksum(algorithm, digest), algorithm in upload.DIGESTS
