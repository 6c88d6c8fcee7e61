"""The old table of rows goes, and the versions take its name. Not reversible: only one version would survive."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("competency", "0005_standard_rows")]

    operations = [
        migrations.DeleteModel(name="Standard"),
        migrations.RenameModel(old_name="StandardVersion", new_name="Standard"),
        migrations.AlterField(
            model_name="standard",
            name="position",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="standards",
                to="people.position",
                verbose_name="jabatan",
            ),
        ),
        migrations.AddConstraint(
            model_name="standard",
            constraint=models.UniqueConstraint(
                fields=["position", "valid_from"], name="standard_once_per_date"
            ),
        ),
        migrations.AddConstraint(
            model_name="standard",
            constraint=models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="standard_dates_in_order",
            ),
        ),
    ]
