"""Surat tanda lapor kehilangan of the police."""

from __future__ import annotations

from random import Random

from benchmarks.papers import marks, people, words
from benchmarks.papers.kinds.letters import Letter, seal_ink, truth
from benchmarks.papers.style import Paper, Style

_SEEN = ("polsek", "polres", "typed", "needle")
_UNSEEN = ("station", "short")
_TITLES = (
    "SURAT TANDA LAPOR KEHILANGAN",
    "SURAT KETERANGAN TANDA LAPOR KEHILANGAN",
    "SURAT TANDA PENERIMAAN LAPORAN KEHILANGAN",
)
_LOST = ("Kartu Keluarga", "KTP", "Akta Kelahiran", "Kartu Keluarga dan KTP", "KTP elektronik dan SIM C")


def draw(random: Random, *, is_unseen: bool, scale: float = 8.0) -> Paper:
    looks = Style(random, is_unseen)
    layout = looks.layout(_SEEN, _UNSEEN)
    where = people.place(random)
    who = people.person(random, where, years=(1950, 2007))
    written = people.birthday(random, 2025, 2026)
    post = f"POLSEK {where.district}"
    book, month = random.choice(("SKTLK", "STPLK", "LK")), words.ROMAN[written.month - 1]
    number = f"{book}/{random.randint(10, 2999)}/{month}/{written.year}/SPKT/{post}"
    printer = {"typed": "typed", "needle": "dots"}.get(layout, "laser")
    letter = Letter(
        looks, body="mono" if printer != "laser" else random.choice(("serif", "sans")), printer=printer, scale=scale
    )
    _head(letter, layout, where)
    letter.name(
        random.choice(_TITLES),
        f"Nomor : {number}",
        need="field",
    )
    day = words.DAYS[written.weekday()]
    letter.say(
        f"Pada hari ini {day} tanggal {words.long_date(written)} pukul {random.randint(8, 15):02d}."
        f"{random.randint(0, 59):02d} telah datang ke kantor polisi seorang yang mengaku bernama :"
    )
    letter.answers(
        [
            ("Nama", who.name, "field"),
            ("NIK" if random.random() < 0.6 else "No. KTP/NIK", who.nik, "main"),
            ("Tempat/Tgl. Lahir", f"{who.birthplace}, {words.short_date(who.born)}", "field"),
            ("Jenis Kelamin", who.sex.title(), ""),
            ("Agama", who.religion.title(), ""),
            ("Pekerjaan", who.job.title(), ""),
            ("Alamat", people.address(random), ""),
        ]
    )
    lost = random.choice(_LOST)
    letter.say(
        f"Melaporkan bahwa telah kehilangan barang/surat berharga berupa : 1 (satu) lembar {lost} atas nama {who.name},"
        f" yang diperkirakan hilang di sekitar {where.village.title()} pada bulan {words.MONTHS[written.month - 1]}"
        f" {written.year}."
    )
    if layout != "short":
        letter.say(
            "Demikian surat tanda lapor kehilangan ini dibuat dengan sebenarnya dan dipergunakan seperlunya."
            " Surat ini bukan pengganti surat yang hilang."
        )
    letter.y += 6
    letter.signatures(
        ("Pelapor", who.name, ""),
        (f"a.n. KEPALA {post}", people.name(random, is_male=True), f"AIPDA NRP {random.randint(70010001, 99120999)}"),
        place=f"{where.district.title()}, {words.long_date(written)}",
        seal=("POLRI", where.district[:10]),
        ink=seal_ink(random),
    )
    marks.fictional(letter.sheet, letter.body)
    return Paper("lapor_hilang", layout, letter.sheet, truth(number, who, written))


def _head(letter: Letter, layout: str, where: people.Place) -> None:
    town = where.regency.removeprefix("KABUPATEN ").removeprefix("KOTA ")
    lines = ["KEPOLISIAN NEGARA REPUBLIK INDONESIA", f"DAERAH {where.province}", f"RESOR {town}"]
    if layout != "polres":
        lines.append(f"SEKTOR {where.district}")
    letter.head(*lines, is_left=layout != "station", rule="single")
    if layout in {"polsek", "needle", "short"}:
        marks.emblem(letter.sheet, letter.middle, letter.y - 4, 18, (40, 40, 44))
        letter.y += 22
