"""Two people's data go the whole way, to a refusal and to a card; then they are searched for wherever bytes rest."""

from __future__ import annotations

import base64
import io
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import UUID

import pytest
from PIL import Image, ImageDraw, ImageFont

from adminduk.foundation import clock, jobs
from adminduk.foundation.tenancy import acting_as
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import readings
from adminduk.modules.notifications import queries as messages
from adminduk.usecases import review, review_decisions, upkeep_audit
from benchmarks.browser import Browser, Unexpected
from benchmarks.walk import Person, apply_for_card
from tests import database as test_database
from tests.abuse.after_approval import HOME, WHO, go_the_whole_way
from tests.portal import Portal, make_portal
from tests.processes import SandboxProcess
from tests.usecases import reviewing
from tests.usecases.floor import PrinterInHand
from tests.usecases.stand_ins import Register

REGION = 5171
WORDS = "Gang Kenari Rahasia Nomor Tujuh Belas"  # typed by the citizen, and by the officer
WITHIN, WITHIN_READ = 60.0, 180.0


@dataclass(frozen=True, slots=True)
class Canary:
    """What must be found nowhere, by kind."""

    person: Person
    home: str

    @property
    def texts(self) -> dict[str, str]:
        nik, kk = self.person.nik, self.person.no_kk
        return {
            "NIK": nik,
            "NIK in groups": " ".join(nik[i : i + 4] for i in range(0, 16, 4)),
            "No. KK": kk,
            "name": self.person.name,
            "home": self.home,
            "words": WORDS,
            "mailbox": self.person.email,
        }

    def found_in(self, content: bytes) -> set[str]:
        """Kinds of what stands there: plain, in capitals or not, as UTF-16, hexadecimal or base64."""
        lower = content.lower()
        return {kind for kind, text in self.texts.items() if any(form in lower for form in _forms(text))}


@cache
def _forms(text: str) -> set[bytes]:
    forms = set[bytes]()
    for written in {text, text.lower(), text.upper()}:
        plain = written.encode()
        # Three alignments: base64 writes the same bytes differently by where they begin.
        in_base64 = {base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)}
        forms |= {plain, written.encode("utf-16-le"), plain.hex().encode(), *in_base64}
    return {form.lower() for form in forms}


@pytest.fixture
def approved(database: None, register: Register, printer: PrinterInHand) -> tuple[Canary, Case]:
    """Somebody who has his card, before the portal's processes begin: they send what he is told, and may log it."""
    owner, case = go_the_whole_way(register, words=WORDS)
    who = Person(str(WHO.nik), str(WHO.no_kk), WHO.name, WHO.birth_date.isoformat(), owner.address.value)
    return Canary(who, HOME), case


@pytest.fixture
def own_portal(
    database: None,
    register_process: SandboxProcess,
    mail_process: SandboxProcess,
    sms_process: SandboxProcess,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Portal]:
    """A portal with logs and temporary files of its own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    portal = make_portal(tmp_path / "logs", register_process, mail_process, sms_process)
    try:
        portal.start(portal.web)
        portal.start(portal.worker)
        portal.start(portal.pictures)
        yield portal
    finally:
        portal.pictures.stop()
        portal.worker.stop()
        portal.web.stop()


@pytest.fixture
def canary(own_portal: Portal) -> Canary:
    """Somebody of the population, with his home as the register tells it."""
    (raw,) = own_portal.register.get("/people?region=51.71&age=30&start=77&count=1")
    person = Person.of(raw, email="burung.kenari@contoh.example")
    question = {"nik": person.nik, "user_id": "demo", "password": "demo", "ip_user": "127.0.0.1"}
    call = Request(f"{own_portal.register.url}/dukcapil/get_json/adminduk/CALL_NIK", json.dumps(question).encode())
    with urlopen(call, timeout=60) as answer:
        (record,) = json.load(answer)["content"]
    return Canary(person, record["ALAMAT"])


def photograph(canary: Canary) -> bytes:
    """A family card with the person's data in print; its metadata tell who took it."""
    picture, out = Image.effect_noise((1500, 1000), 6).convert("RGB"), io.BytesIO()
    lines = (
        "KARTU KELUARGA",
        f"No. {canary.person.no_kk}",
        f"Nama Kepala Keluarga : {canary.person.name}",
        f"Alamat : {canary.home}",
        f"NIK : {canary.person.nik}",
    )
    paper = ImageDraw.Draw(picture)
    paper.rectangle((40, 40, 1460, 960), fill="white")
    for number, line in enumerate(lines):
        paper.text((100, 120 + 130 * number), line, fill="black", font=ImageFont.load_default(52))
    exif = Image.Exif()
    exif[0x010E] = f"{canary.person.name} {canary.person.nik}"
    picture.save(out, "JPEG", exif=exif, comment=canary.person.nik.encode())
    return out.getvalue()


def walk(portal: Portal, canary: Canary) -> UUID:
    """Sign in, err, apply, send; then look where nothing is to be found."""
    browser = Browser(portal.base_url)
    address = apply_for_card(
        browser, canary.person, tuple(photograph(canary) for _ in range(3)), mailbox_url=portal.mail.url
    )
    for path in (f"/s/{canary.person.nik}", f"/{canary.person.nik}", f"/daerah?nik6={canary.person.nik}"):
        with suppress(Unexpected):  # an error page; what it left in the logs is looked at below
            browser.get(path, step="mistyped")
    browser.close()
    return UUID(address.rstrip("/").rpartition("/")[2])


def mistype(portal: Portal, canary: Canary) -> None:
    """A sign-in that is refused, with a name that is no name and a file that is none."""
    browser = Browser(portal.base_url)
    page = browser.get("/masuk/?daerah=51.71", step="sign-in page")
    typed = {
        "nik": canary.person.nik,
        "no_kk": canary.person.no_kk,
        "name": f"{canary.person.name} <b>{WORDS}</b>",
        "birth_date-hari": "31",
        "birth_date-bulan": "02",
        "birth_date-tahun": "1990",
        "address": canary.person.email,
        "channel": "email",
    }
    with pytest.raises(Unexpected):
        browser.post(page.form("/masuk/"), step="refused", **typed)
    browser.close()


def decide(case_id: UUID) -> None:
    """An officer asks for a correction in words, undoes it, and refuses in words."""
    officer, now = reviewing.staff(REGION), clock.now
    assert review.take_next(officer, at=now()) == case_id
    review.open_case(officer, case_id, at=now())
    review.add_note(officer, case_id, words=WORDS, key="note", at=now())
    refusal = review_decisions.Refusal("data_change_first", WORDS, ())
    review_decisions.refuse(officer, case_id, refusal=refusal, key="refuse", at=now())


def wait_for_the_refusal(portal: Portal, canary: Canary) -> None:
    deadline = time.monotonic() + WITHIN
    while len(portal.mails_to(canary.person.email)) < 3:  # code, receipt, refusal
        assert time.monotonic() < deadline, "the messages did not arrive"
        time.sleep(0.2)  # the mailbox tells nobody that something came


def wait_until_all_is_told(portal: Portal, canary: Canary, case: Case) -> None:
    deadline = time.monotonic() + WITHIN
    while True:
        with acting_as(jobs.system_actor(case.region_id)):
            planned = messages.list_of_application(case.id, region_id=case.region_id)
        if all(message.status == "sent" for message in planned):
            break
        assert time.monotonic() < deadline, [(message.event, message.status) for message in planned]
        time.sleep(0.2)  # the worker tells nobody that it is done
    assert len(portal.mails_to(canary.person.email)) == len(planned) > 8


def wait_for_the_reading(canary: Canary, case_id: UUID) -> None:
    """Until the worker of the pictures has read the person's numbers off a page."""
    deadline, system = time.monotonic() + WITHIN_READ, jobs.system_actor(REGION)
    while True:
        with acting_as(system):
            found = readings.list_of_application(case_id, region_id=REGION).values()
        if any(canary.person.nik == run.value for one in found if one.paper for run in one.paper.numbers16):
            return
        assert time.monotonic() < deadline, "nobody has read the pictures"
        time.sleep(0.2)  # the worker tells nobody that it is done


def test_a_canary_is_found_nowhere(
    approved: tuple[Canary, Case], own_portal: Portal, canary: Canary, tmp_path: Path
) -> None:
    mistype(own_portal, canary)
    case_id = walk(own_portal, canary)
    wait_for_the_reading(canary, case_id)
    decide(case_id)
    wait_for_the_refusal(own_portal, canary)
    wait_until_all_is_told(own_portal, *approved)
    for region in (REGION, approved[1].region_id):
        upkeep_audit.chain(jobs.system_actor(region))
        upkeep_audit.checkpoint(jobs.system_actor(region))
    both = (canary, approved[0])
    assert search_tables(*both) == {}
    assert [search_mails(own_portal, one) for one in both] == [{}, {}]
    folders = (test_database.folder(), tmp_path)
    found = {str(path): kinds for folder in folders for path, kinds in search_files(folder, found_of(*both))}
    assert found == {}


def found_of(*canaries: Canary) -> Callable[[bytes], set[str]]:
    """What is found of any of them."""
    return lambda content: set[str]().union(*(one.found_in(content) for one in canaries))


def search_tables(*canaries: Canary) -> dict[str, set[str]]:
    """Every column of every row, as PostgreSQL writes it, by table."""
    hits: dict[str, set[str]] = {}
    found_in = found_of(*canaries)
    with test_database.superuser_connection() as above:
        tables = above.execute(
            "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r','m') AND n.nspname IN ('public', 'sec')"
        ).fetchall()
        for (table,) in tables:
            for (row,) in above.execute(f"SELECT t::text FROM {table} t").fetchall():
                if found := found_in(row.encode()):
                    hits.setdefault(table, set()).update(found)
    return hits


def search_mails(portal: Portal, canary: Canary) -> dict[str, set[str]]:
    """What is said in messages: the address stands on the envelope, as it must."""
    hits = {}
    for message in portal.mails_to(canary.person.email):
        whole = json.dumps(portal.mail.get(f"/messages/{message['id']}"), ensure_ascii=False).encode()
        if found := canary.found_in(whole) - {"mailbox"}:
            hits[message["subject"]] = found
    return hits


def search_files(folder: Path, found_in: Callable[[bytes], set[str]]) -> Iterator[tuple[Path, set[str]]]:
    """Every file below: logs, objects, checkpoints, temporary files, and those of PostgreSQL itself (also its log)."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and (found := found_in(path.read_bytes())):
            yield path, found


def test_the_search_would_find_it(tmp_path: Path) -> None:
    """A search that finds nothing proves nothing unless it finds what is there."""
    person = Person("3374011708900001", "3374010101010001", "Burung Kenari", "1990-08-17", "kenari@contoh.example")
    canary = Canary(person, "Jalan Sangkar 1")
    for number, text in enumerate(canary.texts.values()):
        for written in (text.encode(), text.upper().encode(), text.encode("utf-16-le"), text.encode().hex().encode()):
            assert canary.found_in(b"before " + written + b" after")
        for shift in range(3):
            assert canary.found_in(base64.b64encode(b"y" * shift + text.encode() + b"zz"))
        (tmp_path / str(number)).write_bytes(b"\0\1" + text.encode())
    assert len(list(search_files(tmp_path, canary.found_in))) == len(canary.texts)
