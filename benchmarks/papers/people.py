"""Fictional people and places: names and numbers that belong to nobody (serials of a NIK from 9000 on)."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

_REGIONS = Path(__file__).resolve().parents[2] / "definitions" / "reference" / "wilayah.csv"

_MEN = """
ADI AGUNG AHMAD ALDI ALEXANDER ALI ANDIKA ANGGA ARIF ARYA BAGAS BAMBANG BAYU BENNY BONIFASIUS BUDI CAHYO DANANG
DARMAWAN DENI DIMAS DODI EDO EKO FADLI FAHRI FERDINAND GALIH GERRY GILANG HADI HAFIZ HENDRA HERMAN IMAM INDRA IRFAN
IWAN JAKA JOKO JULIUS KADEK KETUT KRISTIAN LUKMAN MADE MARTIN MUHAMMAD NANANG NYOMAN OKTAVIANUS PANDU PETRUS PUTU
RAMA RANGGA REZA RIZKY ROBERTUS RUDI SAMSUL SATRIA SIGIT SLAMET SUHARTO SURYA TAUFIK TEGUH TOMI UMAR WAHYU WAWAN
WAYAN YANTO YOHANES YOSEF YUDHA ZAENAL ZULFIKAR
""".split()
_WOMEN = """
AGNES AISYAH ALYA AMELIA ANGGRAENI ANI ASTUTI AYU BERTHA CITRA DAHLIA DEWI DIAN DINA DWI ELISA ENDANG ERNA EVI
FARIDA FATIMAH FITRIANI GABRIELA HANA HARTINI IKA INTAN IRMA JULIANA KARTIKA KHADIJAH LARAS LESTARI LILIS LINDA
LUSIANA MAGDALENA MAYA MEGA MELATI MERRY NABILA NI NINGSIH NOVI NUR NURUL OKTAVIA PUSPITA PUTRI RATNA RENI RINA
RISKA ROSALINA RUKMINI SARI SEKAR SITI SRI SUSANTI TIARA TITIN TRI UTAMI VERONIKA WATI WIDYA WULAN YANTI YUNITA
ZAHRA ZULAIKHA
""".split()
_LAST = """
ADITYA ANGGORO ASMARA BASUKI BUDIMAN CAHYONO DAULAY DARMA EFENDI FADILAH GINTING GUNAWAN HAKIM HALIM HAMZAH HARIANTO
HASIBUAN HERMAWAN HIDAYATULLAH IRAWAN ISKANDAR JATMIKO KURNIAWAN KUSUMA LAKSONO LUBIS MAHENDRA MALIK MANURUNG MARBUN
NAINGGOLAN NUGROHO PAMUNGKAS PANJAITAN PRADANA PRASETYO PURNOMO RACHMAN RAHARJO RAMADHAN SAPUTRO SARAGIH SETIADI
SIAHAAN SIMANJUNTAK SITORUS SOETOMO SUBEKTI SUDRAJAT SUHENDRA SUKMANA SUTRISNO SYAHPUTRA TANJUNG TARIGAN UTOMO
WARDANA WIBISONO WICAKSONO WIDODO WIJAYANTO YULIANTO
""".split()
_PLACES = [
    "AMBON", "BANDA ACEH", "BANJARMASIN", "BATAM", "BENGKULU", "BLITAR", "BOGOR", "BUKITTINGGI", "CILACAP", "CIREBON",
    "DENPASAR", "DUMAI", "ENDE", "GARUT", "GORONTALO", "GRESIK", "JAMBI", "JEMBER", "KEBUMEN", "KEDIRI", "KENDARI",
    "KUPANG", "LAMONGAN", "MADIUN", "MAGELANG", "MALANG", "MATARAM", "MEDAN", "METRO", "NGAWI", "PADANG", "PALEMBANG",
    "PALU", "PATI", "PEKALONGAN", "PEKANBARU", "PONTIANAK", "PURWOREJO", "SALATIGA", "SAMARINDA", "SEMARANG",
    "SERANG", "SIBOLGA", "SINGARAJA", "SOLOK", "SORONG", "SUKABUMI", "SUMENEP", "TARAKAN", "TASIKMALAYA", "TEGAL",
    "TERNATE", "TUBAN", "WONOGIRI", "YOGYAKARTA",
]  # fmt: skip
_RELIGIONS = ("ISLAM",) * 6 + ("KRISTEN", "KATOLIK", "HINDU", "BUDDHA", "KHONGHUCU")
_JOBS = [
    "BELUM/TIDAK BEKERJA", "MENGURUS RUMAH TANGGA", "PELAJAR/MAHASISWA", "PEGAWAI NEGERI SIPIL", "PERDAGANGAN",
    "PETANI/PEKEBUN", "NELAYAN/PERIKANAN", "KARYAWAN SWASTA", "BURUH HARIAN LEPAS", "GURU", "WIRASWASTA", "SOPIR",
    "PERAWAT", "TUKANG BATU",
]  # fmt: skip
_SCHOOLS = [
    "TIDAK/BELUM SEKOLAH", "BELUM TAMAT SD/SEDERAJAT", "TAMAT SD/SEDERAJAT", "SLTP/SEDERAJAT", "SLTA/SEDERAJAT",
    "DIPLOMA I/II", "AKADEMI/DIPLOMA III/S. MUDA", "DIPLOMA IV/STRATA I", "STRATA II",
]  # fmt: skip
_STREETS = [
    "JL. MAWAR", "JL. AHMAD YANI", "JL. KENANGA", "GG. MELON", "DUSUN KRAJAN", "JL. PAHLAWAN", "KP. SAWAH",
    "PERUM TAMAN INDAH BLOK C", "JL. RAYA BARAT", "LINGK. SUKAJADI", "JL. SUDIRMAN", "BTN PERMAI BLOK F",
    "DK. NGLARAN", "JL. KH. DEWANTARA",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A village or ward with all that stands above it; `code` is the six digits of the district."""

    code: str
    village: str
    district: str
    regency: str
    province: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist, as a paper would print him."""

    name: str
    is_male: bool
    born: date
    birthplace: str
    nik: str
    religion: str = "ISLAM"
    blood: str = "-"
    job: str = ""
    school: str = ""
    status: str = "BELUM KAWIN"
    relation: str = ""
    father: str = ""
    mother: str = ""

    @property
    def sex(self) -> str:
        return "LAKI-LAKI" if self.is_male else "PEREMPUAN"


@lru_cache(maxsize=1)
def _regions() -> tuple[dict[str, str], list[str]]:
    with _REGIONS.open(encoding="utf-8", newline="") as file:
        names = {row[0]: row[1] for row in csv.reader(file)}
    return names, [code for code in names if len(code) == 13]


def place(random: Random) -> Place:
    names, villages = _regions()
    code = random.choice(villages)
    return Place(
        code=code[:8].replace(".", ""),
        village=names[code].upper(),
        district=names[code[:8]].upper(),
        regency=names[code[:5]].upper(),
        province=names[code[:2]].upper(),
    )


def nik(random: Random, code: str, born: date, *, is_male: bool) -> str:
    return f"{code}{born.day + (0 if is_male else 40):02d}{born:%m%y}{random.randint(9000, 9999)}"


def family_number(random: Random, code: str, issued: date) -> str:
    return f"{code}{issued:%d%m%y}{random.randint(9000, 9999)}"


def name(random: Random, *, is_male: bool, last: str = "") -> str:
    words = random.sample(_MEN if is_male else _WOMEN, random.choice((1, 1, 2)))
    if random.random() < 0.85:
        words.append(last or random.choice(_LAST))
    return " ".join(words)


def address(random: Random) -> str:
    street = random.choice(_STREETS)
    return street if random.random() < 0.2 else f"{street} NO. {random.randint(1, 189)}"


def neighbourhood(random: Random) -> tuple[str, str]:
    """RT and RW, three digits each."""
    return f"{random.randint(1, 14):03d}", f"{random.randint(1, 17):03d}"


def birthday(random: Random, first: int, last: int) -> date:
    return date(first, 1, 1) + timedelta(days=random.randrange((last - first + 1) * 365))


def day_after(random: Random, after: date, last: date = date(2026, 11, 20)) -> date:
    return after + timedelta(days=random.randrange(max(1, (last - after).days)))


def person(
    random: Random, where: Place, *, is_male: bool | None = None, years: tuple[int, int] = (1950, 2009)
) -> Person:
    male = random.random() < 0.5 if is_male is None else is_male
    born = birthday(random, *years)
    return Person(
        name=name(random, is_male=male),
        is_male=male,
        born=born,
        birthplace=random.choice(_PLACES),
        nik=nik(random, where.code, born, is_male=male),
        religion=random.choice(_RELIGIONS),
        blood=random.choice(("A", "B", "AB", "O", "-", "-")),
        job=random.choice(_JOBS),
        school=random.choice(_SCHOOLS),
        status=random.choice(("BELUM KAWIN", "KAWIN", "CERAI HIDUP", "CERAI MATI")),
        father=name(random, is_male=True),
        mother=name(random, is_male=False),
    )


def family(random: Random, where: Place, size: int) -> list[Person]:
    """A head and who lives with him, in the order of a Kartu Keluarga."""
    head = person(random, where, is_male=size > 1 or random.random() < 0.6, years=(1955, 1995))
    status = "KAWIN" if size > 1 else random.choice(("BELUM KAWIN", "CERAI MATI", "CERAI HIDUP"))
    members = [replace(head, relation="KEPALA KELUARGA", status=status)]
    if size > 1:
        wife = person(random, where, is_male=False, years=(head.born.year - 2, min(1999, head.born.year + 8)))
        members.append(replace(wife, relation="ISTRI", status="KAWIN", religion=head.religion))
    for _ in range(size - 2):
        members.append(_child(random, where, members))
    return members


def _child(random: Random, where: Place, parents: list[Person]) -> Person:
    first = max(parents[0].born.year, parents[1].born.year) + 19
    child = person(random, where, years=(first, max(first + 1, min(2025, first + 20))))
    young = child.born.year > 2008
    return replace(
        child,
        relation=random.choice(("ANAK",) * 8 + ("FAMILI LAIN", "CUCU")),
        status="BELUM KAWIN",
        religion=parents[0].religion,
        father=parents[0].name,
        mother=parents[1].name,
        job="BELUM/TIDAK BEKERJA" if young else child.job,
        school="TIDAK/BELUM SEKOLAH" if child.born.year > 2018 else child.school,
    )
