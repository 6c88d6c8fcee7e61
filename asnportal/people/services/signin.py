"""Signing in: who is it, and how often may one try (TRUST.md T39, T40)."""

import unicodedata

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from asnportal.common.limits import Limit
from asnportal.people.models import User

# Five wrong passwords for one name; the address only stops floods, since an office sits behind one (R30).
WRONG_FOR_NAME = Limit("wrong_password", tries=5, seconds=300)
WRONG_FROM_ADDRESS = Limit("wrong_password_from", tries=100, seconds=60, per="ip")
NOISE = str.maketrans("", "", " .-\u00a0\u2009\u202f\t'")


def clean_login(typed: str) -> str:
    """What was typed as NIP or email, in its one spelling: digits without spaces or dots, or a lower-case email."""
    text = unicodedata.normalize("NFKC", typed).strip()
    number = text.translate(NOISE)
    return number if number.isascii() and number.isdigit() else text.lower()


def find(login: str) -> User | None:
    """The account with this NIP or email, active or not."""
    by_name = User.objects.filter(username=login).first()
    if by_name is not None or "@" not in login:
        return by_name
    return User.objects.filter(email__iexact=login).first()


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """One account, one hash: the known and the unknown take the same time."""

    def _authenticate(self, request: HttpRequest | None, **credentials: str) -> AbstractBaseUser | None:
        login = credentials.get("username") or credentials.get("email") or ""
        user: AbstractBaseUser | None = self._check_password(
            find(clean_login(login)), credentials.get("password") or ""
        )
        return user

    def get_user(self, user_id: int) -> User | None:
        user = next(iter(User.objects.signed_in.filter(pk=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None
