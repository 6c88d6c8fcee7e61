from importlib import import_module

from django.apps import AppConfig


class CompetencyConfig(AppConfig):
    name = "competency"
    label = "competency"
    verbose_name = "Kompetensi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module(f"{self.name}.permissions")
