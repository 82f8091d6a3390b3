"""Documents of the story people: true to the register, marked, in the formats that phones send."""

from __future__ import annotations

import io
from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import numpy as np
import pi_heif
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from adminduk.catalogue.papers.portrait_verdict import judge_portrait
from adminduk.catalogue.papers.types import Cause, Expectation, Measures
from adminduk.gateways.rewriter import portrait
from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter
from sandbox.population_register.population import Population, build
from sandbox.population_register.stories_denpasar import LONG_NAME
from sandbox.story_documents.dossier import Dossier, open_dossier
from sandbox.story_documents.files import StoryFile, list_files, made_from, read_file
from sandbox.story_documents.paper import Paper, type_of
from tests.processes import SandboxProcess

START_DAY = date(2026, 11, 24)
PHONE_SAYS_DARK = 90  # DARK_LIGHTS of static/citizen/photo_pictures.js


@pytest.fixture(scope="module")
def population() -> Population:
    return build(start_day=START_DAY, people=300)


def _dossiers(population: Population) -> list[Dossier]:
    return [open_dossier(population, story.told.key, start_day=START_DAY) for story in population.stories]


def _one_of_each_kind(population: Population) -> list[tuple[Dossier, StoryFile]]:
    found = {file.sheet.kind: (dossier, file) for dossier in _dossiers(population) for file in list_files(dossier)}
    return list(found.values())


@pytest.mark.parametrize("later", [0, 1, 400, 4000])
def test_files_made_beforehand_show_todays_data(later: int) -> None:
    """Whoever changes these families must draw the HEIC files anew: see sandbox/story_documents/__main__.py."""
    start_day = START_DAY + timedelta(days=later)
    changed = build(start_day=start_day, people=300, seed=later)
    for key, fingerprint in made_from().items():
        assert open_dossier(changed, key, start_day=start_day).fingerprint() == fingerprint


def test_who_has_what(population: Population) -> None:
    files = {dossier.key: [file.name for file in list_files(dossier)] for dossier in _dossiers(population)}
    assert files["lost_card"] == [
        *("kk.heic", "akta_kelahiran.jpg", "pas_foto.jpg"),
        *("surat_kehilangan_kepolisian.pdf", "surat_pengantar_rt_rw.jpg"),
    ]
    assert files["first_card"] == ["kk.jpg", "akta_kelahiran.pdf", "pas_foto.jpg"]
    assert files["damaged_card"] == ["kk.jpg", "akta_kelahiran.pdf", "pas_foto.jpg", "ktp_rusak.heic"]
    assert "buku_nikah.jpg" in files["married_at_16"]
    assert files["dead"] == []


def test_every_sheet_tells_the_register_s_data_and_says_contoh(
    population: Population, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    text = Paper.text

    def spy(self: Paper, x: float, y: float, line: str, size: int, **more: object) -> None:
        written.append(line)
        text(self, x, y, line, size, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Paper, "text", spy)
    for dossier, file in _one_of_each_kind(population):
        written.clear()
        file.sheet.draw(dossier)
        if not file.sheet.is_portrait:
            told = "\n".join(written)
            assert told.isascii() or "\N{MIDDLE DOT}" in told, "Pillow's type has no other signs"
            assert dossier.person.nik in told
            assert dossier.person.name in told
            assert f"{dossier.person.birth_date:%d-%m-%Y}" in told


def test_marked_as_specimen(monkeypatch: pytest.MonkeyPatch, population: Population) -> None:
    marked: list[Paper] = []
    monkeypatch.setattr(Paper, "mark_as_specimen", lambda self: marked.append(self))  # noqa: PLW0108 - a function becomes a method
    sheets = [(dossier, file) for dossier, file in _one_of_each_kind(population) if not file.sheet.is_portrait]
    for dossier, file in sheets:
        file.sheet.draw(dossier)
    assert len(marked) == len(sheets)


def test_sixty_letters_fit_their_line() -> None:
    paper = Paper(600, 100)
    paper.fitted(10, 10, LONG_NAME, 30, 400)
    assert type_of(30).getlength(LONG_NAME) > 400
    assert paper.image.crop((412, 0, 600, 100)).getextrema() == ((252, 252), (252, 252), (249, 249))


def test_a_photo_by_a_phone(population: Population) -> None:
    dossier = open_dossier(population, "sixteen", start_day=START_DAY)
    data = read_file(dossier, "kk.jpg")
    assert 150_000 < len(data) < 450_000
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    assert max(image.size) == 1900
    assert image.getexif()[0x010F] == "CONTOH"
    assert image.getexif().get_ifd(0x8825)
    assert data == read_file(dossier, "kk.jpg")


def test_a_pdf(population: Population) -> None:
    data = read_file(open_dossier(population, "first_card", start_day=START_DAY), "akta_kelahiran.pdf")
    assert len(pypdfium2.PdfDocument(data)) == 1
    assert len(data) < 600_000


@pytest.mark.parametrize(("key", "name"), [("lost_card", "kk.heic"), ("damaged_card", "ktp_rusak.heic")])
def test_a_heic(population: Population, key: str, name: str) -> None:
    data = read_file(open_dossier(population, key, start_day=START_DAY), name)
    assert len(data) < 600_000
    assert max(pi_heif.read_heif(data).size) > 1500


def test_downloads(register_process: SandboxProcess) -> None:
    story = next(one for one in register_process.get("/story") if one["key"] == "lost_card")
    for document in (story["documents"][0], story["documents"][2]):
        assert document["kind"] in ("kk", "pas_foto")
        assert document["label"]["id"] and document["label"]["en"]
        with urlopen(register_process.url + document["url"], timeout=60) as answer:
            assert answer.headers["Content-Type"] in ("image/heic", "image/jpeg")
            assert len(answer.read()) > 100_000


@pytest.mark.parametrize("path", ["/story/nobody/kk.jpg", "/story/lost_card/kk.jpg", "/story/lost_card/../../x"])
def test_no_other_file(register_process: SandboxProcess, path: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(register_process.url + path, timeout=60)
    assert refused.value.code == 404


@pytest.mark.parametrize(
    ("key", "name", "kind"),
    [
        ("lost_card", "kk.heic", "heic"),
        ("lost_card", "surat_kehilangan_kepolisian.pdf", "pdf"),
        ("damaged_card", "ktp_rusak.heic", "heic"),
        ("first_card", "pas_foto.jpg", "jpeg"),
    ],
)
def test_the_portal_takes_them(population: Population, key: str, name: str, kind: str) -> None:
    data = read_file(open_dossier(population, key, start_day=START_DAY), name)
    rewriter = ProcessRewriter()
    try:
        rewritten = rewriter.rewrite(data)
    finally:
        rewriter.close()
    assert rewritten.kind == kind
    assert len(rewritten.pages) == 1
    assert b"CONTOH" not in rewritten.pages[0].jpeg


def test_every_portrait_would_do(population: Population) -> None:
    """The figures are drawn, but whoever tries the demo with them is not told that no face was found."""
    refused: dict[str, tuple[Cause, ...]] = {}
    for dossier in _dossiers(population):
        if not any(file.name == "pas_foto.jpg" for file in list_files(dossier)):
            continue
        drawn = np.asarray(Image.open(io.BytesIO(read_file(dossier, "pas_foto.jpg"))).convert("RGB"))
        numbers, boxes = portrait.measure(drawn)
        wanted = Expectation("portrait", dossier.person.birth_date)
        causes = judge_portrait(Measures(drawn.shape[1], drawn.shape[0], numbers, boxes), wanted)
        refused |= {dossier.key: causes} if causes else {}
        light = drawn @ (0.299, 0.587, 0.114)
        assert np.percentile(light, 95) > PHONE_SAYS_DARK + 2, dossier.key
    assert refused == {}
