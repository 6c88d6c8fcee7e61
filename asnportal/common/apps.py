from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "asnportal.common"
    label = "common"
    verbose_name = "Umum"
    default_auto_field = "django.db.models.BigAutoField"
