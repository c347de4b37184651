"""Letters about places written before letters knew what they are about are found by the personal link in them,
so that they are erased with their registration. No row goes; a sent one loses its text, as new ones do."""

import re

from django.db import migrations

LINK = re.compile(r"/events/registration/([\w-]+)/")


def say_what_they_are_about(apps, schema_editor):
    Letter, Registration = apps.get_model("network", "Letter"), apps.get_model("events", "Registration")
    ids = dict(Registration.objects.values_list("token", "pk"))
    letters = Letter.objects.filter(about="", text__contains="/events/registration/")
    for letter in letters.iterator():
        link = LINK.search(letter.text)
        if link and link[1] in ids:
            letter.about, letter.is_secret = f"registration:{ids[link[1]]}", True
            if letter.sent_at:
                letter.text = letter.calendar = ""
            letter.save(update_fields=["about", "is_secret", "text", "calendar"])


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0004_organisers_by_address"),
        ("network", "0006_letters_without_attempts"),
    ]

    operations = [
        migrations.RunPython(say_what_they_are_about, migrations.RunPython.noop),
    ]
