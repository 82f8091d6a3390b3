"""Letters: the police report of a loss, and the letter of RT and RW where a region asks for it."""

from __future__ import annotations

from datetime import timedelta

from PIL import Image

from sandbox.population_register.person import Person
from sandbox.story_documents.dossier import Dossier, long_date, place, sex_word, short_date
from sandbox.story_documents.paper import Paper

_A4 = (1240, 1754)
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def surat_kehilangan(dossier: Dossier) -> Image.Image:
    """Reported two days before the story begins."""
    person, day = dossier.person, dossier.start_day - timedelta(days=2)
    paper = Paper(*_A4)
    y = paper.letterhead(["KEPOLISIAN (CONTOH)", "RESOR " + place(person, 5), "SEKTOR " + place(person, 8)], size=38)
    paper.middle(y + 30, "SURAT TANDA LAPOR KEHILANGAN", 46)
    paper.middle(y + 100, f"Nomor: CONTOH/{person.nik[12:]}/{_ROMAN[day.month - 1]}/{day.year}", 30)
    text = f"Pada hari ini tanggal {long_date(day)} telah datang ke kantor kami seorang yang mengaku:"
    y = paper.paragraph(110, y + 190, text, 32, width=1020)
    y = paper.fields(110, y + 20, _facts(person), size=32, gap=320, step=58)
    text = (
        "melaporkan kehilangan 1 (satu) KTP elektronik atas nama yang bersangkutan, yang diperkirakan tercecer di"
        f" wilayah {place(person, 8)}. Surat ini dibuat untuk pengurusan penggantian KTP-el dan bukan pengganti KTP-el."
    )
    y = paper.paragraph(110, y + 30, text, 32, width=1020)
    paper.stamp(660, y + 80, [f"{place(person, 8)}, {long_date(day)}", "PETUGAS (CONTOH)"], size=28)
    paper.mark_as_specimen()
    return paper.image


def surat_pengantar(dossier: Dossier) -> Image.Image:
    """Written the day before the story begins."""
    person, day = dossier.person, dossier.start_day - timedelta(days=1)
    paper = Paper(*_A4, tint=(251, 250, 246))
    neighbourhood = f"RUKUN TETANGGA {person.rt:03d} / RUKUN WARGA {person.rw:03d}"
    y = paper.letterhead([neighbourhood, f"KELURAHAN {place(person, 13)}", place(person, 5)], size=32)
    paper.middle(y + 30, "SURAT PENGANTAR", 48)
    number = f"{person.rt:03d}/RT.{person.rt:03d}/RW.{person.rw:03d}/{_ROMAN[day.month - 1]}/{day.year}"
    paper.middle(y + 100, f"Nomor: {number}", 30)
    y = paper.paragraph(110, y + 190, "Yang bertanda tangan di bawah ini menerangkan bahwa:", 32, width=1020)
    y = paper.fields(110, y + 20, _facts(person), size=32, gap=320, step=58)
    text = "adalah benar warga kami dan bermaksud mengurus KTP elektronik. Surat ini berlaku 30 hari."
    y = paper.paragraph(110, y + 30, text, 32, width=1020)
    paper.stamp(110, y + 80, ["Mengetahui,", "Ketua RW (CONTOH)"], size=28)
    paper.stamp(700, y + 80, [long_date(day), "Ketua RT (CONTOH)"], size=28)
    paper.mark_as_specimen()
    return paper.image


def _facts(person: Person) -> list[tuple[str, str]]:
    return [
        ("Nama", person.name),
        ("NIK", person.nik),
        ("Tempat, tgl. lahir", f"{person.birth_place}, {short_date(person.birth_date)}"),
        ("Jenis kelamin", sex_word(person)),
        ("Agama", person.religion),
        ("Pekerjaan", person.occupation),
        ("Alamat", f"{person.address} RT {person.rt:03d}/RW {person.rw:03d}"),
        ("Kelurahan/Desa", place(person, 13)),
    ]
