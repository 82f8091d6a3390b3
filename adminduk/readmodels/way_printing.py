"""What a citizen sees while his card waits to be printed: his place, what may be expected, and why it takes longer."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.text import Text
from adminduk.kernel.identifiers import RegionCode
from adminduk.kernel.moments import long_day
from adminduk.modules.applications.types import Case
from adminduk.modules.blanks import queries as ledger
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.printing import queries as printing
from adminduk.modules.printing.forecast import Outlook
from adminduk.modules.printing.types import ShortageView
from adminduk.readmodels.stock_board import calendar_within, expected, use_of
from adminduk.readmodels.way_told import Link, Told

_PRINTED = Text("Kartu Anda sedang dicetak atau diperiksa.", "Your card is being printed or checked.")
_STOPPED = Text(
    "Sebelum kartu dicetak ada yang harus diperiksa. Kepala kantor sedang memeriksanya.",
    "Before the card is printed something has to be checked. The head of the office is looking at it.",
)
_NO_PLACE = Text(
    "Kantor Anda belum punya tempat mencetak. Kartu dicetak setelah tempat itu ada. Anda tidak perlu mengajukan lagi.",
    "Your office has no place that prints yet. Your card is printed once it has. You need not apply again.",
)
_NO_DAY = Text(
    "Kapan kartu dicetak belum dapat diperkirakan.",
    "When the card will be printed cannot be told yet.",
)
_OUT = Text(
    "Blangko di tempat cetak sedang habis. Urutan Anda tetap.",
    "There are no blank cards at the place of printing. Your place stays yours.",
)
_MEANWHILE = Text(
    "Selama blangko habis, kantor dapat memberi surat keterangan (suket). Tanyakan di loket, gratis.",
    "While blank cards are out, the office can give a letter (suket). Ask at the counter, free.",
)


def tell(case: Case, product: ProductView, catalogue: Catalogue, now: datetime) -> Told:
    """Place, expectation and reason, for the card of `product`. Within a transaction of somebody who may see it."""
    region = catalogue.region(RegionCode.from_number(case.region_id))
    if product.site_id is None:
        return Told((_NO_PLACE,))
    place = printing.place_of(product.id)
    if place is None:
        waiting = printing.find_waiting(product.id, region_id=product.region_id)
        return Told((_STOPPED if waiting is not None and waiting.stopped_reason else _PRINTED,))
    number = region.code.number
    today = now.astimezone(ZoneInfo(region.time_zone)).date()
    shortage = printing.find_shortage(number, site_id=product.site_id)
    shortage = shortage.as_of(today) if shortage else None
    stock = ledger.get_balance(number, site_id=product.site_id).stock
    used = use_of(number, today=today).get(product.site_id, {})
    calendar = calendar_within(region)
    seen = expected(place, stock, used, shortage, calendar=calendar, today=today)
    board = Link(Text("Papan cetak daerah ini", "The region's board of printing"), "board", {"code": region.code.text})
    return Told((_place(place), *_when(seen), *_why(shortage, stock)), (board,))


def _place(place: int) -> Text:
    if place >= printing.COUNT_UP_TO:
        return Text(f"Urutan cetak Anda: {place} atau lebih.", f"Your place in the line: {place} or more.")
    return Text(f"Urutan cetak Anda: {place}.", f"Your place in the line: {place}.")


def _when(seen: Outlook) -> tuple[Text, ...]:
    if seen.likely_on is None or seen.late_on is None:
        return (_NO_DAY,)
    likely_id, likely_en = long_day(seen.likely_on, "id"), long_day(seen.likely_on, "en")
    late_id, late_en = long_day(seen.late_on, "id"), long_day(seen.late_on, "en")
    return (
        Text(f"Kemungkinan dicetak sekitar {likely_id}.", f"Probably printed about {likely_en}."),
        Text(
            f"Dari 10 kartu seperti ini, 9 selesai paling lambat {late_id}.",
            f"Of 10 cards like this, 9 are ready by {late_en}.",
        ),
    )


def _why(shortage: ShortageView | None, stock: int) -> tuple[Text, ...]:
    if shortage is None and stock:
        return ()
    if shortage is not None and shortage.expected_on is not None:
        on_id, on_en = long_day(shortage.expected_on, "id"), long_day(shortage.expected_on, "en")
        return (
            _OUT,
            Text(f"Kiriman blangko diperkirakan datang {on_id}.", f"More blank cards are expected on {on_en}."),
            _MEANWHILE,
        )
    return (_OUT, _MEANWHILE)
