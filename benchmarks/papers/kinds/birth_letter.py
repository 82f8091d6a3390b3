"""Surat keterangan lahir of a hospital, a health centre or a midwife."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


_TITLES = ("SURAT KETERANGAN LAHIR", "SURAT KETERANGAN LAHIR", "SURAT KETERANGAN KELAHIRAN")


@dataclass(frozen=True, slots=True)
class _Birth:
    where: people.Place
    mother: people.Person
    father: people.Person
    child: people.Person
    born: date
    town: str
    house: str
    number: str


def draw(random: Random, *, is_unseen: bool, scale: float = 8.0) -> Paper:
    looks = Style(random, is_unseen)
    layout = looks.layout(_SEEN, _UNSEEN)
    birth = _birth(random, layout)
    letter = Letter(
        looks, body="sans" if layout in {"hospital", "clinic_form", "certificate"} else "serif", scale=scale
    )
    letter.head(
        birth.house,
        f"{people.address(random)}, {birth.where.district}",
        f"Telp. (0{random.randint(21, 99)}) {random.randint(300000, 799999)}",
        rule="double" if layout != "framed" else "single",
    )
    letter.name(random.choice(_TITLES), f"Nomor : {birth.number}", need="field")
    _tell(letter, layout, birth)
    letter.signatures(
        (
            "Penolong persalinan,",
            f"{people.name(random, is_male=False)}, {random.choice(('S.Tr.Keb', 'A.Md.Keb', 'Sp.OG'))}",
            "",
        ),
        place=f"{birth.town.title()}, {words.long_date(birth.born)}",
        seal=(birth.house.split(maxsplit=1)[0], birth.town[:10]),
        ink=seal_ink(random),
    )
    if layout in {"framed", "certificate"}:
        marks.frame(letter.sheet, 8, (60, 110, 120) if layout == "framed" else (150, 90, 110), double=True)
    marks.fictional(letter.sheet, letter.body)
    return Paper("surat_lahir", layout, letter.sheet, _truth(birth))


def _birth(random: Random, layout: str) -> _Birth:
    where = people.place(random)
    mother = people.person(random, where, is_male=False, years=(1980, 2004))
    father = people.person(random, where, is_male=True, years=(1975, 2002))
    child = people.person(random, where, years=(2025, 2025))
    born = people.birthday(random, 2025, 2026)
    town = where.regency.removeprefix("KABUPATEN ").removeprefix("KOTA ")
    house = f"PRAKTIK MANDIRI BIDAN {mother.mother}" if layout == "midwife" else f"{random.choice(_HOUSES)} {town}"
    book, month = random.choice(("SKL", "SKK", "RM")), words.ROMAN[born.month - 1]
    number = f"{random.randint(1, 899):03d}/{book}/{month}/{born.year}"
    return _Birth(where, mother, father, child, born, town, house, number)


def _tell(letter: Letter, layout: str, birth: _Birth) -> None:
    random, is_dotted = letter.random, layout in {"midwife", "clinic_form"}
    hand = letter.handwriting(chance=0.6 if layout in {"midwife", "clinic_form", "certificate"} else 0)
    letter.say("Yang bertanda tangan di bawah ini menerangkan bahwa telah lahir seorang bayi :")
    clock = f"{random.randint(0, 23):02d}.{random.randint(0, 59):02d} {random.choice(('WIB', 'WITA', 'WIT'))}"
    about_child = [
        ("Nama Bayi", birth.child.name, "field"),
        ("Jenis Kelamin", birth.child.sex.title(), "field"),
        ("Hari/Tanggal Lahir", f"{words.DAYS[birth.born.weekday()]}, {words.long_date(birth.born)}", "field"),
        ("Pukul", clock, ""),
        ("Tempat Lahir", birth.town, "field"),
        ("Berat / Panjang", f"{random.randint(2400, 4100)} gram / {random.randint(45, 53)} cm", ""),
        ("Anak ke", str(random.randint(1, 5)), ""),
    ]
    letter.answers(about_child, pen=hand, is_dotted=is_dotted)
    letter.say("Dari orang tua :")
    about_parents = [
        ("Nama Ibu", birth.mother.name, "field"),
        ("NIK Ibu", birth.mother.nik, "main"),
        ("Nama Ayah", birth.father.name, "field"),
        ("NIK Ayah", birth.father.nik, "main"),
        ("Alamat", people.address(random), ""),
    ]
    letter.answers(about_parents, pen=hand, is_dotted=is_dotted)
    letter.say("Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.")


def _truth(birth: _Birth) -> dict[str, object]:
    return {
        "nomor_surat": birth.number,
        "nama": birth.child.name,
        "jenis_kelamin": "L" if birth.child.is_male else "P",
        "tanggal_lahir": birth.born.isoformat(),
        "tempat_lahir": birth.town,
        "ibu": birth.mother.name,
        "nik_ibu": birth.mother.nik,
        "ayah": birth.father.name,
        "nik_ayah": birth.father.nik,
        "tanggal_surat": birth.born.isoformat(),
    }
