"""Papers that nobody asked for: diploma, driving licence, bill, marriage book, tax card, newspaper and more."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.papers import marks, people, words
from benchmarks.papers.kinds.letters import Letter, seal_ink
from benchmarks.papers.sheet import Sheet
from benchmarks.papers.style import Paper, Style


def draw(random: Random, *, is_unseen: bool, scale: float = 8.0) -> Paper:
    """One of them, as `other`."""
    looks = Style(random, is_unseen)
    name = random.choice(_UNSEEN if is_unseen else _SEEN)
    return Paper("other", name, _DRAW[name](random, looks), {})


def _diploma(random: Random, looks: Style) -> Sheet:
    where = people.place(random)
    who = people.person(random, where, years=(1985, 2006))
    letter = Letter(looks, body="serif")
    marks.frame(letter.sheet, 8, (150, 120, 50), double=True)
    marks.emblem(letter.sheet, letter.middle, 16, 22)
    letter.y = 50
    letter.name("IJAZAH", "", underlined=False)
    letter.name(
        random.choice(("SEKOLAH MENENGAH ATAS", "SEKOLAH MENENGAH KEJURUAN", "MADRASAH ALIYAH")),
        f"Tahun Pelajaran {who.born.year + 17}/{who.born.year + 18}",
        underlined=False,
    )
    letter.say(
        f"Yang bertanda tangan di bawah ini, Kepala Sekolah Menengah Atas Negeri {random.randint(1, 9)}"
        f" {where.district.title()} menerangkan bahwa:"
    )
    letter.answers(
        [
            ("nama", who.name, "field"),
            ("tempat dan tanggal lahir", f"{who.birthplace.title()}, {words.long_date(who.born)}", "field"),
            ("nama orang tua/wali", who.father, ""),
            ("Nomor Induk Siswa Nasional", str(random.randint(10**9, 10**10 - 1)), "main"),
        ],
        gap=62,
    )
    letter.name("LULUS", underlined=False)
    letter.say("dari satuan pendidikan setelah memenuhi seluruh kriteria sesuai dengan peraturan perundang-undangan.")
    letter.signatures(
        ("Kepala Sekolah,", who.mother, f"NIP {random.randint(10**17, 2 * 10**17)}"),
        place=f"{where.district.title()}, 5 Mei {who.born.year + 18}",
        seal=("SMA NEGERI", where.district[:9]),
        ink=seal_ink(random),
    )
    return letter.sheet


def _licence(random: Random, looks: Style) -> Sheet:
    where = people.place(random)
    who = people.person(random, where, years=(1965, 2005))
    sheet = Sheet((85.6, 54), scale=22, colour=(230, 236, 240), random=random)
    sheet.corner = 3
    marks.wash(sheet, (236, 240, 244), (206, 220, 236))
    marks.guilloche(sheet, (170, 190, 214), lines=26, strength=0.4)
    label = looks.pen("sans", 2.5)
    sheet.text(34, 6, "INDONESIA", looks.pen("sans", 3.2, bold=True), align="m")
    sheet.text(34, 10, "SURAT IZIN MENGEMUDI", looks.pen("sans", 3.6, bold=True), align="m", need="field")
    sheet.text(34, 13, "DRIVING LICENSE", label, align="m")
    sheet.text(72, 10, random.choice(("A", "C")), looks.pen("sans", 7, bold=True), align="m")
    sheet.text(
        26,
        17.5,
        f"{random.randint(1000, 9999)}-{random.randint(1000, 9999)}-{random.randint(100000, 999999)}",
        looks.pen("sans", 2.9, bold=True),
        need="main",
    )
    marks.portrait(sheet, (3, 16, 22, 42), is_red=False)
    rows = (
        who.name,
        f"{who.birthplace}, {words.short_date(who.born)}",
        who.blood,
        "PRIA" if who.is_male else "WANITA",
        people.address(random),
        who.job,
        where.province,
    )
    for place, text in enumerate(rows):
        sheet.text(26, 21.5 + place * 3.9, f"{place + 1}. {text}", label, need="field", fit=54)
    sheet.text(26, 51, f"Berlaku s/d {words.short_date(people.birthday(random, 2026, 2030))}", label)
    return sheet


def _bill(random: Random, looks: Style) -> Sheet:
    letter = Letter(looks, body=random.choice(("sans", "mono")))
    letter.head("PERUSAHAAN LISTRIK CONTOH", "UNIT LAYANAN PELANGGAN", is_left=True)
    letter.name("TAGIHAN LISTRIK" if random.random() < 0.6 else "TAGIHAN AIR MINUM", "Bukti Pembayaran Tagihan")
    letter.answers(
        [
            ("ID PELANGGAN", str(random.randint(10**11, 10**12 - 1)), "main"),
            ("NAMA", people.name(random, is_male=True), "field"),
            ("TARIF/DAYA", f"R1/{random.choice((450, 900, 1300))} VA", "field"),
            ("PERIODE", f"{random.choice(words.MONTHS).upper()} 2026", "field"),
            ("STAND METER", f"{random.randint(1000, 90000)}-{random.randint(1000, 90000)}", ""),
            ("TOTAL BAYAR", f"Rp {random.randint(40, 900)}.{random.randint(100, 999)}", "field"),
        ]
    )
    letter.say("Terima kasih telah membayar tepat waktu. Simpan struk ini sebagai bukti pembayaran yang sah.")
    return letter.sheet


def _marriage_book(random: Random, looks: Style) -> Sheet:
    where = people.place(random)
    man, woman = (people.person(random, where, is_male=male, years=(1970, 2000)) for male in (True, False))
    sheet = Sheet((176, 125), scale=10, colour=random.choice(((224, 236, 220), (240, 226, 206))), random=random)
    marks.guilloche(sheet, (150, 180, 150), lines=50, strength=0.35)
    body, strong = looks.pen("serif", 3.4), looks.pen("serif", 3.5, bold=True)
    sheet.line((88, 0), (88, 125), ink=(150, 150, 140), width=0.6)
    sheet.text(44, 14, "KUTIPAN AKTA NIKAH", looks.pen("serif", 4.6, bold=True), align="m", need="field")
    sheet.text(
        44,
        20,
        f"Nomor : {random.randint(10, 999)}/{random.randint(10, 99)}/{random.choice(words.ROMAN)}/"
        f"20{random.randint(10, 25)}",
        body,
        align="m",
        need="main",
    )
    sheet.text(44, 28, "KANTOR URUSAN AGAMA", strong, align="m")
    for start, title, who in ((8, "SUAMI", man), (94, "ISTRI", woman)):
        sheet.text(start, 40, title, strong)
        for place, (label, text) in enumerate(
            (
                ("Nama", who.name),
                ("Tempat, tgl lahir", f"{who.birthplace.title()}, {words.short_date(who.born)}"),
                ("Agama", "Islam"),
                ("Pekerjaan", who.job.title()),
                ("Alamat", people.address(random)),
            )
        ):
            sheet.text(start, 47 + place * 7, label, body)
            sheet.text(start + 28, 47 + place * 7, f": {text}", body, need="field", fit=50)
    marks.portrait(sheet, (116, 84, 132, 106), is_red=False)
    marks.portrait(sheet, (136, 84, 152, 106), is_red=False)
    return sheet


def _tax_card(random: Random, looks: Style) -> Sheet:
    where = people.place(random)
    sheet = Sheet((85.6, 54), scale=22, colour=(240, 232, 190), random=random)
    sheet.corner = 3
    marks.wash(sheet, (246, 226, 130), (250, 246, 226))
    sheet.text(6, 8, "KEMENTERIAN KEUANGAN REPUBLIK INDONESIA", looks.pen("sans", 2.2, bold=True))
    sheet.text(6, 12, "DIREKTORAT JENDERAL PAJAK", looks.pen("sans", 2.6, bold=True))
    sheet.text(6, 20, "NPWP", looks.pen("sans", 4, bold=True), need="field")
    first, second, third, last = random.randint(10, 99), *(random.randint(100, 999) for _ in range(3))
    number = f"{first}.{second}.{third}.{random.randint(1, 9)}-{last}.000"
    sheet.text(6, 27, f"NPWP : {number}", looks.pen("mono", 3.8, bold=True), need="main")
    for place, text in enumerate(
        (
            people.name(random, is_male=True),
            people.address(random),
            where.village,
            where.regency,
            f"KPP PRATAMA {where.district}",
        )
    ):
        sheet.text(6, 33 + place * 4, text, looks.pen("sans", 2.7), need="field", fit=72)
    return sheet


def _receipt(random: Random, looks: Style) -> Sheet:
    sheet = Sheet((80, 150), scale=11, colour=(248, 248, 244), random=random)
    pen = looks.pen("mono", 3.1, ink=(70, 70, 76), printer="dots")
    sheet.text(40, 12, "TOKO SUMBER REJEKI", pen, align="m", need="field")
    sheet.text(40, 17, people.address(random), pen, align="m", fit=70)
    goods = [
        "BERAS 5KG",
        "GULA PASIR",
        "MINYAK 2L",
        "TELUR 1KG",
        "KOPI SACHET",
        "SABUN MANDI",
        "MIE INSTAN",
        "TEH CELUP",
        "SUSU KALENG",
    ]
    for place, item in enumerate(random.sample(goods, 7)):
        sheet.text(6, 28 + place * 6, item, pen)
        sheet.text(
            74, 28 + place * 6, f"{random.randint(3, 90)}.{random.choice(('000', '500'))}", pen, align="r", need="field"
        )
    sheet.text(6, 78, "TOTAL", pen)
    sheet.text(74, 78, f"Rp {random.randint(100, 400)}.000", pen, align="r", need="main")
    sheet.text(40, 96, "TERIMA KASIH", pen, align="m")
    return sheet


def _newspaper(random: Random, looks: Style) -> Sheet:
    sheet = Sheet((260, 350), scale=6.5, colour=(224, 220, 208), random=random)
    body = looks.pen("serif", 3.6)
    sheet.text(
        130,
        26,
        random.choice(("HARIAN CONTOH", "WARTA DESA", "SUARA PAGI")),
        looks.pen("title", 18, bold=True),
        align="m",
        need="main",
    )
    sheet.line((10, 32), (250, 32), width=0.8)
    sheet.text(130, 46, "Panen Raya, Harga Gabah Naik", looks.pen("serif", 11, bold=True), align="m", need="field")
    talk = """warga desa pasar harga musim panen jalan baru sekolah hujan petani gotong royong sungai jembatan kabar
        hari ini kata kepala dinas akan dibangun sejak pagi""".split()
    for column in range(4):
        x, y = 10 + column * 61, 58.0
        for _ in range(6):
            y = sheet.paragraph(x, y, " ".join(random.choices(talk, k=34)).capitalize() + ".", body, width=56) + 2
    sheet.box((72, 200, 188, 270), ink=None, fill=(130, 130, 126))
    return sheet


def _health_card(random: Random, looks: Style) -> Sheet:
    where = people.place(random)
    who = people.person(random, where)
    sheet = Sheet((85.6, 54), scale=22, colour=(236, 246, 240), random=random)
    sheet.corner = 3
    marks.wash(sheet, (220, 242, 230), (246, 250, 248))
    sheet.text(6, 10, "KARTU INDONESIA SEHAT", looks.pen("sans", 4.4, ink=(20, 110, 60), bold=True), need="field")
    for place, (label, text, need) in enumerate(
        (
            ("Nomor Kartu", f"000{random.randint(10**9, 10**10 - 1)}", "main"),
            ("Nama", who.name, "field"),
            ("Alamat", people.address(random), "field"),
            ("Tanggal Lahir", words.short_date(who.born), "field"),
            ("Faskes Tingkat I", f"PUSKESMAS {where.district}", ""),
        )
    ):
        sheet.text(6, 19 + place * 6, label, looks.pen("sans", 2.6))
        sheet.text(30, 19 + place * 6, f": {text}", looks.pen("sans", 2.8, bold=True), need=need, fit=52)
    return sheet


def _certificate_of_residence(random: Random, looks: Style) -> Sheet:
    """A letter of a village that looks much like those asked for, but is none."""
    where = people.place(random)
    who = people.person(random, where)
    letter = Letter(looks, body="serif")
    letter.head(f"PEMERINTAH {where.regency}", f"KECAMATAN {where.district}", f"KANTOR KEPALA DESA {where.village}")
    title = random.choice(("SURAT KETERANGAN USAHA", "SURAT KETERANGAN TIDAK MAMPU", "SURAT KETERANGAN DOMISILI USAHA"))
    letter.name(title, f"Nomor : 470/{random.randint(10, 400)}/2026")
    letter.say("Yang bertanda tangan di bawah ini Kepala Desa menerangkan dengan sebenarnya bahwa :")
    letter.answers(
        [
            ("Nama", who.name, "field"),
            ("NIK", who.nik, "main"),
            ("Pekerjaan", who.job.title(), "field"),
            ("Alamat", people.address(random), ""),
        ]
    )
    letter.say("Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.")
    letter.signatures(
        ("Kepala Desa", people.name(random, is_male=True), ""),
        place=f"{where.village.title()}, 4 Juni 2026",
        seal=("KEPALA DESA", where.village[:9]),
        ink=seal_ink(random),
    )
    return letter.sheet


_Draw = Callable[[Random, Style], Sheet]
_DRAW: dict[str, _Draw] = {
    "ijazah": _diploma,
    "sim": _licence,
    "tagihan": _bill,
    "buku_nikah": _marriage_book,
    "npwp": _tax_card,
    "struk": _receipt,
    "koran": _newspaper,
    "kartu_sehat": _health_card,
    "surat_keterangan": _certificate_of_residence,
}
_SEEN = ("ijazah", "sim", "tagihan", "buku_nikah", "npwp", "struk")
_UNSEEN = ("koran", "kartu_sehat", "surat_keterangan", "ijazah", "sim")
