"""Rows of partners: proposals of both sides."""

from datetime import time, timedelta

from django.utils import timezone

from partners.models import Partner, Proposal, ProposalStatus
from tests.factories import LearningFormFactory
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World


def proposal_of(partner: Partner, status: str) -> Proposal:
    day = timezone.localdate() + timedelta(days=60)
    return Proposal.objects.create(
        partner=partner,
        status=status,
        title="Seminar percontohan",
        form=LearningFormFactory(),
        summary="Ringkas",
        day=day,
        last_day=day,
        starts=time(8),
        ends=time(12),
        quota=40,
        created_by=partner.members.get().user,
    )


def own_and_other(world: World, role: str) -> tuple[Arguments, Arguments]:
    mine, other = (proposal_of(p, ProposalStatus.SUBMITTED) for p in (world.partner_x, world.partner_y))
    return {"public_id": mine.public_id}, {"public_id": other.public_id}


def submitted(world: World, role: str) -> Arguments:
    return {"public_id": proposal_of(world.partner_x, ProposalStatus.SUBMITTED).public_id}


#                                              PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS = [
    Row("P07", "partner_proposal_list", "GET", "     L   F   F   F   F   A   F   F  F"),
    Row("P07", "partner_session_list", "GET", "      L   F   F   F   F   A   F   F  F"),
    Row("P07", "partner_proposal_new", "GET", "      L   F   F   F   F   A   F   F  F"),
    Row("P07", "partner_proposal_new", "POST", "     L   F   F   F   F   A   F   F  F", also=(422,)),
    Row("P07", "partner_proposal", "GET", "          L   F   F   F   F   A/N F   F  F", of=own_and_other),
    Row(
        "P08",
        "partner_proposal",
        "POST",
        "         L   F   F   F   F   A/N F   F  F",
        of=own_and_other,
        also=(422, 409),
    ),
    Row("P08", "partner_proposal_withdraw", "POST", "L   F   F   F   F   A/N F   F  F", of=own_and_other),
    Row("P09", "proposal_list", "GET", "             L   F   F   F   A   F   A   A  F"),
    Row("P09", "proposal_review", "GET", "           L   F   F   F   A   F   A   A  F", of=submitted),
    Row(
        "P09",
        "proposal_review",
        "POST",
        "          L   F   F   F   A   F   F   A  F",
        of=submitted,
        also=(422,),
    ),
]
