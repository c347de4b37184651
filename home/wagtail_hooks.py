"""Where the admin learns of the page of what was set aside, how its date fields behave, and its looks."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home import giving_up, set_aside
from network.rights import is_officer


@hooks.register("insert_global_admin_js")
def date_fields_script():
    """Before any field for a date is made: the script changes what they do unless told otherwise."""
    return format_html('<script src="{}"></script>', static("js/date_fields.js"))


@hooks.register("insert_global_admin_css")
def date_fields_style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/date_fields.css"))


@hooks.register("register_admin_urls")
def set_aside_urls():
    return [
        path("set-aside/", set_aside.set_aside, name="set_aside"),
        path("set-aside/<int:pk>/again/", set_aside.try_again, name="set_aside_again"),
        path("set-aside/<int:pk>/give-up/", set_aside.give_up, name="set_aside_give_up"),
        path(
            "set-aside/all/<str:kind>/again/",
            set_aside.all_of_kind,
            {"decision": "again"},
            name="set_aside_all_again",
        ),
        path(
            "set-aside/all/<str:kind>/give-up/",
            set_aside.all_of_kind,
            {"decision": "give-up"},
            name="set_aside_all_give_up",
        ),
    ]


class SetAsideMenuItem(MenuItem):
    """What was set aside, among the reports."""

    def is_shown(self, request):
        return is_officer(request.user)


@hooks.register("register_reports_menu_item")
def set_aside_menu():
    return SetAsideMenuItem(_("Set aside"), reverse("set_aside"), icon_name="warning", order=910)


@hooks.register("insert_global_admin_css")
def colours():
    """After Wagtail's own style sheet, whose colours it sets."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_help_menu")
def no_help_for_others(request, items):
    """What is written elsewhere about Wagtail speaks of another site: its colours, its words."""
    items[:] = [item for item in items if not item.url.startswith("http")]


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(giving_up.AGAIN, _("Try again"), _("Had it tried again"))
    actions.register_action(giving_up.GIVEN_UP, _("Give up"), _("Gave it up"))
