"""How "who looked at my data" reads: each act and each kind of actor in words."""

from __future__ import annotations

from typing import Final

from adminduk.catalogue.text import Text

ACTS: Final = {
    "account.ask_change": Text("Meminta kode untuk mengganti alamat", "Asked for a code to change the address"),
    "account.change_address": Text("Mengganti alamat akun", "Changed the account's address"),
    "account.export": Text("Mengunduh semua data", "Downloaded all data"),
    "account.forget": Text("Menghapus akun yang lama tidak dipakai", "Deleted an account long unused"),
    "account.send_code": Text("Mencocokkan data dan meminta kode masuk", "Compared data and asked for a sign-in code"),
    "account.share_address": Text("Mengizinkan alamat dipakai bersama", "Allowed an address to be shared"),
    "account.sign_in": Text("Masuk", "Signed in"),
    "account.sign_in_refused": Text("Mencoba masuk, data tidak cocok", "Tried to sign in, data did not match"),
    "account.sign_out_everywhere": Text("Keluar dari semua perangkat", "Signed out on all devices"),
    "case.add_page": Text("Menambah halaman dokumen", "Added a page of a document"),
    "case.answer": Text("Menyimpan isian", "Saved answers"),
    "case.approve": Text("Menyetujui permohonan", "Approved the application"),
    "case.ask_consent": Text("Meminta persetujuan anggota keluarga", "Asked a family member for consent"),
    "case.ask_corrections": Text("Meminta perbaikan", "Asked for corrections"),
    "case.begin_upload": Text("Mulai mengirim berkas dokumen", "Began to send a document's file"),
    "case.by_hand": Text("Menyerahkan pencocokan kepada petugas", "Left the comparison to an officer"),
    "case.check_page": Text("Membaca gambar dokumen dengan mesin", "Read a picture of a document by machine"),
    "case.correct_reading": Text("Membetulkan hasil baca mesin", "Corrected what the machine read"),
    "case.consent": Text("Menyetujui permohonan untuk dirinya", "Agreed to an application made for them"),
    "case.empty": Text("Mengosongkan isian lama", "Emptied old answers"),
    "case.escalate": Text("Meneruskan ke kepala kantor", "Passed it to the head of office"),
    "case.expire": Text("Mengakhiri yang tidak dilanjutkan", "Ended what was not continued"),
    "case.fail_match": Text("Mengakhiri karena data tidak cocok", "Ended, the data did not match"),
    "case.hand_back": Text("Mengembalikan ke antrean", "Gave it back to the queue"),
    "case.look_up": Text("Mencari permohonan dengan alasan", "Looked up the application with a reason"),
    "case.match": Text("Mencocokkan dengan data kependudukan", "Compared with the population register"),
    "case.note": Text("Menulis catatan", "Wrote a note"),
    "case.object": Text("Mengajukan keberatan", "Objected"),
    "case.read": Text("Membaca permohonan", "Read the application"),
    "case.read_page": Text("Melihat gambar dokumen", "Looked at a picture of a document"),
    "case.refuse": Text("Menolak permohonan", "Refused the application"),
    "case.remind": Text("Mengingatkan bahwa waktunya hampir habis", "Reminded that time is running out"),
    "case.order_pages": Text("Mengubah urutan halaman dokumen", "Changed the order of pages"),
    "case.send_as_is": Text("Mengirim gambar apa adanya", "Sent a picture as it is"),
    "case.turn_page": Text("Memutar halaman dokumen", "Turned a page of a document"),
    "case.remove_page": Text("Menghapus halaman dokumen", "Removed a page of a document"),
    "case.resend": Text("Mengirim perbaikan", "Sent corrections"),
    "case.resume": Text("Melanjutkan permohonan", "Continued the application"),
    "case.send": Text("Mengirim permohonan", "Sent the application"),
    "case.start": Text("Memulai permohonan", "Began an application"),
    "case.status": Text("Melihat status", "Looked at the status"),
    "case.take": Text("Mengambil permohonan untuk diperiksa", "Took the application to check it"),
    "case.thin": Text("Menghapus rincian lama", "Deleted old details"),
    "case.undo": Text("Membatalkan keputusan", "Took a decision back"),
    "case.withdraw": Text("Menarik permohonan", "Withdrew the application"),
    "family.list": Text("Melihat daftar anggota keluarga", "Listed the members of the family"),
}
ACTORS: Final = {
    "anonymous": Text("Seseorang yang belum masuk", "Somebody not signed in"),
    "citizen": Text("Pemegang akun", "The account's holder"),
    "officer": Text("Petugas", "An officer"),
    "head": Text("Kepala dinas", "The head of office"),
    "admin": Text("Admin daerah", "The region's admin"),
    "system": Text("Sistem", "The system"),
}


def act_words(act: str) -> Text:
    """What an act is called; one that has no words yet shows its name, so that nothing is kept from the person."""
    return ACTS.get(act) or Text(act, act)


def actor_words(kind: str) -> Text:
    """Who acted, without a name: officers answer for their office."""
    return ACTORS.get(kind) or Text(kind, kind)
