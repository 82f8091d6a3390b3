"""Words for the codes of printing and stock: the same on the board, on operators' pages and in files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from adminduk.catalogue.text import Text

AHEAD: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "medical": Text("Keperluan berobat atau jaminan kesehatan", "Medical care or health insurance"),
        "travel": Text("Haji, umrah atau perjalanan mendesak", "Pilgrimage or an urgent journey"),
        "disaster": Text("Korban bencana", "Victim of a disaster"),
        "legal_aid": Text("Perkara hukum atau perlindungan", "A court case or protection"),
        "own_mistake": Text("Kesalahan kantor", "A mistake of the office"),
    }
)
SPOILED: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "scratched": Text("Tergores", "Scratched"),
        "blurred": Text("Cetakan kabur", "Print is blurred"),
        "colours": Text("Warna salah", "Colours are wrong"),
        "wrong_data": Text("Data salah", "Data are wrong"),
        "jammed": Text("Macet di pencetak", "Jammed in the printer"),
        "chip": Text("Chip tidak terbaca", "Chip cannot be read"),
        "wet": Text("Basah", "Wet"),
        "bent": Text("Bengkok", "Bent"),
        "misprint": Text("Cacat pabrik", "Faulty when it came"),
        "other": Text("Lainnya", "Something else"),
    }
)
LOST: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "not_found": Text("Tidak ditemukan", "Not found"),
        "stolen": Text("Dicuri", "Stolen"),
        "not_arrived": Text("Tidak sampai", "Did not arrive"),
    }
)
STOPPED: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "not_in_register": Text("Tidak ada lagi di data kependudukan", "No longer in the register"),
        "moved": Text("Pindah ke daerah lain", "Moved to another region"),
        "data_changed": Text("Data berubah sejak disetujui", "Data have changed since the approval"),
        "refused_by_printer": Text("Ditolak pencetak", "Refused by the printer"),
        "not_approved": Text("Permohonan tidak lagi disetujui", "The application is no longer approved"),
    }
)
ALARMS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "no_case": Text("Dicetak tanpa permohonan yang disetujui", "Printed without an approved application"),
        "outside_hours": Text("Dicetak di luar jam kerja", "Printed outside office hours"),
        "out_of_order": Text("Dicetak tidak menurut urutan", "Printed out of order"),
        "given_up": Text("Tercetak setelah pencetaknya dilepas", "Printed after its printer had been given up"),
    }
)
KINDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "delivered": Text("Kiriman datang", "Delivered"),
        "sent": Text("Dikirim ke tempat lain", "Sent to another place"),
        "received": Text("Diterima dari tempat lain", "Received from another place"),
        "loaded": Text("Masuk pencetak", "Given to a printer"),
        "unloaded": Text("Kembali ke stok", "Back in stock"),
        "printed": Text("Dicetak", "Printed"),
        "spoiled": Text("Rusak", "Spoiled"),
        "destroyed": Text("Dimusnahkan", "Destroyed"),
        "missing": Text("Tidak ditemukan", "Missing"),
        "found": Text("Ditemukan lagi", "Found again"),
        "counted": Text("Dihitung", "Counted"),
    }
)
