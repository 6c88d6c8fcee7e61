"""What recipients are told about their certificate. Load employee__user, guest, session__programme."""

from decimal import Decimal

from django.urls import reverse

from asnportal.notifications.notices import Notice
from asnportal.people.models import Employee
from competency.queries.ledger import YearSummary
from competency.services.jp import figure
from training.models import Certificate
from training.notices.quote import quote

ZERO = Decimal(0)


def ready(certificate: Certificate, *, jp: Decimal = ZERO, summary: YearSummary | None = None) -> Notice:
    """The sealed file is there. ``jp`` is JP diakui by this training, ``summary`` the person's year with it."""
    title = certificate.session.title
    gained = f", {figure(jp)} JP bertambah" if jp else ""
    text = [f"Sertifikat Anda untuk {title} sudah terbit dengan nomor {certificate.number}."]
    if summary is not None and not summary.is_ceiling:
        text.append(f"Sekarang {figure(summary.done)} dari {figure(summary.target)} JP tahun ini.")
    elif summary is not None:
        text.append(f"Sekarang {figure(summary.counted)} JP tercatat untuk {summary.period}.")
    return Notice(
        key=f"certificate-ready:{certificate.pk}",
        to=_recipient(certificate),
        subject=f"Sertifikat Anda terbit{gained}",
        text=tuple(text),
        why="Anda menyelesaikan pelatihan ini." if certificate.employee_id else "Anda mengisi kegiatan ini.",
        link=_link(certificate),
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
        link=_link(certificate),
        link_label="Lihat keadaannya",
    )


def _link(certificate: Certificate) -> str:
    """The owner's page; a guest has no account and reads the public one."""
    if certificate.employee_id:
        return reverse("certificate", args=[certificate.public_id])
    return reverse("verify_token", args=[certificate.token])


def _recipient(certificate: Certificate) -> Employee | str:
    if certificate.employee is not None:
        return certificate.employee
    return certificate.guest.email if certificate.guest is not None else ""
