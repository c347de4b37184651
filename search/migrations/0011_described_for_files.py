from django.db import migrations
from django.utils import timezone


def describe_everything_anew(apps, schema_editor):
    """Every row is built again: only then does it say its years, its source and its licence."""
    apps.get_model("search", "SearchDocument").objects.update(dirty=True, dirty_since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0010_references_as_people_write_them"),
    ]

    operations = [
        migrations.RunPython(describe_everything_anew, migrations.RunPython.noop),
    ]
