"""What in an agenda does not fit the hours of its event: worth a warning, and nobody's mistake for sure."""

from datetime import datetime

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from events import wording


def doubts(event):
    """A sentence for each point that lies outside the event’s hours or ends before it begins."""
    return [sentence for item in event.agenda_items.all() for sentence in doubts_about(item, event)]


def doubts_about(item, event):
    begins = datetime.combine(item.day, item.start)
    ends = datetime.combine(item.day, item.end) if item.end else begins
    point = {"point": item.title, "moment": date_format(begins, "j F, H:i"), "hours": wording.in_full(event)}
    if ends < begins:
        yield _("The agenda’s “%(point)s” on %(moment)s ends before it begins.") % point
    elif event.is_dated and not (
        on_clocks(event.local_start) <= begins and ends <= on_clocks(event.local_end)
    ):
        yield _("The agenda’s “%(point)s” on %(moment)s is outside the event’s hours: %(hours)s.") % point


def on_clocks(moment):
    return moment.replace(tzinfo=None)
