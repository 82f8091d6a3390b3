"""Surat pengantar of RT and RW."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.papers import marks, people, words
from benchmarks.papers.kinds.letters import Letter, seal_ink, truth
from benchmarks.papers.style import Paper, Style

_SEEN = ("centred", "left_head", "typed", "form")
_UNSEEN = ("slab_head", "narrow_form")
_PURPOSES = (
    "Pengurusan Kartu Keluarga",
    "Pembuatan KTP",
    "Pindah domisili",
    "Pengurusan Akta Kelahiran anak",
    "Perubahan data",
)


def draw(random: Random, *, is_unseen: bool, scale: float = 8.0) -> Paper:
    looks = Style(random, is_unseen)
    layout = looks.layout(_SEEN, _UNSEEN)
    where = people.place(random)
    who = people.person(random, where)
    rt, rw = people.neighbourhood(random)
    written = people.birthday(random, 2023, 2026)
    number = f"{random.randint(1, 399):03d}/RT.{rt}/RW.{rw}/{words.ROMAN[written.month - 1]}/{written.year}"
    typed = layout == "typed"
    letter = Letter(
        looks,
        body="mono" if typed else ("sans" if "form" in layout else "serif"),
        printer="typed" if typed else "laser",
        scale=scale,
    )
    letter.head(
        f"RUKUN TETANGGA {rt} RUKUN WARGA {rw}",
        f"{random.choice(('KELURAHAN', 'DESA'))} {where.village}",
        f"KECAMATAN {where.district}",
        where.regency,
        is_left=layout == "left_head",
        rule="double" if layout != "form" else "single",
    )
    letter.name("SURAT PENGANTAR", f"Nomor : {number}", need="field", underlined=layout != "form")
    letter.say(
        f"Yang bertanda tangan di bawah ini Ketua RT {rt} RW {rw} {where.village.title()}"
        f" Kecamatan {where.district.title()}, menerangkan bahwa :"
    )
    hand = letter.handwriting(chance=0.5 if "form" in layout else 0)
    born = f"{who.birthplace}, {words.short_date(who.born) if random.random() < 0.6 else words.long_date(who.born)}"
    letter.answers(
        [
            ("Nama Lengkap" if random.random() < 0.5 else "Nama", who.name, "field"),
            ("NIK", who.nik, "main"),
            ("Tempat/Tgl Lahir", born, "field"),
            ("Jenis Kelamin", who.sex.title(), ""),
            ("Agama", who.religion.title(), ""),
            ("Pekerjaan", who.job.title(), ""),
            ("Alamat", f"{people.address(random)} RT {rt} RW {rw}", ""),
        ],
        pen=hand,
        is_dotted=layout in {"form", "narrow_form"},
    )
    letter.say(
        f"Orang tersebut di atas adalah benar warga kami yang berdomisili di wilayah RT {rt} RW {rw}."
        f" Surat pengantar ini dibuat untuk keperluan : {random.choice(_PURPOSES)}."
    )
    letter.say("Demikian surat pengantar ini dibuat untuk dipergunakan sebagaimana mestinya.")
    letter.y += 6
    _sign(letter, where, rt, rw, written)
    marks.fictional(letter.sheet, letter.body)
    return Paper("pengantar", layout, letter.sheet, truth(number, who, written))


def _sign(letter: Letter, where: people.Place, rt: str, rw: str, written: date) -> None:
    random = letter.random
    letter.signatures(
        (f"Ketua RW {rw}", people.name(random, is_male=True), ""),
        (f"Ketua RT {rt}", people.name(random, is_male=True), ""),
        place=f"{where.village.title()}, {words.long_date(written)}",
        seal=("RT/RW", where.village[:10]),
        ink=seal_ink(random),
    )
