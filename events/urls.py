from django.urls import path, register_converter
from django.urls.converters import StringConverter

from events.views import listing, organiser, place
from events.views.register import register


class PageSlug(StringConverter):
    """What Wagtail allows as the last part of a page's address: letters of any script, digits, - and _."""

    regex = r"[\w-]+"


register_converter(PageSlug, "page")

urlpatterns = [
    path("events/", listing.events, name="events"),
    path("events/calendar.ics", listing.calendar_feed, name="events_calendar"),
    path("events/registration/<slug:token>/", place.show, name="event_registration"),
    path("events/registration/<slug:token>/confirm/", place.confirm, name="event_confirm"),
    path("events/registration/<slug:token>/withdraw/", place.withdraw, name="event_withdraw"),
    path("events/registration/<slug:token>/survey/", place.survey, name="event_survey"),
    path("events/<page:slug>/event.ics", listing.calendar_file, name="event_calendar"),
    path("events/<page:slug>/register/", register, name="event_register"),
    path("events/<page:slug>/participants/", organiser.participants, name="event_participants"),
    path(
        "events/<page:slug>/participants.csv",
        organiser.participants_file,
        {"kind": "csv"},
        name="event_participants_csv",
    ),
    path(
        "events/<page:slug>/participants.xlsx",
        organiser.participants_file,
        {"kind": "xlsx"},
        name="event_participants_xlsx",
    ),
    path("events/<page:slug>/participants/<int:pk>/remove/", organiser.remove, name="event_remove"),
    path("events/<page:slug>/participants/list/", organiser.attach_list, name="event_attach_list"),
    path("events/<page:slug>/participants/ask/", organiser.ask, name="event_ask"),
    path("events/<page:slug>/places/", organiser.places, name="event_places"),
    path("events/<page:slug>/organisers/", organiser.organisers, name="event_organisers"),
    path("events/<page:slug>/cancel/", organiser.cancel, name="event_cancel"),
]
