"""Kartu Keluarga: one sheet of A4 across, two tables, up to ten people a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks.papers import marks, people, style, words
from benchmarks.papers.sheet import Colour, Pen, Sheet
from benchmarks.papers.style import Paper, Style

_SEEN = ("electronic", "security", "plain", "needle")
_UNSEEN = ("ruled", "boxed")
_PER_PAGE = 10
_COLUMNS = (
    ("No", 7),
    ("Nama Lengkap", 56),
    ("NIK", 38),
    ("Jenis Kelamin", 21),
    ("Tempat Lahir", 30),
    ("Tanggal Lahir", 22),
    ("Agama", 19),
    ("Pendidikan", 38),
    ("Jenis Pekerjaan", 35),
    ("Gol. Darah", 11),
)
_MORE_COLUMNS = (
    ("No", 7),
    ("Status Perkawinan", 26),
    ("Tanggal Perkawinan", 25),
    ("Status Hubungan Dalam Keluarga", 40),
    ("Kewarganegaraan", 27),
    ("No. Paspor", 22),
    ("No. KITAP", 22),
    ("Nama Ayah", 54),
    ("Nama Ibu", 54),
)


@dataclass(frozen=True, slots=True)
class _Look:
    """What differs between the layouts."""

    head: Pen
    label: Pen
    value: Pen
    heading: Pen
    row: float
    shade: Colour | None
    rules: Colour
    fills_rows: bool
    inset: float


@dataclass(frozen=True, slots=True)
class _Household:
    number: str
    where: people.Place
    street: str
    rt: str
    rw: str
    postcode: str
    members: list[people.Person]
    issued: str
    official: str


def draw(random: Random, *, is_unseen: bool, scale: float = 8.0, page: int = 1, pages: int = 1) -> Paper:
    """One page of a Kartu Keluarga; the second page goes on with the eleventh person."""
    looks = Style(random, is_unseen)
    layout = looks.layout(_SEEN, _UNSEEN)
    household = _household(random, random.randint(11, 13) if pages > 1 else random.choice((1, 2, 3, 3, 4, 4, 5, 6, 8)))
    sheet = Sheet((297, 210), scale=scale, colour=style.white(random), random=random)
    look = _look(looks, layout)
    _ground(sheet, layout)
    shown = household.members[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    _heading(sheet, look, layout, household)
    y = _first_table(sheet, look, shown, (page - 1) * _PER_PAGE, 54)
    y = _second_table(sheet, look, shown, (page - 1) * _PER_PAGE, y + 4)
    _foot(sheet, look, layout, household, y + 6)
    if pages > 1:
        sheet.text(sheet.width - look.inset, sheet.height - 7, f"Halaman {page} dari {pages}", look.label, align="r")
    marks.fictional(sheet, look.label)
    return Paper("kk", layout, sheet, _truth(household, shown))


def _household(random: Random, size: int) -> _Household:
    where = people.place(random)
    members = people.family(random, where, size)
    issued = people.day_after(random, max(date(2010, 1, 1), *(member.born for member in members)))
    rt, rw = people.neighbourhood(random)
    return _Household(
        number=people.family_number(random, where.code, people.birthday(random, 2005, 2024)),
        where=where,
        street=people.address(random),
        rt=rt,
        rw=rw,
        postcode=str(random.randint(10110, 98990)),
        members=members,
        issued=words.short_date(issued),
        official=people.name(random, is_male=True),
    )


def _look(looks: Style, layout: str) -> _Look:
    random, dark = looks.random, style.ink(looks.random)
    needle = layout == "needle" or (layout == "security" and random.random() < 0.4)
    small = random.uniform(2.7, 3.1)
    role = "mono" if needle or layout == "ruled" or random.random() < 0.3 else random.choice(("sans", "narrow"))
    shade: Colour | None = random.choice(((208, 224, 240), (216, 232, 214), (226, 226, 226)))
    return _Look(
        head=looks.pen(
            "title" if layout in {"plain", "boxed"} else "sans", random.uniform(6.2, 7.6), ink=dark, bold=True
        ),
        label=looks.pen("sans", small + 0.15, ink=dark),
        value=looks.pen(role, small, ink=dark, printer="dots" if needle else "laser", bold=needle),
        heading=looks.pen("narrow", small - 0.35, ink=dark, bold=random.random() < 0.7),
        row=random.uniform(4.6, 5.2),
        shade=None if layout in {"plain", "needle"} else shade,
        rules=random.choice(((40, 40, 44), (90, 90, 96), (60, 84, 120))),
        fills_rows=layout not in {"plain", "boxed"},
        inset=random.uniform(8, 12),
    )


def _ground(sheet: Sheet, layout: str) -> None:
    if layout in {"security", "needle"}:
        marks.wash(sheet, (228, 240, 236), (238, 236, 220))
        marks.guilloche(sheet, (120, 170, 150), lines=70, strength=0.35)
    elif layout == "ruled":
        marks.wash(sheet, (244, 236, 222), (236, 238, 244))
        marks.rosettes(sheet, (170, 150, 120), count=14, strength=0.4)
    elif layout == "electronic" and sheet.random.random() < 0.4:
        marks.rosettes(sheet, (196, 206, 216), count=20, strength=0.5)
    if layout in {"security", "boxed"}:
        marks.frame(sheet, 4, (90, 120, 110), double=layout == "boxed")


def _heading(sheet: Sheet, look: _Look, layout: str, household: _Household) -> None:
    middle = sheet.width / 2
    number = Pen(look.head.face, look.head.size * 0.72, look.head.ink, bold=True)
    if layout == "ruled":
        sheet.text(look.inset, 17, "KARTU KELUARGA", look.head)
        sheet.text(sheet.width - look.inset, 17, f"No. {household.number}", number, need="main", align="r")
    else:
        sheet.text(middle, 16, "KARTU KELUARGA", look.head, align="m")
        sheet.text(middle, 23, f"No. {household.number}", number, need="main", align="m")
        marks.emblem(sheet, look.inset + 10, 7, 15)
    where = household.where
    left = (
        ("Nama Kepala Keluarga", household.members[0].name),
        ("Alamat", household.street),
        ("RT/RW", f"{household.rt}/{household.rw}"),
        ("Desa/Kelurahan", where.village),
    )
    right = (
        ("Kecamatan", where.district),
        ("Kabupaten/Kota", where.regency),
        ("Kode Pos", household.postcode),
        ("Provinsi", where.province),
    )
    if layout == "boxed":
        left, right = (*left[:2], left[3], right[0]), (left[2], right[1], right[2], right[3])
    for start, gap, rows in ((look.inset, 40, left), (sheet.width * 0.63, 30, right)):
        for place, (label, value) in enumerate(rows):
            y = 30 + place * 5
            sheet.text(start, y, label, look.label)
            sheet.text(start + gap, y, ":", look.label)
            sheet.text(start + gap + 3, y, value, look.value, need="field", fit=74)


def _first_table(sheet: Sheet, look: _Look, shown: list[people.Person], before: int, top: float) -> float:
    rows = [
        [
            str(before + place + 1),
            who.name,
            who.nik,
            who.sex,
            who.birthplace,
            words.short_date(who.born),
            who.religion,
            who.school,
            who.job,
            who.blood,
        ]
        for place, who in enumerate(shown)
    ]
    return _table(sheet, look, _COLUMNS, rows, top, needs={1: "member", 2: "member", 5: "member"})


def _second_table(sheet: Sheet, look: _Look, shown: list[people.Person], before: int, top: float) -> float:
    rows = [
        [
            str(before + place + 1),
            who.status,
            "-",
            who.relation,
            "WNI",
            "-",
            "-",
            who.father,
            who.mother,
        ]
        for place, who in enumerate(shown)
    ]
    return _table(sheet, look, _MORE_COLUMNS, rows, top, needs={3: "member"})


def _table(
    sheet: Sheet,
    look: _Look,
    columns: tuple[tuple[str, int], ...],
    rows: list[list[str]],
    top: float,
    *,
    needs: dict[int, str],
) -> float:
    width = sheet.width - 2 * look.inset
    unit = width / sum(part for _, part in columns)
    edges = [look.inset]
    for _, part in columns:
        edges.append(edges[-1] + part * unit)
    height, count = 7.0, _PER_PAGE if look.fills_rows else len(rows)
    bottom = top + height + count * look.row
    if look.shade:
        sheet.box((edges[0], top, edges[-1], top + height), ink=None, fill=look.shade)
    for line in range(count + 1):
        y = top + height + line * look.row
        sheet.line((edges[0], y), (edges[-1], y), ink=look.rules)
    sheet.line((edges[0], top), (edges[-1], top), ink=look.rules, width=0.35)
    for x in edges:
        sheet.line((x, top), (x, bottom), ink=look.rules)
    for place, (title, _) in enumerate(columns):
        middle, room = (edges[place] + edges[place + 1]) / 2, edges[place + 1] - edges[place] - 1
        sheet.text(middle, top + 4.4, title, look.heading, align="m", fit=room)
    for line in range(count):
        y = top + height + line * look.row + look.row * 0.74
        for place in range(len(columns)):
            room = edges[place + 1] - edges[place] - 1.4
            value = rows[line][place] if line < len(rows) else (str(line + 1) if place == 0 else "-")
            need = needs.get(place, "") if line < len(rows) else ""
            is_text = line < len(rows) and place > 0
            sheet.text(edges[place] + (0.8 if is_text else room / 2), y, value, look.value, need=need, fit=room)
    return bottom


def _foot(sheet: Sheet, look: _Look, layout: str, household: _Household, y: float) -> None:
    y = min(y, sheet.height - 34)
    head = household.members[0].name
    sheet.text(look.inset, y, f"Dikeluarkan Tanggal : {household.issued}", look.label)
    sheet.text(look.inset, y + 5, "LEMBAR : I. Kepala Keluarga  II. RT  III. Desa/Kelurahan", look.heading)
    left, right = sheet.width * 0.43, sheet.width * 0.78
    sheet.text(left, y, "KEPALA KELUARGA", look.label, align="m")
    sheet.text(right, y, "KEPALA DINAS KEPENDUDUKAN DAN", look.label, align="m")
    sheet.text(right, y + 4, "PENCATATAN SIPIL", look.label, align="m")
    marks.signature(sheet, left - 12, y + 12, 26)
    sheet.text(left, y + 22, head, look.label, align="m")
    if layout in {"electronic", "boxed"}:
        marks.code(sheet, right - 42, y - 2, 16, "CONTOH data fiktif")
        sheet.text(look.inset, y + 25, "Dokumen ini telah ditandatangani secara elektronik", look.heading)
    else:
        marks.stamp(sheet, (right - 14, y + 13), 11, ("DINAS", "DUKCAPIL"), Pen(look.label.face, 3, (70, 50, 140)))
        marks.signature(sheet, right - 12, y + 12, 28, (24, 24, 30))
    sheet.text(right, y + 22, household.official, look.label, align="m")
    day = sheet.random.randint(10, 28)
    sheet.text(
        right,
        y + 26,
        f"NIP. 19{sheet.random.randint(65, 89)}{day:02d}{day:02d}201001{sheet.random.randint(1000, 2999)}",
        look.label,
        align="m",
    )


def _truth(household: _Household, shown: list[people.Person]) -> dict[str, object]:
    where = household.where
    return {
        "no_kk": household.number,
        "kepala_keluarga": household.members[0].name,
        "alamat": household.street,
        "rt": household.rt,
        "rw": household.rw,
        "kelurahan": where.village,
        "kecamatan": where.district,
        "kabupaten": where.regency,
        "provinsi": where.province,
        "anggota": [
            {
                "nama": who.name,
                "nik": who.nik,
                "tanggal_lahir": who.born.isoformat(),
                "tempat_lahir": who.birthplace,
                "jenis_kelamin": "L" if who.is_male else "P",
                "shdk": who.relation,
            }
            for who in shown
        ],
    }
