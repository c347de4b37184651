from django.db import migrations, models


def take_addresses(apps, schema_editor):
    """Who was named by account is now named by the account's address: nobody loses what they manage."""
    EventOrganiser = apps.get_model("events", "EventOrganiser")
    for organiser in EventOrganiser.objects.select_related("user"):
        organiser.email = organiser.user.email.lower()
        organiser.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_held_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="eventorganiser",
            name="email",
            field=models.EmailField(
                default="", help_text="In lower case.", max_length=254, verbose_name="e-mail address"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(take_addresses, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="eventorganiser", name="organiser_once_an_event"),
        migrations.RemoveField(model_name="eventorganiser", name="user"),
        migrations.AddConstraint(
            model_name="eventorganiser",
            constraint=models.UniqueConstraint(fields=("event", "email"), name="organiser_once_an_event"),
        ),
    ]
