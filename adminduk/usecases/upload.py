"""A file that comes in parts and may break off: begun, continued, given up, and taken as any other file.

What a part's answer acknowledges is on stable storage, sealed. Parts are of no use to anybody but the owner.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from adminduk.foundation import clock
from adminduk.foundation.ids import uuid7
from adminduk.foundation.limits import Limit, spend
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications import queries as cases
from adminduk.modules.uploads import actions as uploads
from adminduk.modules.uploads import queries as under_way
from adminduk.modules.uploads.types import Upload
from adminduk.usecases.attach import attach, refuse_document
from adminduk.usecases.case_record import record
from adminduk.usecases.outside import catalogue, storage

LARGEST_FILE = 10_000_000  # bytes, as for a file that comes whole
LARGEST_PART = 256 * 1024  # bytes; a buffering proxy keeps a broken one to itself
SMALLEST_PART = 8 * 1024  # bytes, but for the last: ten million parts of one byte are an attack
MOST_OPEN, MOST_BYTES = 10, 60_000_000  # of one person at a time
BEGUN = Limit("uploads", 150, timedelta(hours=1))
DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


def kept_for() -> timedelta:
    """How long a file may take to arrive."""
    return timedelta(days=catalogue().retention["upload"].days)


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the sender says about a part: `algorithm` is one of DIGESTS."""

    algorithm: str
    digest: bytes

    def fits(self, data: bytes) -> bool:
        """Whether the part arrived as it was sent."""
        return hmac.compare_digest(DIGESTS[self.algorithm](data).digest(), self.digest)


def begin(actor: Actor, application_id: UUID, *, requirement_id: str, length: int) -> Upload:
    """A place for a file of `length` bytes that will answer a requirement.

    Raises NotFound; DomainError: not_open, file_empty, file_too_large, uploads_open (too much under way), too_often.
    """
    if length < 1:
        raise DomainError("file_empty")
    if length > LARGEST_FILE:
        raise DomainError("file_too_large", max_mb=LARGEST_FILE // 1_000_000)
    spend(BEGUN, str(actor.id))
    at = clock.now()
    with acting_as(actor):
        case = cases.get_case(application_id)
        refuse_document(case, requirement_id)
        uploads.hold_back_others(actor.id)
        count, size = under_way.open_of_owner(actor.id, at=at)
        if count >= MOST_OPEN or size + length > MOST_BYTES:
            raise DomainError("uploads_open", most=MOST_OPEN)
        fresh = Upload(
            id=uuid7(),
            region_id=case.region_id,
            owner_id=actor.id,
            application_id=case.id,
            requirement=requirement_id,
            length=length,
            received=0,
            ended_as="",
            expires_at=at + kept_for(),
        )
        uploads.begin(fresh, at=at)
        record("case.begin_upload", case, actor=actor, at=at)
    return fresh


def look(actor: Actor, application_id: UUID, upload_id: UUID) -> Upload:
    """How far an upload is. Raises NotFound, DomainError("upload_ended") when it has ended or expired."""
    with acting_as(actor):
        return _going_on(actor, application_id, upload_id)


def append(
    actor: Actor, application_id: UUID, upload_id: UUID, *, offset: int, data: bytes, checksum: Checksum | None
) -> Upload:
    """Acknowledge the bytes from `offset` on; of several at once for the same place one wins.

    Raises NotFound; DomainError: upload_ended, upload_place (it does not go on there), part_too_large, part_too_small,
    part_changed (the checksum does not fit); Unavailable. In each case nothing has changed.
    """
    if checksum is not None and not checksum.fits(data):
        raise DomainError("part_changed")
    with acting_as(actor):
        upload = _going_on(actor, application_id, upload_id)
    if offset != upload.received:
        raise DomainError("upload_place")
    if len(data) > min(LARGEST_PART, upload.length - offset):
        raise DomainError("part_too_large")
    if not data:
        return upload
    if len(data) < SMALLEST_PART and offset + len(data) < upload.length:
        raise DomainError("part_too_small")
    name = storage().new_key()
    storage().put(name, uploads.seal(data, upload=upload, begins_at=offset))
    with acting_as(actor):
        is_ours = uploads.append(upload, begins_at=offset, size=len(data), object_key=name)
        fresh = under_way.get_upload(upload_id, application_id=application_id)
    if not is_ours:
        storage().delete(name)
        raise DomainError("upload_place")
    return fresh


def give_up(actor: Actor, application_id: UUID, upload_id: UUID) -> None:
    """The person does not want to send it any more. Raises NotFound, DomainError("upload_ended")."""
    with acting_as(actor):
        _going_on(actor, application_id, upload_id)
        uploads.end(upload_id, ended_as="given_up")


def take(
    actor: Actor,
    application_id: UUID,
    upload_id: UUID,
    *,
    requirement_id: str,
    kind: str,
    replacing: UUID | None = None,
) -> int:
    """Add a whole upload's pages to its document, as `attach` does with a file; returns how many. Twice is harmless.

    Raises as `attach`, and DomainError: upload_ended, upload_unfinished. A file that is refused for what it is ends.
    """
    with acting_as(actor):
        upload = _own(actor, application_id, upload_id)
        parts = under_way.list_parts(upload.id)
    if upload.requirement != requirement_id:
        raise NotFound("upload")
    if upload.ended_as == "taken":
        return 0
    _refuse_ended(upload)
    if not upload.is_whole:
        raise DomainError("upload_unfinished")
    data = b"".join(
        uploads.unseal(storage().get(part.object_key), upload=upload, begins_at=part.begins_at) for part in parts
    )
    try:
        count = attach(actor, application_id, requirement_id=requirement_id, kind=kind, data=data, replacing=replacing)
    except DomainError as refusal:
        if refusal.code.startswith("file_"):
            _end(actor, upload, is_taken=False)
        raise
    _end(actor, upload, is_taken=True)
    return count


def _end(actor: Actor, upload: Upload, *, is_taken: bool) -> None:
    with acting_as(actor):
        uploads.end(upload.id, ended_as="taken" if is_taken else "given_up")


def _going_on(actor: Actor, application_id: UUID, upload_id: UUID) -> Upload:
    upload = _own(actor, application_id, upload_id)
    _refuse_ended(upload)
    return upload


def _refuse_ended(upload: Upload) -> None:
    if upload.ended_as or upload.expires_at <= clock.now():
        raise DomainError("upload_ended")


def _own(actor: Actor, application_id: UUID, upload_id: UUID) -> Upload:
    upload = under_way.get_upload(upload_id, application_id=application_id)
    if upload.owner_id != actor.id:  # staff see rows of their region, but nobody continues another's file
        raise NotFound("upload")
    return upload
