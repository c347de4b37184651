from django.db import migrations, models
from django.utils import timezone


def describe_everything_anew(apps, schema_editor):
    """Every row is built again: only then does it say its numbers, and its stages by weight."""
    apps.get_model("search", "SearchDocument").objects.update(dirty=True, dirty_since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_saved_searches"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchdocument",
            name="numbers",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(describe_everything_anew, migrations.RunPython.noop),
    ]
