"""Stories of Kota Jayapura (WIT)."""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.population_register import person as words
from sandbox.population_register.person import FEMALE, MALE, years_before
from sandbox.population_register.places import JAYAPURA
from sandbox.population_register.story_plan import Home, Member, Told, child, couple_with

_DAMAGED = Told(
    "damaged_card",
    "KTP-el rusak (patah dan terkelupas): foto kartu yang rusak menjadi lampiran.",
    "Damaged KTP-el (broken and peeling): a photo of the damaged card is attached.",
)
_SIXTEEN = Told(
    "sixteen",
    "Berumur 16 tahun: boleh direkam, kartu baru dicetak saat berumur 17.",
    "Sixteen: may be recorded, the card is printed at 17.",
)
_NEVER = Told(
    "never_recorded",
    "Dewasa, belum pernah direkam, hanya bulan lahirnya yang diketahui (tercatat tanggal 15).",
    "Adult, never recorded, only the month of birth is known (recorded as the 15th).",
)
_FAILED = Told(
    "enrollment_failed",
    "Perekaman gagal di pusat: perlu rekam ulang.",
    "Enrolment failed at the centre: must be recorded again.",
)
_DEAD = Told(
    "dead",
    "Tercatat meninggal: dijawab sama seperti data yang tidak ditemukan.",
    "Recorded as dead: the register answers as if there were no such person.",
)


def homes(start_day: date) -> tuple[Home, ...]:
    """The families, in a fixed order."""
    return (_damaged(), _sixteen(start_day), _never_recorded(), _failed(), _dead())


def _damaged() -> Home:
    return Home(
        JAYAPURA, "Abepura", "Kota Baru", "JL. RAYA ABEPURA NO. 90", 2, 4, "KRISTEN", date(2016, 12, 1),
        couple_with(
            (child("NATANIEL WAMBRAISA", date(2013, 2, 17), MALE, "JAYAPURA"),),
            husband=Member(
                "YOHANES WAMBRAISA", date(1979, 11, 23), MALE, words.HEAD, "SERUI",
                work="NELAYAN/PERIKANAN", blood="A", father="MUSA WAMBRAISA", mother="ORPA MANIRUBA", told=_DAMAGED,
            ),
            wife=Member(
                "MARTHA CONTOYAI", date(1983, 7, 9), FEMALE, words.WIFE, "BIAK",
                work="PEDAGANG", father="SILAS CONTOYAI", mother="ESTER YAROKWA",
            ),
        ),
    )  # fmt: skip


def _sixteen(start_day: date) -> Home:
    born = years_before(start_day, 16) - timedelta(days=100)
    return Home(
        JAYAPURA, "Jayapura Selatan", "Hamadi", "JL. PANTAI HAMADI NO. 12", 1, 1, "KRISTEN", date(2015, 4, 30),
        couple_with(
            (child("PRISKILA SEMBARUY", born, FEMALE, "JAYAPURA", told=_SIXTEEN),),
            husband=Member(
                "MARKUS SEMBARUY", date(1981, 3, 3), MALE, words.HEAD, "JAYAPURA",
                work="APARATUR SIPIL NEGARA (ASN)", father="ELIA SEMBARUY", mother="RUT KAMBEWA",
            ),
            wife=Member(
                "NAOMI FELAYO", date(1984, 10, 11), FEMALE, words.WIFE, "SENTANI",
                work="BIDAN", father="PETRUS FELAYO", mother="DORKAS TABUNIRE",
            ),
        ),
    )  # fmt: skip


def _never_recorded() -> Home:
    return Home(
        JAYAPURA, "Muara Tami", "Koya Timur", "KAMPUNG KOYA TIMUR NO. 3", 4, 2, "KATHOLIK", date(2021, 5, 19),
        (
            Member(
                "SELFINA HAMARUKA", date(1982, 5, 15), FEMALE, words.HEAD, "WAMENA", card=words.UNREGISTERED,
                marital=words.WIDOWED, work="PETANI/PEKEBUN", father="ISHAK HAMARUKA", mother="YOKBET PULALORA",
                told=_NEVER,
            ),
        ),
    )  # fmt: skip


def _failed() -> Home:
    return Home(
        JAYAPURA, "Heram", "Waena", "KOMPLEKS PERUMNAS BLOK C NO. 7", 6, 5, "ISLAM", date(2020, 2, 25),
        (
            Member(
                "SAMUEL NUMBARIKA", date(2000, 8, 31), MALE, words.HEAD, "MERAUKE", card=words.FAILED,
                marital=words.SINGLE, work="PELAJAR/MAHASISWA", father="HENDRIK NUMBARIKA", mother="MARIA ITAARYA",
                told=_FAILED,
            ),
        ),
    )  # fmt: skip


def _dead() -> Home:
    return Home(
        JAYAPURA, "Jayapura Utara", "Imbi", "JL. BUKIT BARISAN NO. 19", 3, 3, "KRISTEN", date(2010, 6, 15),
        (
            Member(
                "FRANS WARORIBU", date(1957, 9, 2), MALE, words.HEAD, "JAYAPURA", marital=words.WIDOWED,
                work="PENSIUNAN", father="SIMON WARORIBU", mother="MAGDALENA TABUNIRE",
            ),
            Member(
                "AGUSTINA WARORIBU", date(1961, 1, 8), FEMALE, words.WIFE, "SERUI", work="PENSIUNAN",
                father="DANIEL WARORIBU", mother="DEBORA ONDOWAME", is_dead=True, told=_DEAD,
            ),
        ),
    )  # fmt: skip
