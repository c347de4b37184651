from django.db import models
from django.db.models import F, Q


class SearchDocumentQuerySet(models.QuerySet):
    def dirty(self):
        """Rows that may no longer tell what their item says."""
        return self.filter(dirty=True)

    def behind(self, index):
        """Rows that the index ("embedded", "elasticsearch") has not seen as they are now, each compared
        with itself."""
        return self.exclude(**{f"{index}_version": F("version")})

    def public(self):
        return self.filter(deleted=False, version__gt=0)


class SearchDocument(models.Model):
    """What search knows of one public item, what has yet to be told to the indexes, and the source of every
    rebuild.

    An item that is no longer public stays as a tombstone (`deleted`), so that every index learns of it.
    """

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12)
    # {language: {"title", "summary", "body"}}, and what belongs to none: {"": {"names", "places"}}
    texts = models.JSONField(default=dict)
    # {facet: [values with all their ancestors]}
    facets = models.JSONField(default=dict)
    # {name: whole number}: what is asked for from one number up to another
    numbers = models.JSONField(default=dict)
    # what a result card prints, so that a card needs no other table
    display = models.JSONField(default=dict)
    title_key = models.CharField(max_length=200, default="")
    newest = models.BigIntegerField(default=0)

    # Grows with every change, also across a restored database: microseconds of the clock, never a count.
    version = models.BigIntegerField(default=0)
    dirty = models.BooleanField(default=True)
    dirty_since = models.DateTimeField()
    deleted = models.BooleanField(default=False)
    embedded_version = models.BigIntegerField(default=0)
    elasticsearch_version = models.BigIntegerField(default=0)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["dirty_since"], condition=Q(dirty=True), name="search_dirty"),
            # In the order in which they are sent: PostgreSQL takes nearly all rows for behind, and would read
            # the whole table to sort them.
            models.Index(
                fields=["version"], condition=~Q(embedded_version=F("version")), name="search_unsent_embedded"
            ),
            models.Index(
                fields=["version"],
                condition=~Q(elasticsearch_version=F("version")),
                name="search_unsent_elastic",
            ),
        ]
        db_table = "search_document"

    def __str__(self):
        return self.key
