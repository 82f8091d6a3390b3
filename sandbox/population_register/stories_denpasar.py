"""Stories of Kota Denpasar (WITA)."""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.population_register import person as words
from sandbox.population_register.person import FEMALE, MALE, years_before
from sandbox.population_register.places import DENPASAR
from sandbox.population_register.story_plan import Home, Member, Told, child, couple_with

LONG_NAME = "ANAK AGUNG AYU PUTU SRI WULANDARI PURNAMAWATI SUARDANA YASAS"
_FIRST = Told(
    "first_card",
    "Baru berumur 17 tahun, belum pernah direkam: KTP-el pertama, perlu datang untuk perekaman.",
    "Just turned 17 and never recorded: first KTP-el, a visit for recording is needed.",
)
_TODAY = Told(
    "seventeen_today",
    "Hari ini genap 17 tahun, sudah direkam sejak umur 16: kartu dapat dicetak hari ini.",
    "Seventeen today, recorded at 16: the card may be printed from today.",
)
_LONG = Told(
    "sixty_letters",
    "Nama 60 huruf, batas terpanjang: KTP-el hilang.",
    "A name of 60 letters, the longest allowed: lost card.",
)
_DUPLICATE = Told(
    "duplicate_record",
    "Status data ganda: tidak boleh dicetak, petugas yang menyelesaikan.",
    "Marked as a duplicate record: must not be printed, an officer has to settle it.",
)
_MOVED = Told(
    "moved",
    "Pindah dari Semarang: NIK-nya tetap berawalan 33.74, tetapi ia warga Denpasar.",
    "Moved here from Semarang: the NIK still begins with 33.74, though she lives in Denpasar.",
)
_UNKNOWN = Told(
    "unknown_status",
    "Status KTP-el berupa teks yang tidak ada dalam daftar: permohonan tetap berjalan, petugas memeriksa.",
    "The card status is a text on no list: applying still works, an officer looks into it.",
)


def homes(start_day: date) -> tuple[Home, ...]:
    """The families, in a fixed order."""
    return (_first_card(start_day), _today(start_day), _long_name(), _duplicate(), _moved(), _unknown())


def _first_card(start_day: date) -> Home:
    born = years_before(start_day, 17) - timedelta(days=40)
    return Home(
        DENPASAR, "Denpasar Selatan", "Sanur Kaja", "JL. HANG TUAH NO. 63", 1, 3, "HINDU", date(2011, 9, 27),
        couple_with(
            (child("NI LUH AYU PRATIWI", born, FEMALE, "DENPASAR", told=_FIRST),),
            husband=Member(
                "I WAYAN ARTAWAN", date(1976, 8, 19), MALE, words.HEAD, "GIANYAR",
                work="WIRASWASTA", father="I MADE YASA", mother="NI NYOMAN SUKERTI",
            ),
            wife=Member(
                "NI KETUT SURYANI", date(1980, 2, 6), FEMALE, words.WIFE, "DENPASAR",
                work="TUKANG JAHIT", father="I GEDE SUTEJA", mother="NI MADE ASTUTI",
            ),
        ),
    )  # fmt: skip


def _today(start_day: date) -> Home:
    born = years_before(start_day, 17)
    return Home(
        DENPASAR, "Denpasar Utara", "Tonja", "JL. GATOT KACA NO. 15", 4, 1, "HINDU", date(2013, 3, 11),
        couple_with(
            (child("I KADEK PRADNYANA", born, MALE, "DENPASAR", card=words.PRINT_READY, told=_TODAY),),
            husband=Member(
                "I NYOMAN PARWATA", date(1978, 5, 2), MALE, words.HEAD, "TABANAN",
                work="GURU", father="I PUTU SUKERTA", mother="NI WAYAN ARIANI",
            ),
            wife=Member(
                "NI PUTU CAHYANI", date(1982, 9, 14), FEMALE, words.WIFE, "DENPASAR",
                work="DOSEN", father="I KOMANG MAHENDRA", mother="NI LUH WIDIANI",
            ),
        ),
    )  # fmt: skip


def _long_name() -> Home:
    return Home(
        DENPASAR, "Denpasar Timur", "Sumerta Kelod", "JL. HAYAM WURUK NO. 180", 2, 5, "HINDU", date(2017, 7, 18),
        (
            Member(
                LONG_NAME, date(1992, 10, 29), FEMALE, words.HEAD, "DENPASAR", marital=words.SINGLE,
                blood="B", father="ANAK AGUNG GDE WIRAWAN", mother="ANAK AGUNG AYU ASTUTI", told=_LONG,
            ),
        ),
    )  # fmt: skip


def _duplicate() -> Home:
    return Home(
        DENPASAR, "Denpasar Barat", "Tegal Harum", "JL. PULAU BALI NO. 31", 5, 2, "ISLAM", date(2015, 1, 20),
        (
            Member(
                "MUHAMMAD MA'RUF", date(1988, 12, 3), MALE, words.HEAD, "SINGARAJA", card=words.DUPLICATE,
                marital=words.DIVORCED, work="SOPIR", father="ABDUL GHANI", mother="SITI JUM'AH", told=_DUPLICATE,
            ),
        ),
    )  # fmt: skip


def _moved() -> Home:
    return Home(
        DENPASAR, "Denpasar Selatan", "Sesetan", "JL. RAYA SESETAN NO. 244", 3, 8, "KRISTEN", date(2023, 6, 5),
        (
            Member(
                "DIAN ANGGRAINI", date(1995, 4, 23), FEMALE, words.HEAD, "SEMARANG", marital=words.SINGLE,
                father="EKO NUGRAHA", mother="INDAH PUSPITASARI", nik_district="33.74.06", told=_MOVED,
            ),
        ),
    )  # fmt: skip


def _unknown() -> Home:
    return Home(
        DENPASAR, "Denpasar Utara", "Ubung", "JL. COKROAMINOTO NO. 77", 1, 6, "BUDHA", date(2018, 11, 12),
        (
            Member(
                "I GEDE WIDNYANA", date(1990, 1, 15), MALE, words.HEAD, "KLUNGKUNG", card=words.UNKNOWN_STATUS,
                marital=words.SINGLE, father="I WAYAN ADNYANA", mother="NI MADE LESTARI", told=_UNKNOWN,
            ),
        ),
    )  # fmt: skip
