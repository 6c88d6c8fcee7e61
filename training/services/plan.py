"""From a gap to a seat in one tap: the plan's item and the request for a seat, both or neither."""

from django.db import transaction

from asnportal.people.models import Employee, User
from competency.models import Competency, PlanItem
from competency.queries.jp import rulebook
from competency.services import plan as plans
from competency.services.plan import Wish
from training.models import Enrolment, Session
from training.queries.jp import for_session
from training.services import enrolment as enrolments


@transaction.atomic
def join_for_gap(session: Session, competency: Competency, *, employee: Employee, by: User) -> Enrolment:
    """Ask for a seat and put it into the plan of the year in which the session ends (WITA).

    Raises NotEligible as services/enrolment.py does; then nothing is kept.
    """
    made = enrolments.request(session, employee=employee, by=by, reason=f"Untuk {competency.name}.")
    wish = Wish(
        title=session.title,
        source=PlanItem.Source.GAP,
        target=session.end,
        jp=for_session(session, rulebook()).jp,
        competency=competency,
        form=session.programme.form,
        reason=f"Kesenjangan {competency.name}.",
    )
    made.plan_item = plans.add_with_request(employee, wish, by=by)
    made.save(update_fields=["plan_item"])
    return made
