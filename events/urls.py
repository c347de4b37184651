from django.urls import path

from events.views import listing, organiser, place

urlpatterns = [
    path("events/", listing.events, name="events"),
    path("events/calendar.ics", listing.calendar_feed, name="events_calendar"),
    path("events/registration/<str:token>/", place.show, name="event_registration"),
    path("events/registration/<str:token>/withdraw/", place.withdraw, name="event_withdraw"),
    path("events/registration/<str:token>/survey/", place.survey, name="event_survey"),
    path("events/<str:slug>/event.ics", listing.calendar_file, name="event_calendar"),
    path("events/<str:slug>/register/", place.register, name="event_register"),
    path("events/<str:slug>/participants/", organiser.participants, name="event_participants"),
    path("events/<str:slug>/participants.csv", organiser.participants_csv, name="event_participants_csv"),
    path("events/<str:slug>/participants/<int:pk>/remove/", organiser.remove, name="event_remove"),
    path("events/<str:slug>/participants/list/", organiser.attach_list, name="event_attach_list"),
    path("events/<str:slug>/participants/ask/", organiser.ask, name="event_ask"),
    path("events/<str:slug>/places/", organiser.places, name="event_places"),
    path("events/<str:slug>/organisers/", organiser.organisers, name="event_organisers"),
    path("events/<str:slug>/cancel/", organiser.cancel, name="event_cancel"),
]
