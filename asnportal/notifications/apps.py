from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "asnportal.notifications"
    label = "notifications"
    verbose_name = "Pemberitahuan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module(f"{self.name}.permissions")
