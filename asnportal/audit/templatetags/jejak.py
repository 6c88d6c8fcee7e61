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
    "reference": "Data acuan",
    "plan": "Rencana",
}
ACTS = {
    "create": "dibuat",
    "update": "diubah",
    "change": "diubah",
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
    "drop": "dikeluarkan",
    "done": "ditandai selesai",
    "remove": "dihapus",
    "resend": "dikirim ulang",
    "verify": "diverifikasi",
    "reject": "ditolak",
    "leave": "dinonaktifkan",
    "return": "diaktifkan kembali",
    "reverse": "dibatalkan dengan baris balik",
    "post": "dicatat",
    "contact": "diubah kontaknya",
    "correct": "diperbaiki cetakannya",
    "retry": "dibuat ulang",
    "download": "diunduh",
    "deactivate": "ditutup",
    "reactivate": "dibuka kembali",
}

WHOLE = {  # where the two halves say the wrong thing
    "assessment.read": "Penilaian dibaca",
    "assessment.read_team": "Penilaian tim dibaca",
    "assessment.self": "Penilaian mandiri diisi",
    "assessment.supervisor": "Penilaian atasan diisi",
    "certificate.request": "Sertifikat diminta",
    "dictionary.rewrite": "Kamus kompetensi diubah",
    "employee.reactivate": "Pegawai diaktifkan kembali",
    "import.download": "Hasil impor diunduh",
    "plan.send_back": "Rencana dikembalikan",
    "plan.submit": "Rencana diajukan",
    "plan.take_back": "Rencana ditarik untuk diubah",
    "recommendation.bring_back": "Saran ditampilkan lagi",
    "recommendation.set_aside": "Saran disisihkan",
    "record.hand_in": "Bukti pelatihan dikirim",
    "record.read_evidence": "Bukti pelatihan dibaca",
    "record.withdraw": "Bukti pelatihan ditarik",
    "review.assess": "Penilaian ulang selesai",
    "review.decline": "Penilaian ulang belum diperlukan",
    "review.request": "Penilaian diminta",
    "session.export": "Daftar peserta diunduh",
    "session.message": "Pesan kepada peserta dikirim",
    "standard.publish": "Standar kompetensi diterbitkan",
    "table.export": "Tabel kompetensi diunduh",
    "table.load": "Tabel kompetensi dimuat",
    "unit.end_head": "Kepala unit diakhiri",
    "unit.name_head": "Kepala unit ditetapkan",
}
STATES = {
    "draft": "Draf",
    "published": "Dibuka",
    "finished": "Selesai",
    "cancelled": "Dibatalkan",
    "requested": "Menunggu persetujuan",
    "waiting": "Daftar tunggu",
    "record.waiting": "Menunggu verifikasi",
    "confirmed": "Terdaftar",
    "declined": "Ditolak",
    "undecided": "Tidak diputuskan",
    "withdrawn": "Mengundurkan diri",
    "proposal.withdrawn": "Ditarik kembali",
    "completed": "Selesai",
    "not_completed": "Belum memenuhi syarat",
    "pending": "Sedang disiapkan",
    "issued": "Berlaku",
    "superseded": "Diganti",
    "revoked": "Dicabut",
    "plan.submitted": "Diajukan",
    "plan.returned": "Dikembalikan",
    "plan.approved": "Disetujui",
    "review.open": "Menunggu penilaian",
    "review.done": "Sudah dinilai",
    "review.declined": "Tidak dinilai ulang",
    "submitted": "Ditinjau",
    "returned": "Perlu dilengkapi",
    "accepted": "Disetujui",
    "verified": "Terverifikasi",
    "rejected": "Ditolak",
}


@register.filter
def keadaan(value: str, verb: str) -> str:
    """A state before or after an act as people read it; any other fact as it is."""
    thing = verb.partition(".")[0]
    return STATES.get(f"{thing}.{value}", STATES.get(value, value))


@register.filter
def tindakan(verb: str) -> str:
    """ "enrolment.approve" as "Pendaftaran disetujui"; an unknown verb stays as it is."""
    if verb in WHOLE:
        return WHOLE[verb]
    thing, _, act = verb.partition(".")
    if thing not in THINGS or act not in ACTS:
        return verb
    return f"{THINGS[thing]} {ACTS[act]}"
