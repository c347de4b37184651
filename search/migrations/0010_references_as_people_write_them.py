from django.db import migrations
from django.utils import timezone


def describe_pages_anew(apps, schema_editor):
    """Pages are found by their references as people write them, and by the ids they were imported by."""
    rows = apps.get_model("search", "SearchDocument").objects.filter(key__startswith="page:", deleted=False)
    rows.update(dirty=True, dirty_since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0009_narrower_words_and_rows_anew"),
    ]

    # No row loses anything: each is built from its page again.
    operations = [migrations.RunPython(describe_pages_anew, migrations.RunPython.noop)]
