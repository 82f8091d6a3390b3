"""The printer gateway against a printer as a process: a job is printed once, whatever goes wrong on the way."""

from __future__ import annotations

import io
import signal
from pathlib import Path
from uuid import UUID, uuid4

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from adminduk.catalogue.outputs import Output, read_output
from adminduk.gateways.card_printer import HttpCardPrinter, from_environment
from adminduk.kernel.errors import RefusedByOutside, Unavailable
from adminduk.modules.printing.ports import CardOrder, PrinterSays
from tests.architecture.tree import ROOT
from tests.processes import SandboxProcess, running


@pytest.fixture(scope="module")
def layout() -> Output:
    return read_output(ROOT / "definitions" / "outputs" / "ktp_el.yaml")


def _order(layout: Output, job_id: UUID | None = None, **values: str) -> CardOrder:
    return CardOrder(job_id or uuid4(), 77, layout.drawing({**layout.example, **values}))


def _printer(process: SandboxProcess) -> HttpCardPrinter:
    return from_environment(url=process.url, token="demo")


def test_a_card_is_printed_once_however_often_it_is_asked_for(
    card_printer_process: SandboxProcess, layout: Output
) -> None:
    order, printer = _order(layout), _printer(card_printer_process)
    before = card_printer_process.get("/health")["jobs"]
    assert {printer.print_card(order) for _ in range(3)} == {PrinterSays.DONE}
    assert card_printer_process.get("/health")["jobs"] == before + 1
    assert printer.ask(order.job_id) is PrinterSays.DONE


@pytest.mark.parametrize(
    ("mode", "says"),
    [("jam", PrinterSays.JAMMED), ("busy", PrinterSays.PRINTING), ("empty", PrinterSays.EMPTY)],
)
def test_what_a_printer_says(
    card_printer_process: SandboxProcess, layout: Output, mode: str, says: PrinterSays
) -> None:
    card_printer_process.switch(mode)
    assert _printer(card_printer_process).print_card(_order(layout)) is says


@pytest.mark.parametrize("mode", ["down", "garbage"])
def test_no_answer_means_later(card_printer_process: SandboxProcess, layout: Output, mode: str) -> None:
    order, printer = _order(layout), _printer(card_printer_process)
    card_printer_process.switch(mode)
    for _ in range(2):
        with pytest.raises(Unavailable):
            printer.print_card(order)
    card_printer_process.switch("normal")
    assert printer.ask(order.job_id) is PrinterSays.UNKNOWN
    assert printer.print_card(order) is PrinterSays.DONE


def test_an_answer_that_got_lost_is_asked_for_again(card_printer_process: SandboxProcess, layout: Output) -> None:
    order, printer = _order(layout), _printer(card_printer_process)
    card_printer_process.switch("late")
    with pytest.raises(Unavailable):
        printer.print_card(order)
    assert printer.ask(order.job_id) is PrinterSays.DONE


def test_what_arrives_after_its_cancel_prints_nothing(card_printer_process: SandboxProcess, layout: Output) -> None:
    order, printer = _order(layout), _printer(card_printer_process)
    before = card_printer_process.get("/jobs")
    assert {printer.cancel(order.job_id) for _ in range(2)} == {PrinterSays.CANCELLED}
    assert {printer.print_card(order), printer.ask(order.job_id)} == {PrinterSays.CANCELLED}
    assert card_printer_process.get("/jobs") == before
    with pytest.raises(RefusedByOutside):
        printer.face(order.job_id, "front")


@pytest.mark.parametrize(("mode", "says"), [("normal", PrinterSays.DONE), ("busy", PrinterSays.PRINTING)])
def test_what_has_begun_cannot_be_cancelled(
    card_printer_process: SandboxProcess, layout: Output, mode: str, says: PrinterSays
) -> None:
    order, printer = _order(layout), _printer(card_printer_process)
    card_printer_process.switch(mode)
    printer.print_card(order)
    assert printer.cancel(order.job_id) is says


@pytest.mark.parametrize("mode", ["down", "garbage", "late"])
def test_a_cancel_that_is_not_answered_is_asked_again(
    card_printer_process: SandboxProcess, layout: Output, mode: str
) -> None:
    order, printer = _order(layout), _printer(card_printer_process)
    card_printer_process.switch(mode)
    with pytest.raises(Unavailable):
        printer.cancel(order.job_id)
    card_printer_process.switch("normal")
    assert printer.cancel(order.job_id) is PrinterSays.CANCELLED


def test_a_drawing_that_is_none_is_refused_before_a_card_is_taken(card_printer_process: SandboxProcess) -> None:
    order, printer = CardOrder(uuid4(), 1, {"width": -1}), _printer(card_printer_process)
    with pytest.raises(RefusedByOutside):
        printer.print_card(order)
    assert printer.ask(order.job_id) is PrinterSays.UNKNOWN


def test_a_wrong_token_prints_nothing(card_printer_process: SandboxProcess, layout: Output) -> None:
    order = _order(layout)
    with pytest.raises(Unavailable):
        from_environment(url=card_printer_process.url, token="wrong").print_card(order)
    assert _printer(card_printer_process).ask(order.job_id) is PrinterSays.UNKNOWN


def test_a_printer_that_was_killed_knows_what_it_printed(tmp_path: Path, layout: Output) -> None:
    order = _order(layout)
    with running("sandbox.card_printer", tmp_path) as process:
        _printer(process).print_card(order)
        process.stop(signal.SIGKILL)
        process.start()
        assert _printer(process).print_card(order) is PrinterSays.DONE
        assert process.get("/jobs") == {"serials": ["77"]}


@pytest.mark.parametrize(("nationality", "is_blue"), [("WNI", True), ("OA", False)])
def test_faces_have_the_colour_of_their_holder(
    card_printer_process: SandboxProcess, layout: Output, nationality: str, is_blue: bool
) -> None:
    order, printer = _order(layout, nationality=nationality), _printer(card_printer_process)
    printer.print_card(order)
    for side in ("front", "back"):
        picture = Image.open(io.BytesIO(printer.face(order.job_id, side)))
        red, _, blue = picture.resize((1, 1)).convert("RGB").getpixel((0, 0))  # type: ignore[misc]
        assert (blue > red) is is_blue
        assert picture.width / picture.height == pytest.approx(85.6 / 53.98, rel=0.01)


def test_both_faces_come_as_a_pdf_in_the_size_of_a_card(card_printer_process: SandboxProcess, layout: Output) -> None:
    from urllib.request import urlopen

    order = _order(layout)
    _printer(card_printer_process).print_card(order)
    with urlopen(f"{card_printer_process.url}/card?id={order.job_id}", timeout=60) as answer:
        document = pypdfium2.PdfDocument(answer.read())
    assert len(document) == 2
    assert document[0].get_size() == pytest.approx((242.6, 153.0), abs=1)


def test_an_english_card_says_so(layout: Output) -> None:
    drawing = layout.drawing({**layout.example, "nationality": "OA"})
    words = {mark["text"] for mark in drawing["front"] if mark["kind"] == "text"}
    assert {"Name", "Nationality", "Valid Until"} <= words
    assert drawing["mark"] == "CONTOH / SPECIMEN"


def test_a_value_is_never_read_as_a_pattern(layout: Output) -> None:
    drawing = layout.drawing({**layout.example, "name": "{nik}"})
    assert ": {nik}" in {mark["text"] for mark in drawing["front"] if mark["kind"] == "text"}
