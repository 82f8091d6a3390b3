"""Parts of names, put together by chance: no name here is meant for a living person."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from sandbox.population_register.person import FEMALE
from sandbox.population_register.places import DENPASAR, JAYAPURA, SEMARANG

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Pool:
    """First and last parts of the names of a region; `family_name` says whether a clan's name is handed down."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    last: tuple[str, ...]
    last_women: tuple[str, ...]
    is_family_name: bool
    cities: tuple[str, ...]
    streets: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.upper().split())


_SEMARANG = Pool(
    men=_words(
        "Agus Bambang Budi Dwi Eko Fajar Galih Hadi Heru Imam Joko Kuncoro Ma'ruf Muhammad Nugroho Panji "
        "Prasetyo Rizal Slamet Sutrisno Teguh Tri Untung Wahyu Wibowo Yoga Jum'adi Arif Bagus Danang"
    ),
    women=_words(
        "Anisa Ayu Dewi Dian Endang Fitri Indah Kartika Laras Lestari Maya Nanik Nur'aini Puji Putri Ratna "
        "Retno Rini Sari Siti Sri Sulastri Tri Tutik Wahyuni Wulan Yuli Zulaikha Nur Jum'ah"
    ),
    last=_words(
        "Santoso Wijaya Prabowo Saputra Setiawan Hidayat Kurniawan Susanto Pratama Raharjo Utomo Wicaksono "
        "Purnomo Nugraha Mulyono"
    ),
    last_women=_words(
        "Lestari Wulandari Handayani Rahayu Kusumastuti Anggraini Puspitasari Utami Widyastuti Maharani "
        "Safitri Permatasari"
    ),
    is_family_name=False,
    cities=_words("Semarang Semarang Semarang Demak Kendal Salatiga Surakarta Kudus"),
    streets=(
        "JL. PANDANARAN",
        "JL. MELATI RAYA",
        "JL. KENANGA",
        "JL. MERAPI",
        "GG. CEMPAKA",
        "JL. TIRTO AGUNG",
        "PERUM GRIYA ASRI",
    ),
)
_DENPASAR = Pool(
    men=(
        "I WAYAN",
        "I MADE",
        "I NYOMAN",
        "I KETUT",
        "I PUTU",
        "I KADEK",
        "I KOMANG",
        "I GEDE",
        "ANAK AGUNG GDE",
        "IDA BAGUS",
    ),
    women=(
        "NI WAYAN",
        "NI MADE",
        "NI NYOMAN",
        "NI KETUT",
        "NI PUTU",
        "NI KADEK",
        "NI KOMANG",
        "NI LUH",
        "ANAK AGUNG AYU",
        "IDA AYU",
    ),
    last=_words(
        "Suardana Sudiarta Wirawan Artawan Mahendra Adnyana Suteja Arimbawa Yasa Parwata Sukerta Widnyana "
        "Suryawan Darmawan Pradnyana"
    ),
    last_women=_words(
        "Pratiwi Suryani Astuti Lestari Sukerti Widiani Purnamawati Ariani Dewi Cahyani Suartini Andriani "
        "Sri'asih Parwati"
    ),
    is_family_name=False,
    cities=_words("Denpasar Denpasar Denpasar Gianyar Tabanan Badung Singaraja Klungkung"),
    streets=(
        "JL. HAYAM WURUK",
        "JL. TUKAD BADUNG",
        "JL. GUNUNG AGUNG",
        "BR. TEGAL SARI",
        "GG. MAWAR",
        "JL. PULAU BALI",
        "JL. CEKOMARIA",
    ),
)
_JAYAPURA = Pool(
    men=_words(
        "Yohanes Markus Petrus Daniel Simon Yakob Frans Hendrik Musa Elia Samuel Paulus Nataniel Oktovianus "
        "Silas Robert Ishak Melkias"
    ),
    women=_words(
        "Maria Yuliana Martha Ester Rut Debora Yosina Fransina Magdalena Orpa Naomi Selfina Dorkas Agustina "
        "Wilhelmina Priskila Yokbet"
    ),
    last=_words(
        "Contoyai Wambraisa Maniruba Yarokwa Sembaruy Kambewa Hamaruka Ondowame Pulalora Itaarya Waroribu "
        "Numbarika Felayo Tabunire"
    ),
    last_women=(),
    is_family_name=True,
    cities=_words("Jayapura Jayapura Jayapura Sentani Biak Serui Wamena Merauke"),
    streets=(
        "JL. RAYA ABEPURA",
        "JL. PANTAI HAMADI",
        "JL. BUKIT BARISAN",
        "KOMPLEKS PERUMNAS",
        "JL. KELAPA DUA",
        "JL. DANAU SENTANI",
    ),
)
POOLS = {SEMARANG: _SEMARANG, DENPASAR: _DENPASAR, JAYAPURA: _JAYAPURA}


def draw_name(rng: Random, region: str, *, sex: str, family_name: str) -> str:
    """A name of the region; now and then one word alone, or one that fills the sixty letters."""
    pool = POOLS[region]
    first = rng.choice(pool.women if sex == FEMALE else pool.men)
    last = family_name if pool.is_family_name else rng.choice(pool.last_women if sex == FEMALE else pool.last)
    chance = rng.random()
    if chance < 0.03 and " " not in first:
        return first
    if 0.03 < chance < 0.034:
        return lengthen(f"{first} {last}", rng, pool)
    middle = f" {rng.choice(pool.last)}" if chance > 0.6 and not pool.is_family_name else ""
    return f"{first}{middle} {last}"


def lengthen(name: str, rng: Random, pool: Pool) -> str:
    """Add parts until exactly sixty letters are reached; the last part is cut as clerks do."""
    while len(name) < LONGEST:
        name = f"{name} {rng.choice(pool.last)}"
    return name[:LONGEST].rstrip().ljust(LONGEST, "A")


def draw_family_name(rng: Random, region: str) -> str:
    """The clan's name where it is handed down, else nothing."""
    pool = POOLS[region]
    return rng.choice(pool.last) if pool.is_family_name else ""
