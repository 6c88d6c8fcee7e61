"""What recipients are told about their certificate. Load employee__user, guest, session__programme."""

from asnportal.notifications.notices import Notice
from asnportal.people.models import Employee
from training.models import Certificate
from training.notices.quote import quote


def ready(
    certificate: Certificate, *, jp: int, year_jp: int | None = None, target: int | None = None
) -> Notice:
    """The sealed file is there. jp is JP diakui by this training; year_jp of target is the ring now."""
    title = certificate.session.title
    gained = f", {jp} JP bertambah" if jp else ""
    text = [f"Sertifikat Anda untuk {title} sudah terbit dengan nomor {certificate.number}."]
    if year_jp is not None and target:
        text.append(f"Sekarang {year_jp} dari {target} JP tahun ini.")
    elif year_jp is not None:
        text.append(f"Sekarang {year_jp} JP tahun ini.")
    return Notice(
        key=f"certificate-ready:{certificate.pk}",
        to=_recipient(certificate),
        subject=f"Sertifikat Anda terbit{gained}",
        text=tuple(text),
        why="Anda menyelesaikan pelatihan ini." if certificate.employee_id else "Anda mengisi kegiatan ini.",
        link=f"/verifikasi/{certificate.token}/",
        link_label="Lihat sertifikat",
    )


def revoked(certificate: Certificate) -> Notice:
    """The certificate no longer counts; its page says so to everybody who checks it."""
    return Notice(
        key=f"certificate-revoked:{certificate.pk}",
        to=_recipient(certificate),
        subject=f"Sertifikat {certificate.number} dicabut",
        text=(
            f"Sertifikat Anda untuk {certificate.session.title} dicabut BKPSDM dan tidak berlaku lagi.",
            f"Alasannya: {quote(certificate.revoked_reason)}",
        ),
        why="Sertifikat ini atas nama Anda.",
        link=f"/verifikasi/{certificate.token}/",
        link_label="Lihat keadaannya",
    )


def _recipient(certificate: Certificate) -> Employee | str:
    if certificate.employee is not None:
        return certificate.employee
    return certificate.guest.email if certificate.guest is not None else ""
