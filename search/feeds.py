"""What is new in a search, for feed readers: Atom and RSS."""

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from knowledge.licences import terms
from network.addresses import full_address
from search import queries
from search.documents import plain
from search.query import NEWEST
from search.rows import rows
from search.saved import proposed_name

LENGTH = 50


class AtomFeed(Atom1Feed):
    """An Atom feed that reads the same as long as nothing changes, also while it is empty."""

    content_type = mime_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self):
        return latest(self.items)


class RssFeed(Rss201rev2Feed):
    """An RSS feed of the same kind."""

    content_type = mime_type = "application/rss+xml; charset=utf-8"

    def latest_post_date(self):
        return latest(self.items)

    def rss_attributes(self):
        return super().rss_attributes() | {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        # RSS itself has a licence of the whole feed only.
        if item["item_copyright"]:
            handler.addQuickElement("dc:rights", item["item_copyright"])


FORMATS = {"atom": AtomFeed, "rss": RssFeed}


def feed(form, kind, feed_url):
    """The feed of the newest results as (content type, bytes, when it last changed)."""
    query = replace(form.query, sort=NEWEST, page=1, page_size=LENGTH)
    found = rows([hit.key for hit in queries.search(query).hits])
    name = proposed_name(form)
    made = FORMATS[kind](
        title=f"{name} – {settings.WAGTAIL_SITE_NAME}",
        link=full_address(form.url()),
        description=_("The newest results of a search: %(name)s") % {"name": name},
        language=form.query.language,
        feed_url=feed_url,
        feed_guid=full_address(form.url()),
        feed_copyright=terms(),
        # Atom asks for somebody who speaks.
        author_name=settings.WAGTAIL_SITE_NAME,
    )
    for row in found:
        made.add_item(
            title=plain(row.display["title"]),
            link=row.url,
            description=described(row),
            unique_id=row.permanent_url,
            unique_id_is_permalink=True,
            pubdate=row.published,
            updateddate=row.updated,
            item_copyright=row.licence or None,
            categories=[plain(name) for name in (row.kind_label, *row.display.get("materials", ()))],
        )
    return made.mime_type, made.writeString("utf-8").encode(), latest(made.items)


def described(row):
    """Where and what, in plain words."""
    return plain(" – ".join(filter(None, [row.display.get("place", ""), row.display.get("summary", "")])))


def latest(items):
    """When the newest of these items was changed; of an empty feed, the beginning of today."""
    dates = [item["updateddate"] for item in items]
    if dates:
        return max(dates)
    return dt.datetime.combine(timezone.localdate(), dt.time(), timezone.get_current_timezone())
