"""Found items with everything that leaves the site: what files, feeds and letters say of them."""

import datetime as dt
import math
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.licences import licence_in_words
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
        return self.page.get("last_published_at") or self.modified

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
    def stage_weights(self):
        """{code of a stage: "main" or "touched"}, the main ones first."""
        marks = self.display.get("stages", ())
        return {
            mark["key"]: weight
            for weight in ("main", "touched")
            for mark in marks
            if mark["weight"] == weight
        }

    @property
    def evidence(self):
        """How far it is proved: {"state", "label"}, nothing where that is not asked."""
        return self.display.get("evidence") or {}

    @property
    def cost(self):
        """What it cost in euro, whole where it is; None where that is not stated."""
        cost = float(self.display.get("cost") or "nan")
        return None if math.isnan(cost) else int(cost) if cost.is_integer() else cost

    @property
    def begins(self):
        """When an event begins, on the clocks of its place."""
        return self.moment("date")

    @property
    def ends(self):
        """When an event ends."""
        return self.moment("end")

    def moment(self, name):
        written = self.display.get(name)
        return dt.datetime.fromisoformat(written) if written else None

    @property
    def licence(self):
        """The licence of its text, in words."""
        return licence_in_words(self.display.get("licence", ""))

    @property
    def modified(self):
        """When anything that is said of it last changed."""
        return dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(microseconds=self.version)

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
    )
    return {f"page:{page['pk']}": page for page in pages}


def in_batches(keys):
    """The public items with these keys, in their order, however many they are."""
    for start in range(0, len(keys), AT_ONCE):
        yield from rows(keys[start : start + AT_ONCE])
