"""The audit trail reads as people speak: acts and states in words."""

import pytest
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.audit.templatetags.jejak import STATES
from partners.models import ProposalStatus
from tests.factories import EmployeeFactory, grant
from training.models import CertificateStatus, EnrolmentStatus, SessionStatus

pytestmark = pytest.mark.django_db


def test_every_state_has_its_word():
    codes = {
        code
        for kind in (SessionStatus, EnrolmentStatus, CertificateStatus, ProposalStatus)
        for code in kind.values
    }
    assert codes - set(STATES) == set()


def test_states_are_shown_in_words_and_other_values_as_they_are(client):
    AuditLine.objects.create(verb="proposal.submit", before="draft", after="submitted", label="Seminar")
    AuditLine.objects.create(verb="session.quota", before="30", after="40", label="Bimtek")
    client.force_login(grant(EmployeeFactory().user, "auditor"))
    text = client.get(reverse("audit_trail")).content.decode()
    assert "Draf → Ditinjau" in text
    assert "30 → 40" in text
