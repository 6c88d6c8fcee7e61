from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "asnportal.people"
    label = "people"
    verbose_name = "Pegawai"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module(f"{self.name}.permissions")
