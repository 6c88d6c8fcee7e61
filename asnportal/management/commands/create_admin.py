"""``manage.py create_admin``: the first account of a new portal, opened by a link that works once."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from asnportal.people.models import User


class Command(BaseCommand):
    help = "Membuat akun pengelola sistem dan mencetak tautan sekali pakai untuk memilih kata sandinya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Pengelola sistem", help="nama yang tampil di portal")

    def handle(self, *, email: str, name: str, **_options: Any) -> None:
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"“{email}” bukan alamat email.") from None
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"Akun {email} sudah ada. Lupa kata sandi? {settings.SITE_URL}/akun/lupa/")
        with transaction.atomic():
            user = User.objects.create_superuser(email, email, None, name=name)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
        )
        self.stdout.write(f"Akun {email} dibuat. Pilih kata sandinya di (berlaku 3 hari, sekali pakai):")
        self.stdout.write(f"{settings.SITE_URL}{path}")
