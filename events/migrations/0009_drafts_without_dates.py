from django.db import migrations, models


class Migration(migrations.Migration):
    """A draft may say later when the event begins and ends."""

    dependencies = [("events", "0007_attached_lists_without_addresses")]

    operations = [
        migrations.AlterField(
            model_name="learningeventpage",
            name="start",
            field=models.DateTimeField(
                blank=True, help_text="In the time zone of the event.", null=True, verbose_name="begins"
            ),
        ),
        migrations.AlterField(
            model_name="learningeventpage",
            name="end",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ends"),
        ),
    ]
