"""Forms of learning and the dated rules by which they give JP (DOMAIN 1.5)."""

from django.db import models

from competency.models.dated import DatedRule


class LearningForm(models.Model):
    """A form of learning (bentuk) with its path and its SIASN code. Editable: the national list changes."""

    class Path(models.TextChoices):
        EDUCATION = "education", "Pendidikan"
        CLASSICAL = "classical", "Pelatihan klasikal"
        NONCLASSICAL = "nonclassical", "Pelatihan nonklasikal"

    code = models.CharField("kode", max_length=6, unique=True)
    name = models.CharField("nama", max_length=120)
    path = models.CharField("jalur", max_length=12, choices=Path)
    siasn_id = models.CharField("kode SIASN", max_length=4, blank=True)
    siasn_letter = models.CharField("huruf SIASN", max_length=1, blank=True)
    aliases = models.JSONField("ejaan lain", default=list, blank=True)
    usual_max_jp = models.DecimalField("JP tertinggi yang lazim", max_digits=7, decimal_places=2, default=400)
    help_text = models.CharField("keterangan", max_length=250, blank=True)
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "bentuk pembelajaran"

    def __str__(self) -> str:
        return self.name


class JpRule(DatedRule):
    """How one form gives JP diakui, from when until when, by which rule.

    ``basis`` says what ``figure`` multiplies: the certified JP (as_jp, figure is a factor), a day, a session,
    one time, a semester. ``cap`` limits the JP (per_day, per_month: number of times × figure).
    """

    class Basis(models.TextChoices):
        AS_JP = "as_jp", "sesuai JP materi"
        PER_DAY = "per_day", "per hari"
        PER_SESSION = "per_session", "per pertemuan"
        PER_TIME = "per_time", "per kegiatan"
        PER_SEMESTER = "per_semester", "per semester"

    class CapPeriod(models.TextChoices):
        NONE = "", "tanpa batas"
        DAY = "day", "JP per hari"
        MONTH = "month", "kali per bulan"

    form = models.ForeignKey(LearningForm, on_delete=models.PROTECT, related_name="rules")
    abroad = models.BooleanField("internasional", default=False)
    basis = models.CharField("dasar hitung", max_length=12, choices=Basis)
    figure = models.DecimalField("angka", max_digits=6, decimal_places=2)
    cap_period = models.CharField("batas", max_length=5, choices=CapPeriod, blank=True, default="")
    cap = models.DecimalField("angka batas", max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["form", "abroad", "-valid_from"]
        verbose_name = "aturan JP"
        constraints = [
            models.UniqueConstraint(fields=["form", "abroad", "valid_from"], name="jp_rule_once_per_date"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.get_basis_display()} {self.figure}"


class JpTarget(DatedRule):
    """JP a kind of employee must reach (floor) or is counted up to (ceiling) in a year, by a dated rule."""

    class Sense(models.TextChoices):
        FLOOR = "floor", "paling sedikit"
        CEILING = "ceiling", "paling banyak"

    kind = models.CharField("status kepegawaian", max_length=8)
    sense = models.CharField("arah", max_length=8, choices=Sense)
    jp = models.DecimalField("JP", max_digits=6, decimal_places=2)

    class Meta:
        ordering = ["kind", "-valid_from"]
        verbose_name = "target JP"

    def __str__(self) -> str:
        return f"{self.kind} {self.get_sense_display()} {self.jp} JP"
