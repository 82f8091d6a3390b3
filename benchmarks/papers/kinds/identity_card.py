"""KTP-el and the laminated card before it."""

from __future__ import annotations

from random import Random

from benchmarks.papers import marks, people, style, words
from benchmarks.papers.sheet import Pen, Sheet
from benchmarks.papers.style import Paper, Style

_SEEN = ("electronic", "electronic_old", "bold", "laminated")
_UNSEEN = ("green", "wide")


def draw(random: Random, *, is_unseen: bool, scale: float = 22.0) -> Paper:
    """The front of a card."""
    looks = Style(random, is_unseen)
    layout = looks.layout(_SEEN, _UNSEEN)
    where = people.place(random)
    who = people.person(random, where, years=(1945, 2008))
    rt, rw = people.neighbourhood(random)
    street = people.address(random)
    sheet = Sheet((85.6, 54), scale=scale, colour=(176, 208, 226), random=random)
    sheet.corner = 0.5 if layout == "laminated" else 3.0
    _ground(sheet, layout)
    rows = (
        ("Nama", who.name),
        ("Tempat/Tgl Lahir", f"{who.birthplace}, {words.short_date(who.born)}"),
        ("Jenis Kelamin", who.sex),
        ("Alamat", street),
        ("RT/RW", f"{rt}/{rw}"),
        ("Kel/Desa", where.village),
        ("Kecamatan", where.district),
        ("Agama", who.religion),
        ("Status Perkawinan", who.status),
        ("Pekerjaan", who.job),
        ("Kewarganegaraan", "WNI"),
        (
            "Berlaku Hingga",
            "SEUMUR HIDUP" if layout != "laminated" else f"{random.randint(10, 28)}-{random.randint(10, 12)}-2017",
        ),
    )
    _print(sheet, looks, layout, where=where, who=who, rows=rows)
    return Paper(
        "ktp",
        layout,
        sheet,
        {
            "nik": who.nik,
            "nama": who.name,
            "tempat_lahir": who.birthplace,
            "tanggal_lahir": who.born.isoformat(),
            "jenis_kelamin": "L" if who.is_male else "P",
            "alamat": street,
            "rt": rt,
            "rw": rw,
            "kelurahan": where.village,
            "kecamatan": where.district,
            "agama": who.religion,
            "status_kawin": who.status,
            "pekerjaan": who.job,
        },
    )


def _ground(sheet: Sheet, layout: str) -> None:
    if layout == "laminated":
        marks.wash(sheet, (240, 226, 176), (226, 214, 190))
        marks.guilloche(sheet, (200, 170, 120), lines=26, strength=0.4, waves=9)
    elif layout == "green":
        marks.wash(sheet, (198, 226, 206), (214, 234, 226))
        marks.rosettes(sheet, (120, 170, 140), count=9, strength=0.5)
    else:
        first = sheet.random.choice(((164, 206, 228), (186, 214, 232), (172, 210, 214)))
        marks.wash(sheet, first, (202, 226, 236))
        marks.guilloche(sheet, (120, 166, 206), lines=34, strength=0.35, waves=sheet.random.uniform(3, 8))
        if sheet.random.random() < 0.5:
            marks.rosettes(sheet, (140, 180, 214), count=5, strength=0.45)


def _print(
    sheet: Sheet,
    looks: Style,
    layout: str,
    *,
    where: people.Place,
    who: people.Person,
    rows: tuple[tuple[str, str], ...],
) -> None:
    random, dark = looks.random, style.ink(looks.random)
    size = random.uniform(2.5, 2.8)
    label = looks.pen("sans", size, ink=dark)
    value = looks.pen("narrow" if layout == "wide" else "sans", size, ink=dark, bold=layout == "bold")
    main = looks.pen("mono", size * random.uniform(1.35, 1.6), ink=dark, bold=True)
    title = looks.pen("sans", size * 1.12, ink=dark, bold=True)
    middle = sheet.width * (0.5 if layout != "wide" else 0.38)
    sheet.text(middle, 5.2, f"PROVINSI {where.province}", title, align="m", fit=76)
    sheet.text(middle, 8.9, where.regency, title, align="m", fit=76)
    y = 14.2
    if layout == "laminated":
        sheet.text(middle, 12.4, "KARTU TANDA PENDUDUK", title, align="m")
        y = 16.4
    sheet.text(3.2, y, "NIK", Pen(label.face, size * 1.3, dark, bold=True))
    sheet.text(19, y, ":", label)
    sheet.text(21, y, who.nik, main, need="main", fit=42)
    step = (53.2 - y - 2.2) / len(rows)
    for place, (name, text) in enumerate(rows):
        base = y + (place + 1) * step - (0.2 if layout != "electronic_old" else 0)
        indent = 1.8 if name in {"RT/RW", "Kel/Desa", "Kecamatan"} else 0
        sheet.text(3.2 + indent, base, name, label, fit=19.4 - indent)
        sheet.text(23.2, base, f": {text}", value, need="field" if place < 10 else "", fit=38)
        if name == "Jenis Kelamin":
            sheet.text(48, base, f"Gol. Darah : {who.blood}", label)
    _right(sheet, label, where, who, layout)
    marks.fictional(sheet, Pen(label.face, 1.2))


def _right(sheet: Sheet, label: Pen, where: people.Place, who: people.Person, layout: str) -> None:
    top = 11.5 if layout != "wide" else 7
    marks.portrait(sheet, (63, top, 82, top + 25), is_red=who.born.year % 2 == 1)
    small = Pen(label.face, label.size * 0.92, label.ink)
    town = where.regency.removeprefix("KABUPATEN ").removeprefix("KOTA ")
    sheet.text(72.5, top + 28.6, town, small, align="m", fit=22)
    sheet.text(72.5, top + 31.8, words.short_date(people.birthday(sheet.random, 2012, 2025)), small, align="m")
    marks.signature(sheet, 66, top + 36, 13, (24, 24, 30))
    if layout == "laminated":
        marks.stamp(sheet, (62, top + 24), 5.5, ("CAMAT", ""), Pen(label.face, 2, (90, 40, 130)))
