"""Which documents each story person has, and their bytes: JPEG, PDF, or a HEIC that was made beforehand."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from sandbox.population_register import person as words
from sandbox.story_documents import civil_papers, letters, portraits
from sandbox.story_documents.dossier import Dossier
from sandbox.story_documents.photograph import grain, photograph

DATA = Path(__file__).parent / "data"
_LARGEST_JPEG = 420_000
_TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf", "heic": "image/heic"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of document: `kind` is the word of the portal's definitions."""

    kind: str
    label_id: str
    label_en: str
    draw: Callable[[Dossier], Image.Image]
    is_portrait: bool = False


_SHEETS = {
    sheet.kind: sheet
    for sheet in (
        Sheet("kk", "Kartu Keluarga", "Family card", civil_papers.kartu_keluarga),
        Sheet("akta_kelahiran", "Akta kelahiran", "Birth deed", civil_papers.akta_kelahiran),
        Sheet("pas_foto", "Pas foto", "Portrait", portraits.pas_foto, is_portrait=True),
        Sheet("surat_pengantar_rt_rw", "Surat pengantar RT/RW", "Letter of RT/RW", letters.surat_pengantar),
        Sheet("surat_kehilangan_kepolisian", "Surat kehilangan", "Police report of loss", letters.surat_kehilangan),
        Sheet("ktp_rusak", "KTP-el yang rusak", "The damaged card", portraits.ktp_rusak),
        Sheet("buku_nikah", "Buku nikah", "Marriage book", civil_papers.buku_nikah),
    )
}
# The encoder for HEIC is not free to ship, so these two were made once: their people's data never change.
MADE_BEFOREHAND = {("lost_card", "kk"), ("damaged_card", "ktp_rusak")}
_AS_PDF = {
    *(("lost_card", "surat_kehilangan_kepolisian"), ("first_card", "akta_kelahiran")),
    *(("damaged_card", "akta_kelahiran"), ("single_name", "kk")),
}
_HAS_DAMAGED_CARD = ("damaged_card", "single_name")


@dataclass(frozen=True, slots=True)
class StoryFile:
    """One file to download: `name` ends with its format."""

    name: str
    sheet: Sheet


def list_files(dossier: Dossier) -> tuple[StoryFile, ...]:
    """The documents that this person has; none for the dead."""
    person = dossier.person
    if person.is_dead:
        return ()
    kinds = ["kk", "akta_kelahiran", "pas_foto"]
    if dossier.key in _HAS_DAMAGED_CARD:
        kinds.append("ktp_rusak")
    elif person.card_status in (words.ISSUED, words.UNKNOWN_STATUS, words.DUPLICATE):
        kinds.append("surat_kehilangan_kepolisian")
    if dossier.key == "married_at_16":
        kinds.append("buku_nikah")
    if person.village.startswith("33.74"):
        kinds.append("surat_pengantar_rt_rw")
    return tuple(StoryFile(f"{kind}.{_ending(dossier.key, kind)}", _SHEETS[kind]) for kind in kinds)


def _ending(key: str, kind: str) -> str:
    if (key, kind) in MADE_BEFOREHAND:
        return "heic"
    return "pdf" if (key, kind) in _AS_PDF else "jpg"


def content_type(name: str) -> str:
    return _TYPES[name.rpartition(".")[2]]


def read_file(dossier: Dossier, name: str) -> bytes:
    """The bytes of one of `list_files`. Raises KeyError for another name."""
    for file in list_files(dossier):
        if file.name == name:
            return _make(dossier, file)
    raise KeyError(name)


def picture(dossier: Dossier, sheet: Sheet) -> Image.Image:
    """The sheet as photographed."""
    rng = dossier.chance(sheet.kind)
    drawn = sheet.draw(dossier)
    return grain(drawn, rng) if sheet.is_portrait else photograph(drawn, rng)


def _make(dossier: Dossier, file: StoryFile) -> bytes:
    ending = file.name.rpartition(".")[2]
    if ending == "heic":
        return (DATA / f"{dossier.key}-{file.name}").read_bytes()
    image = picture(dossier, file.sheet)
    if ending == "pdf":
        return _as_pdf(image)
    return _as_jpeg(image, exif=_exif())


def _exif() -> Image.Exif:
    """What phones write, place included, so that one can see it vanish in the portal (0° N 0° E is open sea)."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "CONTOH", "Ponsel peraga"
    exif.get_ifd(0x8825).update({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)})
    return exif


def _as_jpeg(image: Image.Image, *, exif: Image.Exif | None = None) -> bytes:
    for quality in range(84, 30, -6):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, exif=exif or Image.Exif())
        if out.tell() <= _LARGEST_JPEG:
            break
    return out.getvalue()


def _as_pdf(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PDF", resolution=150, quality=70, title="CONTOH")
    return out.getvalue()


@lru_cache(maxsize=1)
def made_from() -> dict[str, str]:
    """Story key → fingerprint of the data from which the files made beforehand were drawn."""
    fingerprints: dict[str, str] = json.loads((DATA / "fingerprints.json").read_text())
    return fingerprints
