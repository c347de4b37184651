from events.models.event import LearningEventPage
from events.models.outcome import Attendance, SurveyAnswer
from events.models.places import EventOrganiser, EventStatus, JoinLink, Places
from events.models.programme import AgendaItem, EventMaterial
from events.models.registration import Participant, PlaceChange, Registration

__all__ = [
    "AgendaItem",
    "Attendance",
    "EventMaterial",
    "EventOrganiser",
    "EventStatus",
    "JoinLink",
    "LearningEventPage",
    "Participant",
    "PlaceChange",
    "Places",
    "Registration",
    "SurveyAnswer",
]
