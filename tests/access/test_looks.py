"""Whoever reads about a person leaves a trace: every page of the office, opened with ids of people who are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import get_resolver, reverse

from adminduk.foundation import clock
from adminduk.modules.applications.types import Case
from adminduk.usecases import trip, visit
from tests.access.scene import make_scene
from tests.access.table import TABLE
from tests.access.test_routes import parameters_of, text_of
from tests.database import superuser_connection
from tests.making import Owner, fresh_identity, make_owner, system
from tests.pages.officer.clients import send
from tests.pages.officer.test_report_pages import WRITTEN, newest_href, report
from tests.usecases import recording_stage as stage
from tests.usecases.at_hand_over import card_ready, site_of
from tests.usecases.floor import Floor, PrinterInHand
from tests.usecases.reviewing import STRICT, case_now
from tests.usecases.reviewing import staff as member
from tests.usecases.stand_ins import Register
from tests.usecases.test_hand_over import code_of
from tests.usecases.test_print_cards import put

# Every page of the office that shows somebody, and what is written about him when it is opened.
READS = {
    "officer:case": "case.read",
    "officer:ask_corrections": "case.read",
    "officer:picture": "case.read_page",
    "officer:pieces": "case.read_page",
    "officer:looked_up": "case.look_up",
    "officer:hall_desk": "case.read",
    "officer:record_person": "recording.look",
    "officer:record_attended": "recording.look",
    "officer:visits": "visit.look",
    "officer:trip": "visit.look",
    "officer:trip_pack": "visit.look",
    "officer:check_card": "print.look",
    "officer:card_face": "print.look",
    "officer:card": "card.read",
    "officer:manifest": "delivery.read",
    "officer:manifest_csv": "delivery.file",
    "officer:labels": "delivery.label",
    "officer:report": "report.read",
}
ROLES = ("officer", "operator", "head", "admin", "inspector")  # who opens a page: the first who gets it
NOBODYS = {"officer:sign_in", "officer:invitation"}  # for whoever has not signed in
HOME = "JALAN CONTOH KUNJUNGAN 7"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a page may show. `about`: his application, or what he wrote; `index`: himself."""

    words: tuple[str, ...]
    about: UUID
    index: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit trail."""

    act: str
    about: UUID
    index: bytes | None


class Office:
    """Somebody at each place of the office where people are dealt with, each with a name of his own."""

    def __init__(self, register: Register) -> None:
        site_of("dinas")  # the office has its places
        self.scene = make_scene(register, "held")
        self.people: list[Person] = []
        self.arguments: dict[str, dict[str, object]] = {}
        self.queries: dict[str, dict[str, str]] = {"officer:pieces": {"b": "nik"}}
        operator = self.scene.browsers["operator"]
        held = case_now(system(STRICT), UUID(self.scene.arguments["application_id"]))
        self._meet(held, "Pasar")  # where he lost his card, in his own words
        send(self.scene.browsers["officer"], reverse("officer:search"), nomor=held.number, alasan="Warga menelepon.")
        self._at_a_counter(operator, held)
        self._recorded_and_visited()
        self._printed(register)
        self._handed_over(operator, register)
        self._reported()

    def _meet(self, case: Case, *more: str) -> None:
        nik, no_kk = str(case.subject["nik"]), str(case.subject["no_kk"])
        spaced = [" ".join(text[i : i + 4] for i in range(0, 16, 4)) for text in (nik, no_kk)]
        self.people.append(Person((str(case.subject["name"]), nik, no_kk, *spaced, *more), case.id, case.subject_index))

    def _at_a_counter(self, operator: Client, case: Case) -> None:
        place = {name: self.scene.arguments[name] for name in ("counter_id", "site_id")}
        send(operator, reverse("officer:hall_sit", args=[place["counter_id"]]))
        send(operator, reverse("officer:check_in", args=[place["site_id"]]), nomor=case.number)
        send(operator, reverse("officer:hall_next"))

    def _recorded_and_visited(self) -> None:
        operator, at = member(STRICT, "operator"), clock.now()
        for name, pages in (("Contoh Rekam", "record_person"), ("Contoh Perhatian", "record_attended")):
            case, product = stage.make_approved(_somebody(name))
            self._meet(case)
            self.arguments[f"officer:{pages}"] = {"product_id": product.id}
        asks = _somebody("Contoh Kunjungan")
        case, _ = stage.make_approved(asks, address=HOME)
        self._meet(case, HOME)
        visit.ask(asks.actor, case.id, kind="elderly", note="", key=str(uuid4()), at=at)
        planned, _ = stage.make_approved(_somebody("Contoh Perjalanan"))
        self._meet(planned)
        trip_id = stage.make_trip(operator)
        trip.add(operator, trip_id, visit_ids=(), numbers=[planned.number], key=str(uuid4()), at=at)
        self.arguments |= {name: {"trip_id": trip_id} for name in ("officer:trip", "officer:trip_pack")}

    def _printed(self, register: Register) -> None:
        floor = Floor(cards=3)
        printed, _ = put(floor, register, _somebody("Contoh Cetak"))
        floor.begin()
        (job,) = floor.print_all()
        waiting, product = put(floor, register, _somebody("Contoh Antre"))
        self._meet(printed)
        self._meet(waiting)
        self.arguments |= {
            "officer:check_card": {"job_id": job.id},
            "officer:card_face": {"job_id": job.id, "side": "depan"},
            "officer:ahead": {"product_id": product.id},
            "officer:stock_site": {"site_id": floor.site},
        }
        self.queries["officer:printing"] = {"tempat": str(floor.site)}

    def _handed_over(self, operator: Client, register: Register) -> None:
        owners = _somebody("Contoh Serah"), _somebody("Contoh Antaran")
        for owner in owners:
            register.add(owner.identity, address="JALAN CONTOH 1", occupation="WIRASWASTA")
        owner, case = card_ready(owner=owners[0])
        found = send(operator, reverse("officer:hand_over"), nomor=case.number, kode=code_of(owner, case.id))
        self._meet(case)
        self.arguments["officer:card"] = {"product_id": found["Location"].rpartition("/")[2]}
        _, sent = card_ready(owner=owners[1], delivery=True)
        made = send(operator, reverse("officer:make_manifest"), tempat=site_of("dinas"))
        self._meet(sent)
        manifest: dict[str, object] = {"manifest_id": made["Location"].rpartition("/")[2]}
        self.arguments |= {f"officer:{name}": manifest for name in ("manifest", "manifest_csv", "labels")}

    def _reported(self) -> None:
        report(Client())
        report_id = newest_href(self.scene.browsers["inspector"]).rpartition("/")[2]
        self.people.append(Person((WRITTEN["what"],), UUID(report_id)))
        self.arguments["officer:report"] = {"report_id": report_id}

    def open(self, name: str) -> tuple[Any, list[Entry]]:
        """The page as the first gets it who may, and what was written meanwhile; None when nobody gets it."""
        wanted = next(parameters_of(get_resolver(), name))
        arguments = {"token": "x", **self.scene.arguments, **self.arguments.get(name, {})}
        path = reverse(name, kwargs={key: arguments[key] for key in wanted})
        before = _trail()
        for role in ROLES:
            answer = self.scene.browsers[role].get(path, self.queries.get(name, {}))
            if answer.status_code == 200:
                return answer, [entry for key, entry in _trail().items() if key not in before]
        return None, []

    def shown_in(self, answer: Any) -> Iterator[Person]:
        """Who stands on a page; pictures are asked for with the id of whom they show."""
        told = text_of(answer).casefold()
        for person in self.people:
            if any(word.casefold() in told for word in person.words):
                yield person


def _somebody(name: str) -> Owner:
    return make_owner(STRICT, identity=fresh_identity(name))


def _trail() -> dict[UUID, Entry]:
    with superuser_connection() as above:
        rows = above.execute("SELECT id, act, object_id, subject_index FROM audit_entry").fetchall()
    return {row[0]: Entry(*row[1:]) for row in rows}


def test_whoever_reads_about_a_person_leaves_a_trace(
    database: None, register: Register, printer: PrinterInHand
) -> None:
    office, shows, silent, closed = Office(register), set[str](), list[str](), set[str]()
    for name in sorted(name for name, row in TABLE.items() if name.startswith("officer:") and row.method == "get"):
        answer, written = office.open(name)
        if answer is None:
            closed.add(name)
            continue
        people = list(office.shown_in(answer))
        if answer["Content-Type"].startswith("image/"):
            people = [one for one in office.people if any(_is_about(entry, one) for entry in written)]
            silent += [] if people else [f"{name}: a picture of somebody"]
        shows |= {name} if people else set()
        for one in people:
            acts = {entry.act for entry in written if _is_about(entry, one)}
            if READS.get(name) not in acts:
                silent.append(f"{name}: {one.words[0]}, of whom is written: {sorted(acts)}")
    assert silent == []
    assert shows == set(READS), "the table names each page that shows somebody, and each does"
    assert closed == NOBODYS, "what nobody opens proves nothing"
    before, owner = _trail(), office.scene.browsers["owner"]
    text_of(owner.post(reverse("citizen:export"), {"key": str(uuid4())}))
    assert "account.export" in {entry.act for key, entry in _trail().items() if key not in before}


def _is_about(entry: Entry, person: Person) -> bool:
    return entry.about == person.about or (person.index is not None and entry.index == person.index)
