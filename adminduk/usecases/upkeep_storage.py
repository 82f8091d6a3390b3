"""Pictures whose page is gone, and objects that never got a page."""

from __future__ import annotations

import itertools
import logging
from datetime import timedelta

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor
from adminduk.modules.documents import actions as documents
from adminduk.modules.documents import queries as pages
from adminduk.modules.uploads import actions as uploads
from adminduk.modules.uploads import queries as under_way
from adminduk.usecases.outside import storage

log = logging.getLogger(__name__)
BATCH = 500
# An upload stores its pictures before its rows; a day is far longer than any upload.
ORPHAN_AFTER = timedelta(days=1)
# So many unknown objects are no leftovers: the database is another one, or was restored from too long ago.
SUSPICIOUS = 1000


@jobs.job("upkeep.delete_pictures", every_minutes=5, queue="storage")
def delete_pictures(actor: Actor) -> None:
    """Delete the pictures of removed pages, then their rows. Raises Unavailable: the storage is asked again later."""
    (region,) = actor.regions
    while True:
        with acting_as(actor):
            removed = pages.list_removed(region)
        for page in removed:
            storage().delete(page.object_key)
            storage().delete(page.preview_key)
        with acting_as(actor):
            documents.forget_pages([page.id for page in removed])
        if not removed:
            return


@jobs.job("upkeep.delete_uploads", every_minutes=5, queue="storage")
def delete_uploads(actor: Actor) -> None:
    """Delete the parts of uploads that have ended or expired, then the rows. Raises Unavailable."""
    (region,) = actor.regions
    now = clock.now()
    while True:
        with acting_as(actor):
            parts = under_way.list_done_with(region, at=now)
        for part in parts:
            storage().delete(part.object_key)
        with acting_as(actor):
            uploads.forget_parts([part.id for part in parts])
            uploads.forget_expired(region, at=now)
        if not parts:
            return


@jobs.job("upkeep.delete_orphans", every_minutes=24 * 60, queue="storage", is_for_each_region=False)
def delete_orphans(actor: Actor) -> None:
    """Delete what uploads left behind that broke off between storage and database. Raises Unavailable."""
    before = (clock.real(clock.now()) - ORPHAN_AFTER).timestamp()
    storage().remove_unfinished(written_before=before)
    keys, orphans, seen = storage().list_keys(written_before=before), list[str](), 0
    while batch := list(itertools.islice(keys, BATCH)):
        seen += len(batch)
        with acting_as(actor):
            known = pages.known_objects(batch) | under_way.known_objects(batch)
        orphans += [key for key in batch if key not in known]
    if len(orphans) > max(SUSPICIOUS, seen // 10):
        log.error("too many objects without a page: nothing is deleted", extra={"count": len(orphans)})
        return
    for key in orphans:
        storage().delete(key)
    log.info("objects without a page deleted", extra={"count": len(orphans)})
