"""All that was found out about the pages of an application, for whoever decides on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from adminduk.modules.documents import origins, readings, words
from adminduk.modules.documents.origin import Origin
from adminduk.modules.documents.types import Reading, ReadingState, StoredPage, Word


@dataclass(frozen=True, slots=True)
class Examined:
    """By page: what was read, what its file told, what officers said of it (by subject)."""

    readings: Mapping[UUID, Reading] = field(default_factory=dict)
    origins: Mapping[UUID, Origin] = field(default_factory=dict)
    words: Mapping[tuple[UUID, str], Word] = field(default_factory=dict)


def find(pages: tuple[StoredPage, ...]) -> Examined:
    """What there is about these pages of one application. Asks nothing where there can be nothing."""
    if not pages:
        return Examined()
    of_case, region_id = pages[0].application_id, pages[0].region_id
    is_read = any(page.reading is ReadingState.DONE for page in pages)
    is_judged = any(page.verdict is not None for page in pages)
    said = words.list_of_application(of_case, region_id=region_id) if is_judged else ()
    return Examined(
        readings=readings.list_of_application(of_case, region_id=region_id) if is_read else {},
        origins=origins.list_of_application(of_case, region_id=region_id),
        words={(word.page_id, word.subject): word for word in said},
    )
