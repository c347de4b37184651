from django.db import migrations, models
from django.utils import timezone


def describe_anew(apps, schema_editor):
    """Rows were written with the marks that part words at the ends of lines; each is written once more by
    the next passes, and nothing else of it changes."""
    rows = apps.get_model("search", "SearchDocument").objects.filter(deleted=False, dirty=False)
    rows.update(dirty=True, dirty_since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_rows_behind_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="synonymterm",
            name="is_narrower",
            field=models.BooleanField(
                default=False,
                help_text="A kind of the thing, such as “drones” among “remote sensing”: who looks for the others finds it too, but who looks for it does not find them.",
                verbose_name="narrower",
            ),
        ),
        migrations.RunPython(describe_anew, migrations.RunPython.noop),
    ]
