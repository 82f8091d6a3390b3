"""What the hand-over tells the card's owner: where it waits and with which code, or where the courier is."""

from __future__ import annotations

from datetime import datetime

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.text import Text
from adminduk.modules.applications.types import Case
from adminduk.modules.deliveries import queries as parcels
from adminduk.modules.deliveries.states import ParcelState
from adminduk.modules.deliveries.types import Parcel
from adminduk.modules.handovers import queries as pickups
from adminduk.modules.handovers.codes import code_of
from adminduk.modules.handovers.types import Pickup, PickupState
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.offices import queries as offices
from adminduk.readmodels.way_told import Link, Told

_WHERE = {
    ParcelState.WANTED: Text("Kartu akan diantar kurir setelah dicetak.", "A courier brings the card once printed."),
    ParcelState.WAITING: Text("Kartu menunggu kurir di kantor.", "The card waits at the office for the courier."),
    ParcelState.LISTED: Text("Kartu sudah di daftar kurir.", "The card is on the courier's list."),
    ParcelState.SENT: Text("Kurir membawa kartu ke alamat KK.", "The courier brings the card to the KK address."),
    ParcelState.FAILED: Text(
        "Kurir tidak bertemu siapa pun dan datang sekali lagi.", "The courier met nobody and comes once more."
    ),
    ParcelState.RETURNING: Text(
        "Dua kali gagal diantar, kartu kembali ke kantor.", "Delivery failed twice; the card returns to the office."
    ),
}


def tell(case: Case, product: ProductView, catalogue: Catalogue, now: datetime) -> Told:
    """For the owner; whoever sees neither pick-up nor parcel is told nothing."""
    parcel = parcels.find_parcel(case.id, region_id=case.region_id)
    if parcel is not None and parcel.state in _WHERE:
        return _with_courier(case, parcel)
    pickup = pickups.find_of_application(case.id, region_id=case.region_id)
    if pickup is None or pickup.state is not PickupState.READY:
        return Told()
    return _at_counter(case, pickup)


def code_for_owner(pickup: Pickup) -> str:
    """The six digits that open the card at the counter."""
    return code_of(pickup.product_id, generation=pickup.generation)


def _with_courier(case: Case, parcel: Parcel) -> Told:
    lines = [_WHERE[parcel.state]]
    if parcel.tracking:
        said = f"{parcel.courier}, resi {parcel.tracking}."
        lines.append(Text(said, said.replace("resi", "tracking number")))
    words = Text("Lihat pengantaran", "See the delivery")
    return Told(tuple(lines), (Link(words, "collect", {"application_id": str(case.id)}),))


def _at_counter(case: Case, pickup: Pickup) -> Told:
    site = offices.get_site(pickup.site_id, region_id=case.region_id)
    code = code_for_owner(pickup)
    return Told(
        lines=(
            Text(f"Kartu menunggu di {site.name}.", f"The card waits at {site.name}."),
            Text(f"Kode ambil: {code}. Bawa KK.", f"Pick-up code: {code}. Bring the KK."),
        ),
        links=(
            Link(
                Text("Kode QR dan cara mengambil", "QR code and how to collect"),
                "collect",
                {"application_id": str(case.id)},
                is_primary=True,
            ),
        ),
        is_citizens_turn=True,
    )
