from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "asnportal.home"
    label = "home"
    verbose_name = "Beranda"
    default_auto_field = "django.db.models.BigAutoField"
