"""How often a letter was tried, and why in vain, is what its setback says; the migration before carried over
what still mattered."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0005_carry_letters_over"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="letter",
            name="attempts",
        ),
        migrations.RemoveField(
            model_name="letter",
            name="error",
        ),
    ]
