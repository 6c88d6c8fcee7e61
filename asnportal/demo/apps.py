from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "asnportal.demo"
    label = "demo"
    verbose_name = "Kota peraga"
    default_auto_field = "django.db.models.BigAutoField"
