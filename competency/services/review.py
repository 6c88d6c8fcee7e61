"""A new look at a competency: asked for by the person, or proposed once after a training that targets a gap."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.notifications.services import outbox
from asnportal.people.models import Employee, User
from competency import notices
from competency.models import REVIEW, Assessment, Competency, Review
from competency.queries.profile import profiles_of

NO_SUPERVISOR = "Atasan langsung Anda belum tercatat. Hubungi admin unit supaya permintaan dapat dikirim."


@transaction.atomic
def request(employee: Employee, competency: Competency, *, reason: str, by: User) -> Review:
    """The person asks the supervisor for a new assessment and says what is new.

    Raises Refusal without a supervisor, or while one for the same competency is open.
    """
    if by.employee_or_none != employee:
        raise Refusal("Penilaian baru hanya dapat diminta oleh yang bersangkutan.", code="not_own")
    if employee.supervisor_id is None:
        raise Refusal(NO_SUPERVISOR, code="no_supervisor")
    try:
        with transaction.atomic():
            made = Review.objects.create(
                employee=employee, competency=competency, cause=Review.Cause.REQUEST, reason=reason
            )
    except IntegrityError:
        raise Refusal(
            f"Penilaian baru untuk {competency.name} sudah diminta dan belum dijawab.", code="open"
        ) from None
    record("review.request", made, by=by, note=reason, after=made.status)
    outbox.post_many(notices.review_asked([made]))
    return made


@transaction.atomic
def propose_after_training(
    people: Collection[Employee], aims: Sequence[tuple[Competency, int]], *, title: str, day: date, key: str
) -> list[Review]:
    """One proposal to the supervisor for each gap that a finished training targets; levels stay as they are.

    ``aims`` are competencies with the level the training leads to, ``day`` its last day (WITA). The same ``key``
    (as in "session:17") never proposes twice. A constant number of statements, whatever the number of people.
    """
    today = timezone.localdate()
    profiles = profiles_of(people, today) if aims else {}
    wanted = [
        Review(
            employee=person,
            competency=competency,
            cause=Review.Cause.TRAINING,
            reason=f"Selesai mengikuti {title}.",
            trained_on=day,
            source_key=f"{key}:{person.pk}:{competency.pk}",
        )
        for person in people
        for competency, _level in aims
        if competency.pk in {line.competency.pk for line in profiles[person.pk].short}
    ]
    Review.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=500)
    made = list(
        Review.objects.filter(source_key__in=[one.source_key for one in wanted]).select_related(
            "employee__user", "employee__supervisor__user", "competency"
        )
    )
    outbox.post_many(notices.review_asked(made))
    return made


@transaction.atomic
def decline(review: Review, *, reason: str, by: User) -> Review:
    """The supervisor sees no ground for a new assessment and says why. Raises OwnCase, WrongState, Refusal."""
    if by.employee_or_none == review.employee:
        raise OwnCase
    if not reason.strip():
        raise Refusal("Tulis alasannya, supaya yang bersangkutan mengerti.", code="reason")
    review.answer, review.decided_by, review.decided_at = reason.strip(), by, timezone.now()
    REVIEW.apply(review, "decline", by=by, note=reason)
    review.save(update_fields=["answer", "decided_by", "decided_at"])
    outbox.post(notices.review_declined(review))
    return review


def close_with(assessment: Assessment, *, by: User) -> None:
    """Every open review of the same competency is answered by this assessment. In the caller's transaction."""
    found = Review.objects.select_for_update(of=("self",)).filter(
        employee=assessment.employee_id, competency=assessment.competency_id, status=Review.Status.OPEN
    )
    for review in found:
        review.assessment, review.decided_by, review.decided_at = assessment, by, timezone.now()
        saving = ["assessment", "decided_by", "decided_at"]
        REVIEW.apply_locked(review, "assess", by=by, note=assessment.note, saving=saving)
