"""The same form sent twice makes one row and leads to the same page (B42)."""

import re

import pytest
from django.urls import reverse

from partners.models import Proposal
from tests.factories import ProgrammeFactory, make_officer, make_partner_member
from tests.partners.test_proposal import posted as proposal_fields
from tests.partners.test_proposal import values
from tests.training.test_session import posted as session_fields
from training.models import Session

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def desk(client):
    client.force_login(make_officer())
    return client


@pytest.fixture
def url():
    return reverse("session_new", args=[ProgrammeFactory().pk])


def filled(client, url, **extra):
    """The fields as they are on a page just opened."""
    return session_fields(csrfmiddlewaretoken=TOKEN.search(client.get(url).text)[1], **extra)


def test_B42_the_second_sending_of_a_page_makes_nothing_and_goes_where_the_first_went(desk, url):
    fields = filled(desk, url)
    first, second = desk.post(url, fields), desk.post(url, fields, follow=True)
    assert Session.objects.count() == 1
    assert second.redirect_chain == [(first.url, 302)]
    assert "Data sudah disimpan." in second.text


def test_a_page_opened_anew_or_with_other_words_is_another_sending(desk, url):
    fields = filled(desk, url)
    for sent in (fields, fields | {"place": "Aula lain"}, filled(desk, url)):
        desk.post(url, sent)
    assert Session.objects.count() == 3


def test_a_form_that_was_refused_may_be_sent_again(desk, url):
    fields = filled(desk, url, quota="0")
    assert [desk.post(url, fields).status_code for _ in range(2)] == [422, 422]


def test_what_one_person_sent_is_no_bar_to_another(desk, url, client):
    fields = filled(desk, url)
    desk.post(url, fields)
    client.force_login(make_officer())
    client.post(url, fields)
    assert Session.objects.count() == 2


@pytest.mark.usefixtures("forms")
def test_B42_a_proposal_is_sent_once(client):
    client.force_login(make_partner_member())
    url = reverse("partner_proposal_new")
    fields = proposal_fields(values(), csrfmiddlewaretoken=TOKEN.search(client.get(url).text)[1])
    answers = [client.post(url, fields).status_code for _ in range(2)]
    assert (answers, Proposal.objects.count()) == ([302, 302], 1)
