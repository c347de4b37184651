"""What the site leaves in a browser: every cookie and every other trace, with its purpose and its time."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Trace:
    """One thing that a browser keeps for the site."""

    name: str
    purpose: str
    period: str


def cookies():
    """Every cookie the site sets, be it by its answers or by a script of its own."""
    return [
        Trace(
            settings.SESSION_COOKIE_NAME,
            _("Knows you again while you are signed in or take steps that belong together."),
            _("%(period)s if you ask to be remembered, else until you close the browser")
            % {"period": how_long(settings.SESSION_COOKIE_AGE)},
        ),
        Trace(
            settings.CSRF_COOKIE_NAME,
            _("Shows that a form comes from this site, so that no other site can send one in your name."),
            how_long(settings.CSRF_COOKIE_AGE),
        ),
        Trace(
            CookieStorage.cookie_name,
            _("Carries a sentence, such as “Saved”, to the next page you open."),
            _("until that page is shown, or you close the browser"),
        ),
        Trace(
            "wagtail_sidebar_collapsed",
            _("For people who write here: whether the menu of the editor is folded."),
            _("until you close the browser"),
        ),
    ]


def kept_by_scripts():
    """What scripts keep in the browser without sending it: names as they are, or how they begin."""
    return [
        Trace(
            "compare",
            _("Which practices you chose for a comparison."),
            _("until you close the window"),
        ),
        Trace(
            "htmx-",
            _("Which results you were looking at, so that going back shows them at once."),
            _("until you close the window"),
        ),
        Trace(
            "wagtail:",
            _("For people who write here: how the editor looks, which of its parts are open, and its icons."),
            _("until you delete it in the browser"),
        ),
    ]


def how_long(time):
    """A time in words: a timedelta or seconds, in the largest unit that says it exactly."""
    seconds = int(time.total_seconds() if isinstance(time, timedelta) else time)
    if seconds % 86400 == 0:
        days = seconds // 86400
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    if seconds % 3600 == 0:
        hours = seconds // 3600
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    minutes = -(-seconds // 60)
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
