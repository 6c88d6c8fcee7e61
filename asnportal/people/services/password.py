"""Django's rules for a password, refused in words that say what would do (DESIGN.md 9.3)."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _


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
