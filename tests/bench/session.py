"""A finished session with many people who passed, for the benchmark of certificates."""

from datetime import timedelta
from typing import Any

from django.utils import timezone


def finished_session(count: int) -> tuple[Any, Any]:
    """The session, ready for its certificates, and an officer who may issue them (and takes no part)."""
    from asnportal.people.models import Employee, RoleGrant, User
    from competency.models import LearningForm
    from training.models import (
        Enrolment,
        EnrolmentStatus,
        Programme,
        Provider,
        Session,
        SessionStatus,
        Subject,
    )
    from training.services import completion

    officer = User.objects.filter(role_grants__role=RoleGrant.Role.BKPSDM)[0]
    programme = Programme.objects.create(
        code="BENCH",
        slug="pelatihan-pengukuran",
        title="Pelatihan Pelayanan Publik yang Inklusif",
        form=LearningForm.objects.get(code="B10"),
        provider=Provider.objects.order_by("pk")[0],
        jp=12,
    )
    for order, jp in enumerate((4, 4, 4), 1):
        Subject.objects.create(
            programme=programme, order=order, title=f"Mata pelatihan {order}", minutes=jp * 45, jp=jp
        )
    day = timezone.localdate() - timedelta(days=1)
    session = Session.objects.create(
        programme=programme,
        status=SessionStatus.PUBLISHED,
        start=day,
        end=day,
        quota=count,
        confirmed_count=count,
        next_number=count + 1,
        registration_closes=timezone.now() - timedelta(days=5),
        signatory_name="Rina Lestari, S.Sos., M.Si.",
        signatory_title="Kepala BKPSDM Kota Samarinda",
    )
    people = Employee.objects.active().exclude(user=officer).order_by("pk")[:count]
    rows = Enrolment.objects.bulk_create(
        Enrolment(session=session, employee=person, number=number, status=EnrolmentStatus.CONFIRMED)
        for number, person in enumerate(people, 1)
    )
    completion.finish_by_list(session, [row.pk for row in rows], by=officer)
    return Session.objects.get(pk=session.pk), officer
