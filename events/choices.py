"""Closed lists about learning events, places at them and what came of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    STAKEHOLDER_MEETING = "stakeholder-meeting", _("Regional stakeholder meeting")
    WORKSHOP = "thematic-workshop", _("Interregional thematic workshop")
    STUDY_VISIT = "study-visit", _("Study visit")
    PEER_REVIEW = "peer-review", _("Peer review")
    MATCHMAKING = "matchmaking", _("Matchmaking")
    WEBINAR = "webinar", _("Webinar or online discussion")
    STAFF_EXCHANGE = "staff-exchange", _("Staff exchange")
    CONFERENCE = "conference", _("Conference")
    TRAINING = "training", _("Training")
    POLICY_LAB = "policy-lab", _("Policy lab")


class EventMode(models.TextChoices):
    """Where an event happens."""

    ON_SITE = "on-site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class AttendanceMode(models.TextChoices):
    """How one person takes part; places are counted for each apart."""

    ON_SITE = "on-site", _("On site")
    ONLINE = "online", _("Online")


# The ways to take part that an event in this mode offers, in the order of the form.
MODES_OFFERED = {
    EventMode.ON_SITE: [AttendanceMode.ON_SITE],
    EventMode.ONLINE: [AttendanceMode.ONLINE],
    EventMode.HYBRID: [AttendanceMode.ON_SITE, AttendanceMode.ONLINE],
}


class EventState(models.TextChoices):
    """Where an event stands; follows from the clock, its places and whether it was called off."""

    DRAFT = "draft", _("Draft")
    OPENS_LATER = "opens-later", _("Registration not open yet")
    OPEN = "open", _("Registration open")
    FULL = "full", _("Full")
    CLOSED = "closed", _("Registration closed")
    CANCELLED = "cancelled", _("Cancelled")
    FINISHED = "finished", _("Finished")


class RegState(models.TextChoices):
    """What a registration is worth. Held and asked ones are a guest's who has not used their link yet."""

    HELD = "held", _("Held until confirmed")
    ASKED = "asked", _("Not confirmed yet")
    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("On the waiting list")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELLED = "cancelled", _("Cancelled by the organiser")


# Who has a place or waits for one; and of whom only an address that somebody typed is known.
STANDING = (RegState.CONFIRMED, RegState.WAITING)
UNCONFIRMED = (RegState.HELD, RegState.ASKED)


class Presence(models.TextChoices):
    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Absent")
    EXCUSED = "excused", _("Excused")


class NamesVisibleTo(models.TextChoices):
    """Who may read the names of those who take part, if they agreed."""

    NOBODY = "nobody", _("Organisers only")
    PARTICIPANTS = "participants", _("Participants")
    ALL = "all", _("Everybody")


class Degree(models.IntegerChoices):
    """How much something is so."""

    NOT_AT_ALL = 1, _("Not at all")
    SMALL = 2, _("To a small degree")
    SOME = 3, _("To some degree")
    LARGE = 4, _("To a large degree")
    VERY_LARGE = 5, _("To a very large degree")


class RespondentType(models.TextChoices):
    STAFF = "staff", _("Staff of a partner organisation")
    STAKEHOLDER = "stakeholder", _("Stakeholder")


class PolicyRole(models.TextChoices):
    RESPONSIBLE = "responsible", _("Responsible for the policy instrument")
    POLICY_MAKER = "policy-maker", _("Other policy maker")
    IMPLEMENTER = "implementer", _("Implementer")
