"""A position's standard in dated versions: the rows there are become the first version of their position."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SINCE = datetime.date(2018, 1, 1)


class Migration(migrations.Migration):
    dependencies = [
        ("competency", "0003_ledger_daily"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StandardVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(default=SINCE, verbose_name="berlaku sejak")),
                (
                    "valid_until",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="berlaku sampai"),
                ),
                (
                    "legal_basis",
                    models.CharField(blank=True, max_length=200, verbose_name="dasar hukum"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.position",
                        verbose_name="jabatan",
                    ),
                ),
            ],
            options={"verbose_name": "standar jabatan", "ordering": ["position", "-valid_from"]},
        ),
        migrations.CreateModel(
            name="StandardItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(verbose_name="level wajib")),
                (
                    "importance",
                    models.CharField(blank=True, max_length=20, verbose_name="tingkat penting"),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standard_items",
                        to="competency.competency",
                        verbose_name="kompetensi",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="competency.standardversion",
                    ),
                ),
            ],
            options={"verbose_name": "butir standar", "ordering": ["standard", "competency"]},
        ),
        migrations.AddConstraint(
            model_name="standarditem",
            constraint=models.UniqueConstraint(
                fields=["standard", "competency"], name="standard_item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="standarditem",
            constraint=models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)), name="standard_item_level_1_to_5"
            ),
        ),
    ]
