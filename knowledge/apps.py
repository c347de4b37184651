from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self):
        """Tell Wagtail which forms and permissions our content has; models cannot, forms lie above them."""
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from knowledge.forms import ChangeForm, EvidenceForm, KnowledgePageForm
        from knowledge.models import Evidence, KnowledgePage, PolicyChange
        from knowledge.permissions import EvidencePolicy, PolicyChangePolicy, VisiblePagesPolicy

        KnowledgePage.base_form_class = KnowledgePageForm
        Evidence.base_form_class = EvidenceForm
        PolicyChange.base_form_class = ChangeForm
        register_permission_policy(Page, VisiblePagesPolicy(Page))
        register_permission_policy(Evidence, EvidencePolicy(Evidence))
        register_permission_policy(PolicyChange, PolicyChangePolicy(PolicyChange))
