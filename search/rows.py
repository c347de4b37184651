"""Found items with everything that leaves the site: what files, feeds and letters say of them."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.choices import Licence
from knowledge.models import KnowledgePage
from network.addresses import full_address
from search.choices import Kind
from search.models import SearchDocument

AT_ONCE = 500


@dataclass(frozen=True)
class Row:
    """One item: its row of the projection, and of a page its identity and dates."""

    key: str
    kind: str
    display: dict
    facets: dict
    version: int
    page: dict

    @property
    def url(self):
        """Where it is shown."""
        return full_address(self.display["url"])

    @property
    def permanent_url(self):
        """The address that it keeps, whatever it is called and wherever it is moved."""
        if self.page:
            return full_address(reverse("permanent_address", args=[self.page["permanent_id"]]))
        return self.url

    @property
    def updated(self):
        """When it was last published; of what is no page, when it last read differently."""
        last = self.page.get("last_published_at")
        return last or dt.datetime.fromtimestamp(self.version / 1_000_000, dt.UTC)

    @property
    def published(self):
        return self.page.get("first_published_at") or self.updated

    @property
    def nuts_codes(self):
        """The codes of its regions, without those above them."""
        codes = self.facets.get("region", ())
        return [code for code in codes if not any(code != c and c.startswith(code) for c in codes)]

    @property
    def stages(self):
        """The stages it is about, each with how much: "recycling (main)"."""
        return [
            f"{stage['name']} ({_('main') if stage['weight'] == 'main' else _('also')})"
            for stage in self.display.get("stages", ())
            if stage["weight"]
        ]

    @property
    def source(self):
        """Where it was collected from; nothing where its owner submitted or confirmed it."""
        is_collected = self.page and not self.page["collected_source__confirmed_at"]
        return (self.page["collected_source__url"] or "") if is_collected else ""

    @property
    def licence(self):
        """The licence of its text; what was collected has the one of its source."""
        if not self.page:
            return ""
        return _("see the source") if self.source else str(Licence(self.page["licence"]).label)

    @property
    def external_id(self):
        """The id of the row it was imported from."""
        return self.page.get("imported_record__external_id") or ""

    @property
    def kind_label(self):
        return str(self.display.get("kind_label") or Kind(self.kind).label)


def rows(keys):
    """The public items with these keys, in their order. Two queries for any number up to AT_ONCE."""
    found = {
        document.key: document
        for document in SearchDocument.objects.public()
        .filter(key__in=keys)
        .only("key", "kind", "display", "facets", "version")
    }
    pages = pages_behind(found)
    return [
        Row(
            key=key,
            kind=found[key].kind,
            display=found[key].display,
            facets=found[key].facets,
            version=found[key].version,
            page=pages.get(key, {}),
        )
        for key in dict.fromkeys(keys)
        if key in found
    ]


def pages_behind(keys):
    """What the projection does not say of pages, by key."""
    numbers = [int(key.partition(":")[2]) for key in keys if key.startswith("page:")]
    pages = KnowledgePage.objects.filter(pk__in=numbers).values(
        "pk",
        "permanent_id",
        "first_published_at",
        "last_published_at",
        "licence",
        "imported_record__external_id",
        "collected_source__url",
        "collected_source__confirmed_at",
    )
    return {f"page:{page['pk']}": page for page in pages}


def in_batches(keys):
    """The public items with these keys, in their order, however many they are."""
    for start in range(0, len(keys), AT_ONCE):
        yield from rows(keys[start : start + AT_ONCE])
