from django.db import models

from language.fields import StoredLineField


class SearchCount(models.Model):
    """How many people looked for one text on one day, and how many of them found nothing. Nobody of them is
    known."""

    text = StoredLineField(max_length=60, db_index=True)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField()
    zero = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "day"], name="search_count_once_a_day")]

    def __str__(self):
        return self.text
