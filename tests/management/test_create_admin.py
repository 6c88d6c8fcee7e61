from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from asnportal.people.models import User

NEW_PASSWORD = "tenang-di-tepian-9"


@pytest.mark.django_db
def test_T56_the_first_admin_gets_a_link_that_works_once(client: Client) -> None:
    out = StringIO()
    call_command("create_admin", "Kepala@Contoh.test", stdout=out)
    user = User.objects.get(email="kepala@contoh.test")
    assert user.is_superuser
    assert user.roles == {"admin"}
    assert not user.has_usable_password()
    path = urlsplit(out.getvalue().split()[-1]).path
    page = client.get(path, follow=True)
    form = page.redirect_chain[-1][0]
    assert client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    again = Client().get(path, follow=True)
    assert 'name="password1"' not in again.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "sentence"), [("bukan alamat", "bukan alamat email"), ("ada@contoh.test", "sudah ada")]
)
def test_a_wrong_or_known_address_makes_nothing(email: str, sentence: str) -> None:
    User.objects.create_user("ada@contoh.test", "ada@contoh.test")
    with pytest.raises(CommandError, match=sentence):
        call_command("create_admin", email)
    assert User.objects.count() == 1
