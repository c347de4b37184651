from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self):
        """Tell Wagtail which forms and permissions our content has, which models cannot as forms lie above
        them, and listen for pages that are taken back."""
        from wagtail.models import Page, WorkflowState
        from wagtail.permissions import register_permission_policy

        from knowledge import files, signals  # noqa: F401
        from knowledge.file_permissions import OwnFilesPolicy
        from knowledge.forms import ChangeForm, EvidenceForm, KnowledgePageForm
        from knowledge.models import Evidence, KnowledgePage, Picture, PolicyChange, SourceDocument
        from knowledge.permissions import EvidencePolicy, PolicyChangePolicy, VisiblePagesPolicy

        KnowledgePage.base_form_class = KnowledgePageForm
        Evidence.base_form_class = EvidenceForm
        PolicyChange.base_form_class = ChangeForm
        register_permission_policy(Page, VisiblePagesPolicy(Page))
        register_permission_policy(Evidence, EvidencePolicy(Evidence))
        register_permission_policy(PolicyChange, PolicyChangePolicy(PolicyChange))
        of_files = OwnFilesPolicy(
            SourceDocument,
            "wagtaildocs.Document",
            to_choose=files.files_for,
            to_change=files.files_of,
            to_delete=files.unused_files_of,
        )
        mine = files.pictures_for
        of_pictures = OwnFilesPolicy(
            Picture, "wagtailimages.Image", to_choose=mine, to_change=mine, to_delete=mine
        )
        # Wagtail registers its own for both after us; those for exactly this class win.
        register_permission_policy(SourceDocument, of_files, exact_class=True)
        register_permission_policy(Picture, of_pictures, exact_class=True)
        keep_wagtails_letters_back(WorkflowState)


def keep_wagtails_letters_back(sender):
    """The review writes its own letters through the outbox; Wagtail's would be second ones.

    Wagtail connects its senders of mail after us, and a signal ignores a second receiver of the same id.
    """
    from wagtail import signals

    for event in ("submitted", "approved", "rejected"):
        signal = getattr(signals, f"workflow_{event}")
        signal.connect(nothing, sender=sender, dispatch_uid=f"workflow_state_{event}_email_notification")


def nothing(**kwargs):
    """Does nothing, in the place of what must not happen."""
