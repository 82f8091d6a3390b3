"""Surat keterangan lahir of a hospital, a health centre or a midwife."""

from __future__ import annotations

from random import Random

from benchmarks.papers import marks, people, words
from benchmarks.papers.kinds.letters import Letter, seal_ink
from benchmarks.papers.style import Paper, Style

_SEEN = ("hospital", "midwife", "clinic_form", "framed")
_UNSEEN = ("maternity", "certificate")
_HOUSES = (
    "RSUD HARAPAN",
    "RS BUNDA SEJAHTERA",
    "RSIA KASIH IBU",
    "PUSKESMAS MEKAR",
    "KLINIK BERSALIN MELATI",
    "RUMAH BERSALIN ANUGERAH",
)


def draw(random: Random, *, is_unseen: bool, scale: float = 8.0) -> Paper:
    looks = Style(random, is_unseen)
    layout = looks.layout(_SEEN, _UNSEEN)
    where = people.place(random)
    mother = people.person(random, where, is_male=False, years=(1980, 2004))
    father = people.person(random, where, is_male=True, years=(1975, 2002))
    child = people.person(random, where, years=(2025, 2025))
    born = people.birthday(random, 2025, 2026)
    town = where.regency.removeprefix("KABUPATEN ").removeprefix("KOTA ")
    house = f"PRAKTIK MANDIRI BIDAN {mother.mother}" if layout == "midwife" else f"{random.choice(_HOUSES)} {town}"
    number = (
        f"{random.randint(1, 899):03d}/{random.choice(('SKL', 'SKK', 'RM'))}/{words.ROMAN[born.month - 1]}/{born.year}"
    )
    letter = Letter(
        looks, body="sans" if layout in {"hospital", "clinic_form", "certificate"} else "serif", scale=scale
    )
    letter.head(
        house,
        f"{people.address(random)}, {where.district}",
        f"Telp. (0{random.randint(21, 99)}) {random.randint(300000, 799999)}",
        rule="double" if layout != "framed" else "single",
    )
    letter.name(
        random.choice(("SURAT KETERANGAN LAHIR", "SURAT KETERANGAN KELAHIRAN", "SURAT KETERANGAN LAHIR")),
        f"Nomor : {number}",
        need="field",
    )
    hand = (
        looks.pen("hand", letter.body.size * 1.3, ink=(26, 36, 104), printer="hand")
        if layout in {"midwife", "clinic_form", "certificate"} and random.random() < 0.6
        else None
    )
    letter.say("Yang bertanda tangan di bawah ini menerangkan bahwa telah lahir seorang bayi :")
    clock, weight, length = (
        f"{random.randint(0, 23):02d}.{random.randint(0, 59):02d}",
        random.randint(2400, 4100),
        random.randint(45, 53),
    )
    letter.answers(
        [
            ("Nama Bayi", child.name, "field"),
            ("Jenis Kelamin", child.sex.title(), "field"),
            ("Hari/Tanggal Lahir", f"{words.DAYS[born.weekday()]}, {words.long_date(born)}", "field"),
            ("Pukul", f"{clock} {random.choice(('WIB', 'WITA', 'WIT'))}", ""),
            ("Tempat Lahir", town, "field"),
            ("Berat / Panjang", f"{weight} gram / {length} cm", ""),
            ("Anak ke", str(random.randint(1, 5)), ""),
        ],
        pen=hand,
        is_dotted=layout in {"midwife", "clinic_form"},
    )
    letter.say("Dari orang tua :")
    letter.answers(
        [
            ("Nama Ibu", mother.name, "field"),
            ("NIK Ibu", mother.nik, "main"),
            ("Nama Ayah", father.name, "field"),
            ("NIK Ayah", father.nik, "main"),
            ("Alamat", people.address(random), ""),
        ],
        pen=hand,
        is_dotted=layout in {"midwife", "clinic_form"},
    )
    letter.say("Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.")
    letter.signatures(
        (
            "Penolong persalinan,",
            f"{people.name(random, is_male=False)}, {random.choice(('S.Tr.Keb', 'A.Md.Keb', 'Sp.OG'))}",
            "",
        ),
        place=f"{town.title()}, {words.long_date(born)}",
        seal=(house.split(maxsplit=1)[0], town[:10]),
        ink=seal_ink(random),
    )
    if layout in {"framed", "certificate"}:
        marks.frame(letter.sheet, 8, (60, 110, 120) if layout == "framed" else (150, 90, 110), double=True)
    marks.fictional(letter.sheet, letter.body)
    return Paper(
        "surat_lahir",
        layout,
        letter.sheet,
        {
            "nomor_surat": number,
            "nama": child.name,
            "jenis_kelamin": "L" if child.is_male else "P",
            "tanggal_lahir": born.isoformat(),
            "tempat_lahir": town,
            "ibu": mother.name,
            "nik_ibu": mother.nik,
            "ayah": father.name,
            "nik_ayah": father.nik,
            "tanggal_surat": born.isoformat(),
        },
    )
