"""What partners and BKPSDM are told about proposals."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from asnportal.common.dates import format_day_date
from asnportal.notifications.notices import Notice
from asnportal.people.models import User
from partners.models import Proposal

WHY_PARTNER = "Anda menerima pesan ini karena lembaga Anda mengusulkan kegiatan ini."
WHY_REVIEWER = "Anda menerima pesan ini sebagai petugas BKPSDM."


def _once(proposal: Proposal, what: str, to: User) -> str:
    """One message per person and round: a proposal may be sent again after it came back."""
    round_ = f"{proposal.submitted_at:%Y%m%d%H%M%S%f}" if proposal.submitted_at else "0"
    return f"proposal-{what}:{proposal.pk}:{round_}:{to.pk}"


def submitted(proposal: Proposal, officers: Iterable[User]) -> Iterator[Notice]:
    for officer in officers:
        yield Notice(
            key=_once(proposal, "submitted", officer),
            to=officer,
            subject=f"Usulan mitra: {proposal.title}",
            text=(
                f"{proposal.partner} mengusulkan {proposal.title}, {format_day_date(proposal.day)}, "
                f"{proposal.jp} JP materi untuk {proposal.quota} orang.",
            ),
            why=WHY_REVIEWER,
            link=reverse("proposal_review", args=[proposal.public_id]),
            link_label="Tinjau usulan",
        )


def _to_partner(
    proposal: Proposal, what: str, people: Iterable[User], subject: str, text: str
) -> Iterator[Notice]:
    for person in people:
        yield Notice(
            key=_once(proposal, what, person),
            to=person,
            subject=subject,
            text=(text, f"Pesan BKPSDM: “{proposal.answer}”"),
            why=WHY_PARTNER,
            link=reverse("partner_proposal", args=[proposal.public_id]),
            link_label="Buka usulan",
        )


def returned(proposal: Proposal, people: Iterable[User]) -> Iterator[Notice]:
    text = "Terima kasih atas usulannya. Setelah dilengkapi, kami jawab dalam 5 hari kerja."
    return _to_partner(proposal, "returned", people, f"Mohon dilengkapi: {proposal.title}", text)


def declined(proposal: Proposal, people: Iterable[User]) -> Iterator[Notice]:
    text = "Terima kasih atas usulannya. Kali ini kami belum dapat menerimanya."
    return _to_partner(proposal, "declined", people, f"Tentang usulan {proposal.title}", text)


def accepted(proposal: Proposal, people: Iterable[User]) -> Iterator[Notice]:
    text = "Usulan Anda disetujui. Jadwalnya sudah dibuat; pendaftaran dibuka BKPSDM di katalog."
    return _to_partner(proposal, "accepted", people, f"Disetujui: {proposal.title}", text)
