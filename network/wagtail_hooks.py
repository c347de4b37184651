"""Where the admin learns about organisations, memberships and projects."""

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from network.choosers import NoChooser, OrganisationChooser, ProjectChooser, RegionChooser
from network.models import Membership, Organisation, Partner, Project


@hooks.register("get_avatar_url")
def one_face_for_all(user, size):
    """Pictures of people are shown nowhere: what Wagtail lets one upload has no address here."""
    return static("wagtailadmin/images/default-user-avatar.png")


@hooks.register("register_admin_viewset")
def region_chooser():
    return RegionChooser("region_chooser", url_prefix="region-chooser")


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "home"
    menu_label = _("Organisations")
    list_display = ["name", "acronym", "organisation_type", "region"]
    list_filter = ["organisation_type", "is_policy_responsible"]
    search_fields = ["name", "name_original", "acronym"]
    chooser_viewset_class = OrganisationChooser
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldRowPanel([FieldPanel("name_original"), FieldPanel("acronym")])],
            _("Name"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("organisation_type"), FieldPanel("legal_status")]),
                FieldPanel("is_policy_responsible"),
            ],
            _("What it is"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "region", help_text=_("The smallest region it sits in; its country follows from it.")
                ),
                FieldRowPanel([FieldPanel("city"), FieldPanel("website")]),
            ],
            _("Where it is"),
        ),
        FieldPanel("merged_into"),
        FieldPanel("source", help_text=_("Where what is said here can be read.")),
    ]


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "group"
    menu_label = _("Memberships")
    chooser_viewset_class = NoChooser
    list_display = ["user", "organisation", "role"]
    list_filter = ["role"]
    panels = [
        FieldPanel(
            "user", help_text=_("A person with an account. They may edit what the organisation owns.")
        ),
        FieldPanel("organisation"),
        FieldPanel("role"),
    ]

    def get_queryset(self, request):
        return Membership.objects.select_related("user", "organisation")


class ProjectViewSet(SnippetViewSet):
    model = Project
    icon = "tasks"
    menu_label = _("Projects")
    list_display = ["acronym", "title", "programme", "start", "end"]
    search_fields = ["acronym", "title"]
    chooser_viewset_class = ProjectChooser
    panels = [
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("programme")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("website"),
        FieldPanel("partners_total"),
        FieldPanel("source"),
    ]


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "link"
    menu_label = _("Partners")
    chooser_viewset_class = NoChooser
    list_display = ["project", "organisation", "role"]
    list_filter = ["project", "role"]
    panels = [FieldPanel("project"), FieldPanel("organisation"), FieldPanel("role")]

    def get_queryset(self, request):
        return Partner.objects.select_related("project", "organisation")


class NetworkGroup(SnippetViewSetGroup):
    """Organisations, the people in them, and projects, in one menu."""

    menu_label = _("Network")
    menu_icon = "group"
    menu_order = 220
    items = (OrganisationViewSet, MembershipViewSet, ProjectViewSet, PartnerViewSet)


register_snippet(NetworkGroup)
