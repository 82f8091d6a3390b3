"""What the status page tells of an appointment: none yet, times that are drawn, where and when, or why it was moved."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.text import Text
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.moments import long_moment
from adminduk.modules.applications.types import Case
from adminduk.modules.appointments import queries as book
from adminduk.modules.appointments.types import Booking, Kind
from adminduk.modules.draws import queries as rounds
from adminduk.modules.draws.types import DrawRound
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.offices import queries as offices
from adminduk.readmodels.way_told import Link, Told

_CHOOSE: Final = Text("Pilih jadwal", "Choose a time")
_SEE: Final = Text("Lihat, ubah, atau batalkan jadwal", "See, change or cancel it")
_COME_ONCE: Final = Text(
    "Datang satu kali, di tempat dan jam yang Anda pilih. Gratis.",
    "Come once, at a place and time that you choose. It is free.",
)
_ENTER: Final = Text("Ikut undian jadwal", "Enter the draw of times")
_SEE_DRAW: Final = Text("Lihat undian jadwal", "See the draw of times")
_DRAWN: Final = Text(
    "Tempat sedang kurang. Supaya adil, jadwal diundi. Gratis.",
    "There are too few places. To be fair, times are drawn. It is free.",
)
_CLOSED: Final = Text(
    "Jadwal sedang diundi dan daftarnya sudah ditutup. Sesudah diundi Anda dapat masuk daftar tunggu.",
    "Times are being drawn and the list is closed. After the draw you can join the waiting list.",
)
_ENTERED: Final = Text(
    "Anda terdaftar dalam undian jadwal. Kami memberi kabar hasilnya.",
    "You have entered the draw of times. We tell you how it ends.",
)
_WAITING: Final = Text(
    "Anda di daftar tunggu. Tempat yang batal langsung diberikan menurut urutan. Kami memberi kabar.",
    "You are on the waiting list. Cancelled places are given in its order at once. We tell you.",
)


def tell(case: Case, product: ProductView, catalogue: Catalogue, now: datetime) -> Told:
    """For the status page of the owner, while he has to come."""
    zone = catalogue.region(RegionCode.from_number(case.region_id)).time_zone
    booking = book.find_active(case.id, region_id=case.region_id)
    moved = book.find_moved(case.id, region_id=case.region_id)
    why = (_why(moved, zone),) if moved else ()
    arguments = {"application_id": str(case.id)}
    deciding = None if booking else rounds.find_round(case.region_id, kind=Kind.RECORDING)
    if deciding:
        return _draw(case, deciding, why)
    if booking is None:
        link = Link(_CHOOSE, "appointment", arguments, is_primary=True)
        return Told(lines=(*why, _COME_ONCE), links=(link,), is_citizens_turn=True)
    return Told(lines=(_where(booking, zone), *why), links=(Link(_SEE, "appointment", arguments),))


def _draw(case: Case, deciding: DrawRound, why: tuple[Text, ...]) -> Told:
    """Nobody chooses now: a wish, and then nothing to do."""
    found = rounds.find_wish(case.id, region_id=case.region_id, round_id=deciding.id)
    wish = None if found and found.state == "given" else found  # who could not keep his place asks anew
    arguments = {"application_id": str(case.id)}
    if wish is None and deciding.state != "frozen":
        return Told((*why, _DRAWN), (Link(_ENTER, "draw", arguments, is_primary=True),), is_citizens_turn=True)
    line = _CLOSED if wish is None else _WAITING if wish.state == "waiting" else _ENTERED
    return Told((*why, line), (Link(_SEE_DRAW, "draw", arguments),))


def _where(booking: Booking, zone: str) -> Text:
    site = offices.get_site(booking.site_id, region_id=booking.region_id)
    at, at_en = (long_moment(booking.starts_at, zone, lang) for lang in ("id", "en"))
    return Text(f"Jadwal Anda: {at}, {site.name}.", f"Your appointment: {at_en}, {site.name}.")


def _why(moved: Booking, zone: str) -> Text:
    at, at_en = (long_moment(moved.starts_at, zone, lang) for lang in ("id", "en"))
    return Text(
        f"Jadwal {at} tidak dapat dilayani: {moved.reason}.",
        f"The appointment of {at_en} could not take place: {moved.reason}.",
    )
