"""Under which licence the text of a page is: said once, for the page, files, feeds and the API."""

from django.utils.translation import gettext as _

from knowledge.choices import Licence

OF_THE_SOURCE = "source"


def unconfirmed_source(page):
    """The public source a page was collected from, while its owner has not confirmed it."""
    source = getattr(page, "collected_source", None)
    return source if source and not source.confirmed_at else None


def text_licence(page):
    """The licence of the page's text as a value; what was collected has the one of its source."""
    return OF_THE_SOURCE if unconfirmed_source(page) else str(page.licence)


def licence_in_words(value):
    """What is said of such a licence, nothing where there is none."""
    if value == OF_THE_SOURCE:
        return _("see the source")
    return str(Licence(value).label) if value in Licence.values else ""


def terms():
    """What is said of all texts together."""
    return _(
        "Each item names the licence of its text. What was collected from a public source has the licence of "
        "that source, which is named too."
    )
