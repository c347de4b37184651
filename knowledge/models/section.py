from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.permissions import SectionPermissionTester


class SectionPage(Page):
    """The place in the tree under which all pages of one kind live.

    Its address is answered by the search page with that kind fixed, so it shows nothing of its own.
    """

    subpage_types = [
        "knowledge.GoodPracticePage",
        "knowledge.PolicyInstrumentPage",
        "events.LearningEventPage",
    ]
    parent_page_types = ["home.HomePage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    @property
    def preview_modes(self):
        """There is nothing of its own to preview."""
        return []

    def permissions_for_user(self, user):
        """Nobody publishes below a section by making or copying a page there."""
        return SectionPermissionTester(user, self)
