"""The table of Django's cache (docs/decisions/cache-in-the-database.md)."""

from django.core.management import call_command
from django.db import migrations

TABLE = "cache_entries"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("people", "0003_sessions_can_be_ended_together")]
    operations = [migrations.RunPython(make, drop)]
