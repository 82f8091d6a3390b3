"""The form of a place of service: its choices, and what somebody has written into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from adminduk.catalogue.text import Text
from adminduk.channels.officer_web.pages import region_of
from adminduk.kernel.actor import Actor
from adminduk.modules.offices.types import PlaceWritten, ServiceSite
from adminduk.usecases.outside import catalogue
from adminduk.usecases.site_setup import LONGEST_ADDRESS, LONGEST_NAME

_MOST: Final = 1000  # letters of a field that are shown again; what is too long is told, not cut


@dataclass(frozen=True, slots=True)
class _Choice:
    """Something that may be done at a place."""

    value: str
    label: Text
    hint: Text | None = None


DONE_THERE: Final = (
    _Choice("record", Text("Perekaman", "Recording")),
    _Choice("print", Text("Cetak kartu", "Printing")),
    _Choice("hand_over", Text("Penyerahan kartu", "Hand-over of cards")),
)
EMPTY: Final = PlaceWritten("", "", "", ())


def choices_of(actor: Actor) -> dict[str, Any]:
    """What the form offers in the actor's region."""
    return {
        "districts": catalogue().districts(region_of(actor).code),
        "done_there": DONE_THERE,
        "longest": {"name": LONGEST_NAME, "address": LONGEST_ADDRESS},
    }


def written_of(site: ServiceSite) -> PlaceWritten:
    """A place as its form shows it."""
    return PlaceWritten(site.name, site.address, site.district_code, site.does)


def written_in(sent: QueryDict) -> PlaceWritten:
    """What somebody has sent."""
    return PlaceWritten(
        name=sent.get("name", "")[:_MOST],
        address=sent.get("address", "")[:_MOST],
        district_code=sent.get("district", "")[:_MOST],
        does=tuple(sent.getlist("does")),
    )
