"""How a password is kept, and Django's rules for it in words that say what would do (DESIGN.md 9.3)."""

from django.contrib.auth import password_validation as rules
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext as _


class Argon2(Argon2PasswordHasher):
    """One thread, 46 MiB, twice over them: above the least that OWASP's Password Storage Cheat Sheet asks (once).

    Django's own has eight threads of 100 MiB together. On a server of two cores that many sign in to at once they
    wait for each other: one sign-in took 2 s at a load of 16, and eight of them 800 MB.
    """

    time_cost = 2
    memory_cost = 47_104  # KiB
    parallelism = 1


class Short(rules.MinimumLengthValidator):
    def __init__(self) -> None:
        super().__init__(min_length=10)

    def get_error_message(self) -> str:
        return _("Kata sandi paling sedikit 10 huruf atau angka. Coba tiga kata yang mudah Anda ingat.")


class Common(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Kata sandi ini mudah ditebak orang. Coba tiga kata yang mudah Anda ingat.")


class Digits(rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("Kata sandi ini hanya angka. Tambahkan huruf.")


class Similar(rules.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "name", "email"))

    def get_error_message(self) -> str:
        return _("Kata sandi ini terlalu mirip dengan nama atau NIP Anda.")
