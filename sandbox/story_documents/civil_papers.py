"""Kartu Keluarga, akta kelahiran and buku nikah as drawn sheets."""

from __future__ import annotations

from datetime import timedelta

from PIL import Image

from sandbox.population_register.person import Person
from sandbox.story_documents.dossier import Dossier, long_date, place, recorded_on, sex_word, short_date
from sandbox.story_documents.paper import Paper

_A4 = (1240, 1754)


def kartu_keluarga(dossier: Dossier) -> Image.Image:
    """The family's card: every member with NIK, in two tables."""
    paper = Paper(2000, 1414, tint=(243, 249, 250))
    head = dossier.head
    paper.middle(60, "KARTU KELUARGA", 64)
    paper.middle(140, f"No. {head.no_kk}", 46)
    left = [
        ("Nama Kepala Keluarga", head.name),
        ("Alamat", head.address),
        ("RT/RW", f"{head.rt:03d}/{head.rw:03d}"),
        ("Kode Pos", "00000"),
    ]
    right = [
        ("Desa/Kelurahan", place(head, 13)),
        ("Kecamatan", place(head, 8)),
        ("Kabupaten/Kota", place(head, 5)),
        ("Provinsi", place(head, 2)),
    ]
    paper.fields(90, 220, left, size=26, gap=320, step=42, to_x=1150)
    paper.fields(1180, 220, right, size=26, gap=260, step=42)
    below = paper.table(60, 410, (50, 420, 270, 170, 230, 170, 190, 260, 120), _first_table(dossier), size=22)
    paper.table(60, below + 40, (50, 300, 300, 220, 505, 505), _second_table(dossier), size=22)
    office = ["Dikeluarkan tanggal: " + short_date(recorded_on(head)), "KEPALA DINAS (CONTOH)", place(head, 5)]
    paper.stamp(1400, 1100, office, size=24)
    paper.text(90, 1340, "Lembar contoh untuk peragaan. Semua orang dan nomor di sini rekaan.", 22)
    paper.mark_as_specimen()
    return paper.image


def _first_table(dossier: Dossier) -> list[list[str]]:
    rows = [
        ["No", "Nama Lengkap", "NIK", "Jenis Kelamin", "Tempat Lahir", "Tgl. Lahir", "Agama", "Pekerjaan", "Gol. Darah"]
    ]
    for number, one in enumerate(dossier.family, start=1):
        facts = [one.name, one.nik, sex_word(one), one.birth_place, short_date(one.birth_date)]
        rows.append([str(number), *facts, one.religion, one.occupation, one.blood_type])
    return rows


def _second_table(dossier: Dossier) -> list[list[str]]:
    rows = [["No", "Status Perkawinan", "Hubungan Keluarga", "Kewarganegaraan", "Ayah", "Ibu"]]
    for number, one in enumerate(dossier.family, start=1):
        rows.append([str(number), one.marital_status, one.relation, "WNI", one.father_name, one.mother_name])
    return rows


def akta_kelahiran(dossier: Dossier) -> Image.Image:
    """Kutipan akta kelahiran, registered three weeks after the birth."""
    person = dossier.person
    registered = person.birth_date + timedelta(days=21)
    number = f"{person.nik[:4]}-LU-{registered:%d%m%Y}-{person.nik[12:]}"
    paper = Paper(*_A4, tint=(250, 249, 240))
    y = paper.letterhead(["PENCATATAN SIPIL", "WARGA NEGARA INDONESIA", place(person, 5)], size=38)
    paper.middle(y + 40, "KUTIPAN AKTA KELAHIRAN", 54)
    paper.middle(y + 120, f"Nomor {number}", 34)
    text = (
        f"Berdasarkan Akta Kelahiran Nomor {number} menurut data peragaan bahwa di {person.birth_place} pada tanggal"
        f" {long_date(person.birth_date)} telah lahir seorang anak {sex_word(person).lower()} bernama:"
    )
    y = paper.paragraph(110, y + 220, text, 32, width=1020)
    paper.fitted(110, y + 30, person.name, 44, 1020)
    rows = [
        ("NIK", person.nik),
        ("Nama ayah", person.father_name),
        ("Nama ibu", person.mother_name),
        ("Tempat lahir", person.birth_place),
        ("Tanggal lahir", short_date(person.birth_date)),
    ]
    y = paper.fields(110, y + 130, rows, size=32, gap=300, step=58)
    office = [f"{place(person, 5)}, {long_date(registered)}", "PEJABAT PENCATATAN SIPIL", "(CONTOH)"]
    paper.stamp(660, y + 80, office, size=28)
    paper.mark_as_specimen()
    return paper.image


def buku_nikah(dossier: Dossier) -> Image.Image:
    """The page of the marriage book that names the couple."""
    husband, wife = _couple(dossier)
    married = recorded_on(dossier.person) - timedelta(days=20)
    paper = Paper(*_A4, tint=(238, 246, 236))
    y = paper.letterhead(["KUTIPAN AKTA NIKAH", "KANTOR URUSAN AGAMA (CONTOH)"], size=38)
    paper.middle(y + 20, f"Nomor 0000/{married.month:02d}/{married.year}/CONTOH", 32)
    y += 110
    for title, one in (("SUAMI", husband), ("ISTRI", wife)):
        paper.text(110, y, title, 36)
        rows = [("Nama", one.name), ("NIK", one.nik), ("Tempat lahir", one.birth_place)]
        rows += [("Tanggal lahir", short_date(one.birth_date)), ("Nama ayah", one.father_name)]
        y = paper.fields(110, y + 60, rows, size=32, gap=300, step=56) + 40
    y = paper.paragraph(110, y, f"Akad nikah dilangsungkan pada tanggal {long_date(married)}.", 32, width=1020)
    paper.stamp(660, y + 60, [f"{place(husband, 8)}, {long_date(married)}", "PEGAWAI PENCATAT (CONTOH)"], size=28)
    paper.mark_as_specimen()
    return paper.image


def _couple(dossier: Dossier) -> tuple[Person, Person]:
    husband = next(one for one in dossier.family if one.sex == "L" and one.marital_status == "KAWIN")
    wife = next(one for one in dossier.family if one.sex == "P" and one.marital_status == "KAWIN")
    return husband, wife
