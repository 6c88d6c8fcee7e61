"""The rows of standards move under a first version of their position."""

import datetime

from django.db import migrations

SINCE = datetime.date(2018, 1, 1)


def move_rows(apps, schema_editor):
    Standard = apps.get_model("competency", "Standard")
    Version = apps.get_model("competency", "StandardVersion")
    Item = apps.get_model("competency", "StandardItem")
    positions = Standard.objects.order_by().values_list("position_id", flat=True).distinct()
    Version.objects.bulk_create([Version(position_id=pk, valid_from=SINCE) for pk in positions])
    versions = dict(Version.objects.values_list("position_id", "pk"))
    rows = Standard.objects.order_by("pk").values_list("position_id", "competency_id", "level", "importance")
    Item.objects.bulk_create(
        [
            Item(standard_id=versions[post], competency_id=pk, level=level, importance=importance)
            for post, pk, level, importance in rows
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("competency", "0004_standard_versions")]

    operations = [migrations.RunPython(move_rows, migrations.RunPython.noop)]
