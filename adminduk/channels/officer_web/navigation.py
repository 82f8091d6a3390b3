"""The links at the head of every page of the office, by who is there."""

from __future__ import annotations

from dataclasses import dataclass

from adminduk.catalogue.text import Text
from adminduk.kernel.actor import ActorKind

OFFICER, HEAD, ADMIN = ActorKind.OFFICER, ActorKind.HEAD, ActorKind.ADMIN
OPERATOR, INSPECTOR = ActorKind.OPERATOR, ActorKind.INSPECTOR


@dataclass(frozen=True, slots=True)
class Link:
    """One link. `url` is a name of officer_web/urls.py; `key` opens it from the keyboard."""

    url: str
    words: Text
    kinds: tuple[ActorKind, ...]
    key: str = ""


LINKS = (
    Link("queue", Text("Antrean", "Queue"), (OFFICER, HEAD)),
    Link("search", Text("Cari nomor", "Find a number"), (OFFICER, HEAD), key="/"),
    Link("counter", Text("Loket", "Counter"), (OFFICER, HEAD)),
    Link("operations", Text("Sesudah disetujui", "After approval"), (OPERATOR, HEAD)),
    Link("recording", Text("Perekaman", "Recording"), (OPERATOR, HEAD)),
    Link("visits", Text("Kunjungan", "Visits"), (OPERATOR, OFFICER, HEAD)),
    Link("record_attention", Text("Rekaman bermasalah", "Recordings to settle"), (OFFICER, HEAD)),
    Link("printing", Text("Cetak", "Printing"), (OPERATOR, HEAD)),
    Link("stock", Text("Blangko", "Blank cards"), (OPERATOR, HEAD)),
    Link("print_watch", Text("Pengawasan cetak", "Watch on printing"), (HEAD,)),
    Link("hall_desk", Text("Panggil", "Call"), (OPERATOR, HEAD)),
    Link("front_desks", Text("Meja depan", "Front desk"), (OPERATOR, HEAD)),
    Link("hand_over", Text("Penyerahan", "Hand-over"), (OPERATOR,)),
    Link("deliveries", Text("Pengiriman", "Delivery"), (OPERATOR,)),
    Link("head", Text("Ikhtisar", "Overview"), (HEAD,)),
    Link("survey", Text("Survei", "Survey"), (HEAD,)),
    Link("office", Text("Kantor", "Office"), (HEAD, ADMIN)),
    Link("hall_setup", Text("Atur loket", "Counters"), (HEAD, ADMIN)),
    Link("reports", Text("Laporan", "Reports"), (INSPECTOR,)),
    Link("appointments", Text("Jadwal hari ini", "Appointments"), (OPERATOR, OFFICER, HEAD, ADMIN)),
    Link("sites", Text("Tempat layanan", "Places"), (HEAD, ADMIN)),
)


def links_for(kind: ActorKind) -> tuple[Link, ...]:
    """What somebody of this kind may open, in order; the first is where he arrives."""
    return tuple(link for link in LINKS if kind in link.kinds)
