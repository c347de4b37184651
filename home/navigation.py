"""What every page links to: the main navigation and the columns of the footer."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from regions.choices import Stage

MAIN = [
    ("/good-practices/", _("Good practices")),
    ("/policy-instruments/", _("Policy instruments")),
    ("/regions/", _("Regions")),
    ("/materials/", _("Materials")),
    ("/events/", _("Events")),
    ("/progress/", _("Progress")),
]


def main(path):
    """The main navigation; the entry that `path` lies under is the current one."""
    return [{"url": url, "label": label, "current": path.startswith(url)} for url, label in MAIN]


def footer(text_pages):
    """The footer's columns; `text_pages` are (address, title) of the pages about the site itself."""
    stages = [
        {"url": f"/good-practices/?stage={stage.value}", "label": stage.label, "stage": number}
        for number, stage in enumerate(Stage, start=1)
    ]
    return [
        {"title": _("Browse by stage"), "links": stages},
        {"title": _("Find"), "links": [{"url": url, "label": label} for url, label in MAIN[:4]]},
        {
            "title": _("Take part"),
            "links": [
                {"url": reverse("submit_practice"), "label": _("Submit a good practice")},
                {"url": "/events/", "label": _("Register for an event")},
                {"url": "/progress/", "label": _("See what came of it")},
            ],
        },
        {"title": _("About"), "links": [{"url": url, "label": title} for url, title in text_pages]},
    ]
