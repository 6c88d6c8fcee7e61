"""A partner proposes, BKPSDM answers, and nothing is typed twice."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.notifications.models import Message
from asnportal.people.models import RoleGrant
from partners.models import PROPOSAL, Member, Proposal, ProposalStatus, ProposalSubject
from partners.services import proposal as service
from partners.services.proposal import SubjectDraft
from tests.factories import (
    CompetencyFactory,
    LearningFormFactory,
    PartnerFactory,
    grant,
    make_officer,
    make_partner_member,
)
from training.models import Programme, Session, SessionStatus

pytestmark = pytest.mark.django_db
SUBJECTS = [
    SubjectDraft("Membaca peta genangan", "Dr. Sari", 100),
    SubjectDraft("Tiga langkah", "Dr. Sari", 80),
]


def values(**extra):
    day = timezone.localdate() + timedelta(days=40)
    return {
        "title": "Kota tangguh banjir",
        "form": LearningFormFactory(),
        "summary": "Membaca peta genangan dan menyusun langkah.",
        "day": day,
        "last_day": day,
        "starts": time(9),
        "ends": time(12),
        "place": "Aula Rektorat",
        "quota": 60,
        "contact_name": "Rini",
        "contact_phone": "0541123456",
    } | extra


@pytest.fixture
def partner_member():
    return make_partner_member()


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def proposal(partner_member):
    competency = CompetencyFactory()
    made = service.draft(
        partner_member.partner_member.partner,
        values(competencies=[competency]),
        subjects=SUBJECTS,
        by=partner_member,
    )
    return made


def test_accepting_makes_the_session_with_everything_in_it(proposal, partner_member, officer):
    service.submit(proposal, by=partner_member)
    session = service.accept(proposal, by=officer)

    assert (session.status, session.quota, session.place) == (SessionStatus.DRAFT, 60, "Aula Rektorat")
    assert session.programme.provider == proposal.partner.provider
    assert session.programme.jp == 4  # 180 minutes
    assert [(s.title, s.jp) for s in session.programme.subjects.all()] == [
        ("Membaca peta genangan", 2),
        ("Tiga langkah", 2),
    ]
    assert [c.competency for c in session.programme.competencies.all()] == list(proposal.competencies.all())
    assert [timezone.localtime(m.starts_at).hour for m in session.meetings.all()] == [9]
    assert Proposal.objects.get().session == session


def test_the_jp_of_the_subjects_are_whole_and_sum_to_the_front(proposal):
    lines = service.subjects_with_jp(proposal)
    assert (proposal.jp, [line.jp for line in lines]) == (4, [2, 2])


def test_a_failure_half_way_leaves_neither_answer_nor_programme(proposal, partner_member, officer):
    service.submit(proposal, by=partner_member)
    Proposal.objects.filter(pk=proposal.pk).update(starts=time(12), ends=time(9))
    proposal.refresh_from_db()
    with pytest.raises(Refusal):
        service.accept(proposal, by=officer)
    assert Proposal.objects.get().status == ProposalStatus.SUBMITTED
    assert (Programme.objects.count(), Session.objects.count()) == (0, 0)


def test_both_sides_are_told_once_per_round(proposal, partner_member, officer):
    service.submit(proposal, by=partner_member)
    service.give_back(proposal, by=officer, answer="Mohon tambahkan waktu latihan.")
    service.submit(proposal, by=partner_member)
    service.decline(proposal, by=officer, answer="Topik ini sudah berjalan bulan ini.")
    assert list(Message.objects.order_by("id").values_list("purpose", flat=True)) == [
        "proposal-submitted",
        "proposal-returned",
        "proposal-submitted",
        "proposal-declined",
    ]


def test_a_return_or_a_no_needs_words(proposal, partner_member, officer):
    service.submit(proposal, by=partner_member)
    for verb in (service.give_back, service.decline):
        with pytest.raises(Refusal):
            verb(proposal, by=officer, answer="  ")
    assert Proposal.objects.get().status == ProposalStatus.SUBMITTED


def test_P09_nobody_answers_his_own_proposal(proposal, partner_member):
    service.submit(proposal, by=partner_member)
    both = grant(partner_member, RoleGrant.Role.BKPSDM)
    with pytest.raises(OwnCase):
        service.accept(proposal, by=both)


def test_a_proposal_without_a_whole_jp_or_in_the_past_is_not_sent(proposal, partner_member):
    ProposalSubject.objects.update(minutes=10)
    with pytest.raises(Refusal, match="45"):
        service.submit(Proposal.objects.get(), by=partner_member)
    Proposal.objects.update(day=timezone.localdate())
    with pytest.raises(Refusal, match="sudah lewat"):
        service.submit(Proposal.objects.get(), by=partner_member)


@pytest.mark.parametrize("status", ProposalStatus.values)
@pytest.mark.parametrize("verb", [verb for verb, _ in PROPOSAL])
def test_every_state_and_move(proposal, officer, status, verb):
    Proposal.objects.update(status=status)
    proposal.refresh_from_db()
    if status in PROPOSAL.moves[verb].sources:
        PROPOSAL.apply(proposal, verb, by=officer)
        assert Proposal.objects.get().status == PROPOSAL.moves[verb].to
        assert AuditLine.objects.about(proposal).last().verb == f"proposal.{verb}"
    else:
        with pytest.raises(WrongState):
            PROPOSAL.apply(proposal, verb, by=officer)
        assert Proposal.objects.get().status == status


def posted(proposal_values, **extra):
    """The page's form as a browser sends it."""
    sent = {k: v for k, v in proposal_values.items() if k not in ("form", "last_day")}
    return (
        sent
        | {
            "form": proposal_values["form"].pk,
            "day": proposal_values["day"].isoformat(),
            "starts": "09:00",
            "ends": "12:00",
            "mode": "in_person",
            "materi-TOTAL_FORMS": 2,
            "materi-INITIAL_FORMS": 0,
            "materi-0-title": "Membaca peta genangan",
            "materi-0-speaker": "Dr. Sari",
            "materi-0-minutes": 135,
        }
        | extra
    )


def test_a_partner_proposes_on_one_page(client, partner_member, officer):
    client.force_login(partner_member)
    answer = client.post(reverse("partner_proposal_new"), posted(values(), kirim=1))
    assert answer.status_code == 302
    sent = Proposal.objects.get()
    assert (sent.status, sent.jp, sent.last_day) == (ProposalStatus.SUBMITTED, 3, sent.day)
    client.force_login(officer)
    page = client.get(reverse("proposal_review", args=[sent.public_id]))
    assert "Kota tangguh banjir" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("quota", "-1", "Kuota harus angka 1 sampai 10.000."),
        ("quota", "30,5", "bilangan bulat"),
        ("title", "", "Judul"),
        ("day", "31/02/2027", "Tanggal 31/02/2027 tidak ada."),
        ("ends", "08:00", "Jam selesai harus setelah jam mulai."),
        ("link", "http://x.example", "https://"),
        ("cost", "1,500,000.00", "Tulis angka tanpa huruf, contoh 1500000."),
        ("cost", "Rp -5", "Nilai tidak boleh negatif."),
        ("materi-0-minutes", "banyak", "Menit"),
    ],
)
def test_B11_B20_B21_B22_B37_B38_bad_input_is_said_and_nothing_is_lost(
    client, partner_member, field, value, sentence
):
    client.force_login(partner_member)
    answer = client.post(reverse("partner_proposal_new"), posted(values(), **{field: value}))
    page = answer.content.decode()
    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert sentence in page
    assert "Membaca peta genangan" in page


def test_P07_another_partner_finds_nothing(client, proposal):
    client.force_login(make_partner_member(PartnerFactory()))
    for name in ("partner_proposal", "partner_proposal_withdraw"):
        url = reverse(name, args=[proposal.public_id])
        assert (client.post if name.endswith("withdraw") else client.get)(url).status_code == 404
    assert "Kota tangguh" not in client.get(reverse("partner_proposal_list")).content.decode()


def test_a_draft_is_nobodys_business_but_the_partners(client, proposal, officer):
    client.force_login(officer)
    assert client.get(reverse("proposal_review", args=[proposal.public_id])).status_code == 404


def test_the_lists_cost_the_same_for_one_and_three_rows(
    client, partner_member, officer, django_assert_num_queries
):
    def statements(user, name):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    def add():
        made = service.draft(Member.objects.get().partner, values(), subjects=SUBJECTS, by=partner_member)
        service.submit(made, by=partner_member)

    for user, name in ((partner_member, "partner_proposal_list"), (officer, "proposal_list")):
        add()
        statements(user, name)
        one = statements(user, name)
        add()
        add()
        assert statements(user, name) == one


def test_every_line_of_the_form_is_a_group_of_its_own(client, partner_member):
    client.force_login(partner_member)
    page = client.get(reverse("partner_proposal_new")).text
    assert page.count("<div") == page.count("</div>")
