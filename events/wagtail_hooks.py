from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from events.agenda import doubts
from events.models import LearningEventPage
from events.rights import may_manage

ACTIONS = [
    ("events.places", _("Change places"), _("Changed how many places there are")),
    ("events.join_link", _("Change join link"), _("Changed the join link")),
    ("events.organiser_named", _("Name organiser"), _("Named an organiser")),
    ("events.organiser_released", _("Release organiser"), _("Released an organiser")),
    ("events.attendance", _("Record attendance"), _("Recorded who was there")),
    ("events.attendance_list", _("Attach attendance list"), _("Attached the attendance list")),
    ("events.survey", _("Ask participants"), _("Asked those present what they learned")),
    ("events.cancel", _("Call off"), _("Called the event off")),
]


@hooks.register("register_log_actions")
def event_log_actions(actions):
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_the_agenda(request, page):
    """Said once it is saved by hand; what saves itself while somebody writes says nothing."""
    if isinstance(page, LearningEventPage) and request.accepts("text/html"):
        for sentence in doubts(page):
            messages.warning(request, sentence)


@hooks.register("register_page_header_buttons")
def participants_button(page, user, view_name, next_url=None):
    """From the editor to the organiser's pages."""
    if isinstance(page, LearningEventPage) and page.pk and may_manage(user, page):
        url = reverse("event_participants", args=[page.slug])
        yield Button(_("Places and participants"), url, icon_name="group", priority=90)
