"""Stories of Kota Semarang (WIB)."""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.population_register import person as words
from sandbox.population_register.person import FEMALE, MALE, years_before
from sandbox.population_register.places import SEMARANG
from sandbox.population_register.story_plan import Home, Member, Told, child, couple_with

_LOST = Told(
    "lost_card",
    "KTP-el hilang: sudah punya surat kehilangan dari kepolisian, data biometriknya tersimpan.",
    "Lost her KTP-el: she has the police letter, and her biometrics are on record.",
)
_DAUGHTER = Told(
    "adult_daughter",
    "Anak dewasa dalam KK yang sama: permohonan untuknya ia setujui sendiri dengan kode.",
    "Adult daughter on the same family card: she confirms an application for her with a code of her own.",
)
_TOMORROW = Told(
    "seventeen_tomorrow",
    "Besok berumur 17 tahun: boleh direkam, kartunya dicetak mulai besok.",
    "Turns 17 tomorrow: may be recorded now, the card is printed from tomorrow on.",
)
_SINGLE_NAME = Told(
    "single_name",
    "Nama satu kata, tanggal lahir tidak diketahui (tercatat 1 Juli), KTP-el rusak.",
    "One-word name, day of birth unknown (recorded as 1 July), damaged card.",
)
_EARLY = Told(
    "married_at_16",
    "Berumur 16 tahun dan sudah kawin: berhak atas KTP-el dengan bukti perkawinan.",
    "Sixteen and married: entitled to a KTP-el with proof of marriage.",
)
_READY = Told(
    "recorded_not_printed",
    "Sudah direkam di sekolah, siap cetak, kartu belum pernah dicetak.",
    "Recorded at school, ready to print, the card was never printed.",
)


def homes(start_day: date) -> tuple[Home, ...]:
    """The families, in a fixed order."""
    return (_lost_card(), _tomorrow(start_day), _single_name(), _early_marriage(start_day), _ready(start_day))


def _lost_card() -> Home:
    """All dates are fixed: one document of this family is a HEIC file that is not drawn anew."""
    return Home(
        SEMARANG, "Banyumanik", "Srondol Wetan", "JL. TIRTO AGUNG NO. 27", 4, 7, "ISLAM", date(2019, 8, 14),
        couple_with(
            (
                child("DINDA MAHARANI", date(2005, 9, 21), FEMALE, "SEMARANG", card=words.ISSUED, told=_DAUGHTER),
                child("ARYA BAGUS PRASETYO", date(2015, 6, 2), MALE, "SEMARANG"),
            ),
            husband=Member(
                "BAMBANG PRASETYO", date(1980, 11, 5), MALE, words.HEAD, "DEMAK", father="SLAMET", mother="SULASTRI"
            ),
            wife=Member(
                "RATNA KUSUMASTUTI", date(1984, 3, 12), FEMALE, words.WIFE, "SEMARANG",
                work="GURU", blood="O", father="HADI SANTOSO", mother="ENDANG RAHAYU", told=_LOST,
            ),
        ),
    )  # fmt: skip


def _tomorrow(start_day: date) -> Home:
    born = years_before(start_day, 17) + timedelta(days=1)
    return Home(
        SEMARANG, "Tembalang", "Sendangmulyo", "JL. KLIPANG RAYA NO. 8", 2, 11, "KATHOLIK", date(2016, 2, 9),
        couple_with(
            (child("GALIH WICAKSONO", born, MALE, "SEMARANG", told=_TOMORROW),),
            husband=Member(
                "HERU WICAKSONO", date(1977, 4, 18), MALE, words.HEAD, "KUDUS", father="JOKO UTOMO", mother="SITI"
            ),
            wife=Member(
                "YULI PERMATASARI", date(1981, 12, 30), FEMALE, words.WIFE, "KENDAL",
                work="PERAWAT", father="MULYONO", mother="TUTIK HANDAYANI",
            ),
        ),
    )  # fmt: skip


def _single_name() -> Home:
    return Home(
        SEMARANG, "Semarang Tengah", "Sekayu", "JL. BEDAGAN NO. 41", 3, 2, "ISLAM", date(2012, 5, 21),
        (
            Member(
                "SUMINAH", date(1958, 7, 1), FEMALE, words.HEAD, "SALATIGA",
                marital=words.WIDOWED, work="PEDAGANG", father="KARTO", mother="PAINEM", told=_SINGLE_NAME,
            ),
        ),
    )  # fmt: skip


def _early_marriage(start_day: date) -> Home:
    born = years_before(start_day, 16) - timedelta(days=150)
    return Home(
        SEMARANG, "Semarang Barat", "Manyaran", "GG. CEMPAKA NO. 5", 6, 4, "ISLAM", start_day - timedelta(days=45),
        (
            Member(
                "UNTUNG SAPUTRA", years_before(start_day, 21) - timedelta(days=80), MALE, words.HEAD, "DEMAK",
                work="MEKANIK", father="RIZAL PURNOMO", mother="MAYA LESTARI",
            ),
            Member(
                "FITRI NUR'AINI", born, FEMALE, words.WIFE, "SEMARANG", card=words.UNREGISTERED,
                work="MENGURUS RUMAH TANGGA", father="ARIF HIDAYAT", mother="DEWI SAFITRI", told=_EARLY,
            ),
        ),
    )  # fmt: skip


def _ready(start_day: date) -> Home:
    born = years_before(start_day, 17) - timedelta(days=200)
    return Home(
        SEMARANG, "Tembalang", "Kedungmundu", "JL. KENANGA NO. 112", 1, 9, "ISLAM", date(2014, 10, 3),
        couple_with(
            (child("LARAS WULANDARI", born, FEMALE, "SURAKARTA", card=words.PRINT_READY, told=_READY),),
            husband=Member(
                "TEGUH SUSANTO", date(1975, 1, 26), MALE, words.HEAD, "SURAKARTA",
                work="SOPIR", father="KUNCORO", mother="SRI LESTARI",
            ),
            wife=Member(
                "NANIK WIDYASTUTI", date(1979, 6, 8), FEMALE, words.WIFE, "SEMARANG",
                work="WIRASWASTA", father="IMAM RAHARJO", mother="RETNO UTAMI",
            ),
        ),
    )  # fmt: skip
