"""The audit trail in words that people read."""

from django import template

register = template.Library()

THINGS = {
    "session": "Jadwal",
    "enrolment": "Pendaftaran",
    "certificate": "Sertifikat",
    "proposal": "Usulan",
    "programme": "Pelatihan",
    "meeting": "Pertemuan",
    "attendance": "Kehadiran",
    "employee": "Pegawai",
    "record": "Riwayat",
    "ledger": "JP",
    "role": "Peran",
    "activation": "Kode aktivasi",
    "holiday": "Hari libur",
    "message": "Pesan",
    "account": "Akun",
    "unit": "Unit",
    "import": "Impor",
    "export": "Unduhan",
}
ACTS = {
    "create": "dibuat",
    "update": "diubah",
    "delete": "dihapus",
    "publish": "dibuka",
    "finish": "ditutup",
    "cancel": "dibatalkan",
    "quota": "diubah kuotanya",
    "meetings": "diganti pertemuannya",
    "end": "diakhiri",
    "request": "diajukan",
    "confirm": "mendapat kursi",
    "queue": "masuk daftar tunggu",
    "approve": "disetujui",
    "decline": "ditolak",
    "withdraw": "diundurkan",
    "escalate": "diteruskan ke BKPSDM",
    "reroute": "dialihkan ke atasan yang baru",
    "leave_undecided": "berakhir tanpa keputusan",
    "complete": "selesai",
    "fail": "belum memenuhi syarat",
    "submit": "dikirim",
    "give_back": "dikembalikan",
    "accept": "disetujui",
    "mark": "direkam",
    "close": "ditutup",
    "reopen": "dibuka kembali",
    "issue": "diterbitkan",
    "revoke": "dicabut",
    "supersede": "diganti",
    "import": "diimpor",
    "export": "diunduh",
    "grant": "diberikan",
    "use": "dipakai",
    "make": "dibuat",
    "renew": "diperbarui",
    "add": "ditambah",
    "remove": "dihapus",
    "resend": "dikirim ulang",
    "verify": "diverifikasi",
    "reject": "ditolak",
    "leave": "dinonaktifkan",
    "return": "diaktifkan kembali",
    "reverse": "dibatalkan dengan baris balik",
    "post": "dicatat",
}

WHOLE = {"session.export": "Daftar peserta diunduh"}  # where the two halves say the wrong thing


@register.filter
def tindakan(verb: str) -> str:
    """ "enrolment.approve" as "Pendaftaran disetujui"; an unknown verb stays as it is."""
    if verb in WHOLE:
        return WHOLE[verb]
    thing, _, act = verb.partition(".")
    if thing not in THINGS or act not in ACTS:
        return verb
    return f"{THINGS[thing]} {ACTS[act]}"
