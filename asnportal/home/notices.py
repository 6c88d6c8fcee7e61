"""What people are told about their account by an officer's act."""

from django.utils.timezone import localdate

from asnportal.common.dates import format_date
from asnportal.notifications.notices import Notice, Urgency
from asnportal.people.services.activation import Slip


def activation_code(slip: Slip) -> Notice:
    """The slip as a mail, for those whose address the office knows."""
    return Notice(
        key=f"activation_code:{slip.employee.pk}:{int(slip.until.timestamp())}",
        to=slip.employee,
        subject="Aktifkan akun Tepian Belajar Anda",
        text=(
            f"Kode aktivasi Anda {slip.printed}, berlaku sekali sampai {format_date(localdate(slip.until))}.",
            "Buka halaman aktivasi, isi NIP dan kode, lalu buat kata sandi. Sekitar dua menit.",
        ),
        why="Admin unit Anda membuat kode aktivasi untuk Anda.",
        link=f"/aktivasi/?kode={slip.printed}",
        link_label="Aktifkan akun",
        urgency=Urgency.NOW,
        expires_at=slip.until,
    )
