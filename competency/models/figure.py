"""Single figures that a rule sets: dated, with the instrument that sets them."""

from django.db import models

from competency.models.dated import DatedRule


class RuleFigure(DatedRule):
    """One number of a rule (``key`` says which, ``words`` what it means), from when until when."""

    key = models.CharField("kunci", max_length=40)
    words = models.CharField("arti", max_length=150)
    value = models.DecimalField("angka", max_digits=9, decimal_places=2)

    class Meta:
        ordering = ["key", "-valid_from"]
        verbose_name = "angka aturan"
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="rule_figure_once_per_date")
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.value}"
