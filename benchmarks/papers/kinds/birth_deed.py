"""Kutipan akta kelahiran: in one language and typed (old), in two languages, and with an electronic signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks.papers import marks, people, style, words
from benchmarks.papers.sheet import Pen, Sheet
from benchmarks.papers.style import Paper, Style

_SEEN = ("bilingual", "electronic", "old", "old_needle")
_UNSEEN = ("bilingual_wide", "old_slab")
_LONG = 44  # letters
_COUNT = ("SATU", "DUA", "TIGA", "EMPAT", "LIMA")
_COUNT_ENGLISH = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True, slots=True)
class _Birth:
    child: people.Person
    number: str
    town: str
    issued: date
    order: int
    has_nik: bool
    official: str


def draw(random: Random, *, is_unseen: bool, scale: float = 8.0) -> Paper:
    looks = Style(random, is_unseen)
    layout = looks.layout(_SEEN, _UNSEEN)
    birth = _birth(random, is_old=layout.startswith("old"))
    sheet = Sheet((210, 297), scale=scale, colour=style.white(random), random=random)
    _ground(sheet, layout)
    if layout.startswith("old"):
        _old(sheet, looks, layout, birth)
    else:
        _bilingual(sheet, looks, layout, birth)
    child = birth.child
    fields: dict[str, object] = {
        "nomor_akta": birth.number,
        "nama": child.name,
        "tempat_lahir": child.birthplace,
        "tanggal_lahir": child.born.isoformat(),
        "ayah": child.father,
        "ibu": child.mother,
    }
    return Paper("akta_kelahiran", layout, sheet, {"nik": child.nik, **fields} if birth.has_nik else fields)


def _birth(random: Random, *, is_old: bool) -> _Birth:
    where = people.place(random)
    child = people.person(random, where, years=(1970, 2003) if is_old else (1990, 2025))
    issued = people.day_after(random, child.born, date(min(2026, child.born.year + 3), 10, 1))
    town = where.regency.removeprefix("KABUPATEN ").removeprefix("KOTA ")
    if is_old:
        register, initials = random.choice(("U", "TP", "IST", "DISP")), "".join(word[0] for word in town.split())
        number = f"{random.randint(10, 4999)}/{register}/{initials}/{issued.year}"
    else:
        late = (issued - child.born).days > 60
        number = f"{where.code[:4]}-{'LT' if late else 'LU'}-{issued:%d%m%Y}-{random.randint(1, 199):04d}"
    return _Birth(
        child,
        number,
        town,
        issued,
        random.randint(0, 4),
        not is_old,
        people.name(random, is_male=random.random() < 0.6),
    )


def _ground(sheet: Sheet, layout: str) -> None:
    if layout in {"bilingual", "bilingual_wide"}:
        marks.wash(sheet, (222, 230, 238), (232, 228, 222) if layout == "bilingual" else (240, 224, 232))
        marks.rosettes(sheet, (160, 176, 200), count=30, strength=0.45)
    elif layout in {"old", "old_slab"}:
        marks.wash(sheet, (240, 234, 214), (230, 222, 200))
        marks.guilloche(sheet, (196, 176, 130), lines=60, strength=0.3)
    if layout in {"old", "old_needle", "bilingual_wide"}:
        marks.frame(sheet, 9, (110, 90, 60), double=layout != "old_needle")


def _bilingual(sheet: Sheet, looks: Style, layout: str, birth: _Birth) -> None:
    random, dark = looks.random, style.ink(looks.random)
    role = random.choice(("serif", "sans"))
    size = random.uniform(3.7, 4.3)
    body, strong = looks.pen(role, size, ink=dark), looks.pen(role, size, ink=dark, bold=True)
    small = looks.pen(role, size * 0.62, ink=(90, 90, 96))
    middle, left = sheet.width / 2, 26.0
    marks.emblem(sheet, middle, 16, 19)
    for at, text, pen in (
        (42, "REPUBLIK INDONESIA", strong),
        (48, "PENCATATAN SIPIL", strong),
        (53, "CIVIL REGISTRATION", small),
        (59, "WARGA NEGARA INDONESIA", body),
    ):
        sheet.text(middle, at, text, pen, align="m")
    sheet.text(middle, 70, "KUTIPAN AKTA KELAHIRAN", looks.pen(role, size * 1.5, ink=dark, bold=True), align="m")
    sheet.text(middle, 75, "EXCERPT OF BIRTH CERTIFICATE", small, align="m")
    child = birth.child
    pairs = (
        ("Nomor Induk Kependudukan", "Personal Registration Number", child.nik, "main"),
        ("Berdasarkan Akta Kelahiran Nomor", "By virtue of Birth Certificate Number", birth.number, "field"),
        ("bahwa di", "that in", child.birthplace, "field"),
        (
            "pada tanggal",
            "on date",
            words.spoken_date(child.born).upper()
            if layout != "electronic"
            else f"{words.long_date(child.born).upper()}",
            "field",
        ),
    )
    y = 88.0
    gap = 62.0 if layout != "bilingual_wide" else 70.0
    for label, english, value, need in pairs:
        sheet.text(left, y, label, body, fit=gap - 3)
        sheet.text(left, y + size * 0.75, english, small, fit=gap - 3)
        for line in _in_lines(value):
            sheet.text(left + gap, y, line, strong, need=need, fit=sheet.width - left - gap - 18)
            y += size * 1.25
        y += size * 1.25
    sheet.text(left, y, "telah lahir", body)
    sheet.text(left, y + size * 0.75, "was born", small)
    y += size * 2.4
    width = sheet.text(
        middle, y, child.name, looks.pen(role, size * 1.25, ink=dark, bold=True), align="m", need="field", fit=150
    )
    sheet.line((middle - width / 2 - 8, y + 1.2), (middle + width / 2 + 8, y + 1.2))
    y += size * 2.6
    order = f"{_COUNT[birth.order]}, {child.sex} DARI {'AYAH' if random.random() < 0.5 else 'SUAMI-ISTRI'}"
    for label, english, value, need in (
        ("anak ke", f"{_COUNT_ENGLISH[birth.order]} child", order, ""),
        ("Ayah" if layout == "electronic" else "ayah", "father", child.father, "field"),
        ("dan ibu" if layout != "electronic" else "Ibu", "and mother", child.mother, "field"),
    ):
        sheet.text(left, y, label, body)
        sheet.text(left, y + size * 0.75, english, small)
        sheet.text(left + gap * 0.6, y, value, strong, need=need, fit=120)
        y += size * 2.5
    _issued(sheet, body, birth, y + 8, is_electronic=layout == "electronic")


def _in_lines(value: str) -> tuple[str, ...]:
    """Two lines of about one length for what does not fit on one: dates in words."""
    if len(value) <= _LONG:
        return (value,)
    cut = value.index(" ", len(value) // 2)
    return value[:cut], value[cut + 1 :]


def _old(sheet: Sheet, looks: Style, layout: str, birth: _Birth) -> None:
    random, dark = looks.random, style.ink(looks.random)
    size = random.uniform(4.0, 4.5)
    body = looks.pen("serif" if layout != "old_slab" else "title", size, ink=dark)
    typed = looks.pen("mono", size * 0.95, ink=dark, printer="dots" if layout == "old_needle" else "typed", bold=True)
    middle, left = sheet.width / 2, 28.0
    marks.emblem(sheet, middle, 18, 20, (60, 60, 60))
    sheet.text(middle, 46, "PENCATATAN SIPIL", looks.pen("serif", size * 1.15, ink=dark, bold=True), align="m")
    sheet.text(middle, 52, f"{random.choice(('WARGA NEGARA INDONESIA', 'Warga Negara : INDONESIA'))}", body, align="m")
    sheet.text(middle, 64, "KUTIPAN AKTA KELAHIRAN", looks.pen("serif", size * 1.5, ink=dark, bold=True), align="m")
    child, y = birth.child, 80.0
    rows = (
        ("Dari daftar umum / istimewa tentang kelahiran menurut Stbld. 1920 No. 751 jo. 1927 No. 564", "", ""),
        ("Nomor", birth.number, "main"),
        ("di", child.birthplace, "field"),
        ("ternyata bahwa pada tanggal", words.spoken_date(child.born), "field"),
        ("telah lahir", child.name, "field"),
        (f"anak {'laki-laki' if child.is_male else 'perempuan'} ke", _COUNT[birth.order].lower(), ""),
        ("dari suami", child.father, "field"),
        ("dan isteri", child.mother, "field"),
    )
    for label, value, need in rows:
        width = sheet.text(left, y, label, body, fit=sheet.width - 2 * left)
        start = left + width + 4
        if value:
            sheet.dotted(start, y + 1, sheet.width - left - start, body)
            sheet.text(start + 2, y - 0.3, value, typed, need=need, fit=sheet.width - left - start - 3)
        y += size * 2.2
    _issued(sheet, body, birth, y + 6, is_electronic=False)


def _issued(sheet: Sheet, body: Pen, birth: _Birth, y: float, *, is_electronic: bool) -> None:
    sheet.text(28, y, f"Kutipan ini dikeluarkan di {birth.town}", body, fit=150)
    sheet.text(28, y + body.size * 1.5, f"pada tanggal {words.long_date(birth.issued)}", body)
    right, y = sheet.width * 0.68, y + body.size * 3.6
    sheet.text(right, y, "Pejabat Pencatatan Sipil", body, align="m")
    sheet.text(right, y + body.size * 1.3, birth.town, body, align="m", fit=80)
    if is_electronic:
        marks.code(sheet, right - 11, y + 8, 22, "CONTOH data fiktif")
    else:
        marks.stamp(
            sheet, (right - 14, y + 18), 14, ("CATATAN SIPIL", birth.town[:10]), Pen(body.face, 3, (70, 50, 150))
        )
        marks.signature(sheet, right - 14, y + 17, 34, (24, 24, 30))
    sheet.text(right, y + 36, birth.official, Pen(body.face, body.size, body.ink, bold=True), align="m", fit=80)
    sheet.text(
        26,
        min(sheet.height - 16, y + 46),
        f"AL. {sheet.random.randint(100, 999)}.{sheet.random.randint(1000000, 9999999)}",
        body,
    )
    marks.fictional(sheet, body)
