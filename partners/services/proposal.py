"""Proposals: written, sent, returned, declined, accepted. Accepting makes the session with everything in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.notifications.services import outbox
from asnportal.people.models import User
from competency.services.jp import share
from partners import notices
from partners.models import PROPOSAL, Partner, Proposal, ProposalSubject
from training.models import Programme, Session
from training.services import programme as programme_service
from training.services import session as session_service
from training.services.programme import CompetencyLine, Contents, SubjectLine
from training.services.schedule import WITA, Pattern, plan

LEVEL_OF_A_SEMINAR = 1
REGISTRATION_CLOSES_DAYS_BEFORE = 3


@dataclass(frozen=True)
class SubjectDraft:
    """A subject as proposed; ``minutes`` net of breaks."""

    title: str
    speaker: str
    minutes: int


@transaction.atomic
def draft(
    partner: Partner, values: dict[str, Any], *, subjects: Sequence[SubjectDraft], by: User
) -> Proposal:
    """A new proposal, kept as draft."""
    many = {name: values.pop(name, ()) for name in ("competencies", "topics")}
    proposal = Proposal.objects.create(partner=partner, created_by=by, **values)
    _set_many(proposal, many, subjects)
    record("proposal.create", proposal, by=by)
    return proposal


@transaction.atomic
def change(proposal: Proposal, values: dict[str, Any], *, subjects: Sequence[SubjectDraft], by: User) -> None:
    """Change a draft or a returned proposal. Raises Refusal once it is under review or answered."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not locked.is_editable:
        raise Refusal(
            "Usulan ini sedang ditinjau atau sudah dijawab, jadi tidak dapat diubah.", code="not_editable"
        )
    many = {name: values.pop(name, ()) for name in ("competencies", "topics")}
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save()
    _set_many(locked, many, subjects)
    record("proposal.update", locked, by=by)
    proposal.refresh_from_db()


def _set_many(proposal: Proposal, many: dict[str, Any], subjects: Sequence[SubjectDraft]) -> None:
    for name, things in many.items():
        getattr(proposal, name).set(things)
    proposal.subjects.all().delete()
    ProposalSubject.objects.bulk_create(
        ProposalSubject(proposal=proposal, order=order, **vars(line))
        for order, line in enumerate(subjects, 1)
    )


@transaction.atomic
def submit(proposal: Proposal, *, by: User) -> None:
    """Send to BKPSDM. Raises Refusal for a day already past or less than one JP, WrongState when under review."""
    if proposal.day <= timezone.localdate():
        raise Refusal("Tanggal kegiatan sudah lewat. Pilih tanggal yang akan datang.", code="day_past")
    if proposal.jp < 1:
        raise Refusal(
            "Jumlah menit materi paling sedikit 45 (1 JP). Tambah materi atau menitnya.", code="no_jp"
        )
    PROPOSAL.apply(proposal, "submit", by=by)
    proposal.submitted_at = timezone.now()
    proposal.save(update_fields=["submitted_at"])
    outbox.post_many(notices.submitted(proposal, reviewers()))


def reviewers() -> list[User]:
    """Every active BKPSDM officer."""
    found = User.objects.filter(is_active=True, role_grants__role="bkpsdm")
    return list(found.select_related("employee"))


@transaction.atomic
def give_back(proposal: Proposal, *, by: User, answer: str) -> None:
    """Back to the partner with what is missing. Raises Refusal without words, OwnCase for one's own proposal."""
    _answer(proposal, "give_back", by=by, answer=answer)
    outbox.post_many(notices.returned(proposal, members(proposal.partner)))


@transaction.atomic
def decline(proposal: Proposal, *, by: User, answer: str) -> None:
    """No, with a reason that helps. Raises Refusal without words, OwnCase for one's own proposal."""
    _answer(proposal, "decline", by=by, answer=answer)
    outbox.post_many(notices.declined(proposal, members(proposal.partner)))


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> None:
    """Taken back by the partner before an answer."""
    PROPOSAL.apply(proposal, "withdraw", by=by)


@transaction.atomic
def accept(proposal: Proposal, *, by: User, answer: str = "", day: date | None = None) -> Session:
    """Yes: programme, session, meetings, subjects, JP, competencies and signatory in one transaction, as draft.

    ``day`` is the day that BKPSDM chose (the proposed one, or the alternative). Raises OwnCase, WrongState, Refusal.
    """
    _answer(proposal, "accept", by=by, answer=answer or "Disetujui.")
    programme = _programme(proposal, by=by)
    session = _session(proposal, programme, day=day or proposal.day, by=by)
    proposal.session = session
    proposal.save(update_fields=["session"])
    outbox.post_many(notices.accepted(proposal, members(proposal.partner)))
    return session


def members(partner: Partner) -> list[User]:
    return list(
        User.objects.filter(is_active=True, partner_member__partner=partner).select_related("employee")
    )


def _answer(proposal: Proposal, verb: str, *, by: User, answer: str) -> None:
    if proposal.created_by_id == by.pk:
        raise OwnCase
    if not answer.strip():
        raise Refusal("Tulis pesan untuk mitra: apa yang kurang, atau alasan yang membantu.", code="no_words")
    PROPOSAL.apply(proposal, verb, by=by, note=answer)
    proposal.answer, proposal.answered_by, proposal.answered_at = answer.strip(), by, timezone.now()
    proposal.save(update_fields=["answer", "answered_by", "answered_at"])


def subjects_with_jp(proposal: Proposal) -> tuple[SubjectLine, ...]:
    """The subjects with whole JP that sum to the proposal's JP: largest remainder first (PRODUCT, two figures)."""
    lines = list(proposal.subjects.all())
    return tuple(
        SubjectLine(title=line.title, minutes=line.minutes, jp=jp, speaker=line.speaker)
        for line, jp in zip(lines, share([line.minutes for line in lines]), strict=True)
    )


def _programme(proposal: Proposal, *, by: User) -> Programme:
    values = {
        "title": proposal.title,
        "summary": proposal.summary,
        "description": proposal.description,
        "form": proposal.form,
        "family": _family(proposal),
        "kind": proposal.form.name,
        "jp": proposal.jp,
        "duration_days": (proposal.last_day - proposal.day).days + 1,
        "mode": proposal.mode,
        "provider": proposal.partner.provider,
        "topics": list(proposal.topics.all()),
        "usual_quota": proposal.quota,
    }
    competencies = tuple(CompetencyLine(c, LEVEL_OF_A_SEMINAR) for c in proposal.competencies.all())
    contents = Contents(subjects=subjects_with_jp(proposal), competencies=competencies)
    return programme_service.create(values, contents=contents, by=by)


def _family(proposal: Proposal) -> str:
    families = {c.family for c in proposal.competencies.all()}
    if "managerial" in families:
        return Programme.Family.MANAGERIAL
    return Programme.Family.SOCIOCULTURAL if families == {"sociocultural"} else Programme.Family.TECHNICAL


def _session(proposal: Proposal, programme: Programme, *, day: date, by: User) -> Session:
    shift = day - proposal.day
    last = proposal.last_day + shift
    pattern = Pattern(
        day, last, range(7), proposal.starts, proposal.ends, place=proposal.place, link=proposal.link
    )
    meetings, _holidays = plan(pattern)
    closing_day = max(day - timedelta(days=REGISTRATION_CLOSES_DAYS_BEFORE), timezone.localdate())
    values = {
        "start": day,
        "end": last,
        "mode": proposal.mode,
        "place": proposal.place,
        "link": proposal.link,
        "quota": proposal.quota,
        "registration_closes": datetime.combine(closing_day, time(23, 59), WITA),
        "contact_name": proposal.contact_name,
        "contact_phone": proposal.contact_phone,
        "cost": proposal.cost,
        "second_signatory_name": proposal.signatory_name,
        "second_signatory_title": proposal.signatory_title,
    }
    return session_service.open_from(programme, values, meetings=meetings, by=by)
