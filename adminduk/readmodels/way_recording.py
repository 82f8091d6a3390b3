"""What a person is told about his recording: where it is, in plain words, what happens next, and what he can do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.text import Text
from adminduk.kernel.moments import long_day
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.states import State
from adminduk.modules.recordings.types import Recording
from adminduk.modules.visits import queries as visits
from adminduk.modules.visits.states import State as Visit
from adminduk.modules.visits.types import VisitRequest
from adminduk.readmodels import way_appointment
from adminduk.readmodels.way_told import Link, Told

_COME: Final = Text(
    "Foto, sepuluh sidik jari, iris mata dan tanda tangan. Tanpa kacamata dan lensa kontak.",
    "Photograph, ten fingerprints, irises and signature. No spectacles or contact lenses.",
)
_AGAIN: Final = Text(
    "Rekaman perlu diulang. Anda didahulukan. Ini bukan kesalahan Anda.",
    "The recording must be repeated. You go ahead of others. It is not your fault.",
)
_UNDER_WAY: Final = Text("Anda sedang direkam.", "You are being recorded.")
_ASKED: Final = Text(
    "Anda meminta dikunjungi. Kami memberi kabar bila harinya ditetapkan.",
    "You asked for a visit. We tell you when a day is set.",
)
_CANNOT: Final = Text("Tidak dapat datang? Minta dikunjungi", "You cannot come? Ask for a visit")
_CAN: Final = Text("Lihat atau batalkan kunjungan", "See or cancel the visit")


def tell(case: Case, product: ProductView, catalogue: Catalogue, now: datetime) -> Told:
    """For the status page of the owner."""
    recording = queries.find(product.id, region_id=product.region_id)
    if recording is None or recording.state in (State.DONE, State.LEFT):
        return Told()
    if recording.state in (State.WANTED, State.AGAIN):
        return _to_come(case, product, recording, catalogue, now)
    if recording.state is State.UNDER_WAY:
        return Told(lines=(_UNDER_WAY,))
    status = catalogue.recording_status(recording.raw)
    return Told(lines=(_sentence(status.label), status.next))


def _to_come(case: Case, product: ProductView, recording: Recording, catalogue: Catalogue, now: datetime) -> Told:
    asked = visits.find_open(recording.product_id, region_id=recording.region_id)
    first = (_AGAIN,) if recording.state is State.AGAIN else ()
    link = Link(_CAN if asked else _CANNOT, "visit", {"application_id": str(case.id)})
    if asked:
        return Told(lines=(*first, _visit(asked)), links=(link,))
    time = way_appointment.tell(case, product, catalogue, now)
    return Told((*first, *time.lines, _COME), (*time.links, link), time.is_citizens_turn)


def _visit(asked: VisitRequest) -> Text:
    if asked.state is not Visit.PLANNED or asked.day is None:
        return _ASKED
    return Text(
        f"Petugas datang ke tempat Anda pada {long_day(asked.day)}.",
        f"A team comes to you on {long_day(asked.day, 'en')}.",
    )


def _sentence(label: Text) -> Text:
    return Text(f"{label.id}.", f"{label.en}.")
