"""Letters that wait get a Message-ID of their own. Those that had failed five times, and so were never tried
again, are lost no longer: what is at most two days old becomes due at once, what is older is set aside, so
that a person decides whether it still has something to say. No row and no text goes."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

from network.models.letter import new_message_id

FAILED_FOR_GOOD = 5
STILL_NEW = timedelta(days=2)


def carry_over(apps, schema_editor):
    Letter, Setback = apps.get_model("network", "Letter"), apps.get_model("network", "Setback")
    now = timezone.now()
    for letter in Letter.objects.filter(sent_at=None).iterator():
        letter.message_id = new_message_id()
        letter.save(update_fields=["message_id"])
        if letter.attempts >= FAILED_FOR_GOOD and letter.written_at < now - STILL_NEW:
            Setback.objects.create(
                kind="letter",
                key=str(letter.pk),
                letter=letter,
                what=letter.subject,
                to=letter.to,
                reason="It could not be sent and was not tried again.",
                tries=letter.attempts,
                first_at=letter.written_at,
                last_at=letter.written_at,
                set_aside_at=now,
            )


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0004_setbacks"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
