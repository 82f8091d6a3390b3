"""The web process is killed while a file comes in parts, lines break: what was acknowledged stays, nowhere in clear."""

from __future__ import annotations

import http.client
import threading
from uuid import UUID

from adminduk.foundation.tenancy import acting_as
from adminduk.modules.documents import queries as documents
from tests import database as test_database
from tests.abuse.test_canary import search_files
from tests.chaos.tus_line import Line
from tests.phone.phone import Sender, begin
from tests.portal import Portal
from tests.usecases import citizen
from tests.usecases.test_upload import content

PART = 100_000
MARK = b"BURUNG KENARI RAHASIA NOMOR TUJUH BELAS "
DATA = citizen.picture() + MARK * 25_000  # a photograph, and what decoders pass over


def line_to(portal: Portal, sender: Sender) -> Line:
    line = Line(portal.base_url, sender.session_key, f"/permohonan/{sender.draft}/dokumen/kk")
    line.open()
    return line


def send_until_it_breaks(line: Line, address: str, *, begin: int, when: int, act: threading.Event) -> int:
    """Part after part; after `when` of them `act` is set. Returns what was acknowledged last."""
    offset = begin
    try:
        while offset < len(DATA):
            offset = line.send(address, DATA[offset : offset + PART], offset)
            if offset >= begin + when * PART:
                act.set()
    except (OSError, http.client.HTTPException):
        act.set()
    return offset


def test_kills_in_the_middle_of_parts(portal: Portal) -> None:
    sender = begin()
    line = line_to(portal, sender)
    address = line.begin(len(DATA))
    offset = 0
    for when in (1, 2, 3):
        moment = threading.Event()

        def kill(moment: threading.Event = moment) -> None:
            assert moment.wait(60)
            portal.kill(portal.web)

        killer = threading.Thread(target=kill)
        killer.start()
        acknowledged = send_until_it_breaks(line, address, begin=offset, when=when, act=moment)
        killer.join()
        portal.start(portal.web)
        offset = line.reached(address)
        assert acknowledged <= offset <= acknowledged + PART
    while offset < len(DATA):
        offset = line.send(address, DATA[offset : offset + PART], offset)
    assert content(sender.owner.actor, sender.draft, UUID(address[-36:])) == DATA
    clear = list(search_files(test_database.folder(), lambda found: {"mark"} if MARK[:20] in found else set()))
    assert clear == []
    assert line.finish(address) == 303
    with acting_as(sender.owner.actor):
        (page,) = documents.list_pages(sender.draft, region_id=sender.owner.actor.regions[0])
    assert page.requirement == "kk"


def test_half_a_part_is_not_acknowledged(portal: Portal) -> None:
    sender = begin()
    line = line_to(portal, sender)
    address = line.begin(len(DATA))
    offset = line.send(address, DATA[:PART], 0)
    line.break_off(address, DATA[offset : offset + PART], offset)
    assert line.reached(address) == offset
    assert line.send(address, DATA[offset : offset + PART], offset) == 2 * PART
